"""The named households without consent: violence, nameless man, hoarding, Saturday."""

from dataclasses import replace
from random import Random

from jusou_nb.casework.sample_people import FEMALE, MALE, Seat
from jusou_nb.casework.sample_stories import (
    Asked,
    Days,
    Story,
    Way,
    one,
    story_of,
    with_member,
)
from jusou_nb.casework.sample_themes import HOARDING, PARTNER_VIOLENCE, SATURDAY, UNKNOWN_MAN
from jusou_nb.fields import StatedAge
from jusou_nb.forms import Person
from jusou_nb.profile import Profile

_SHELTER = {"address": "見本市隠町9丁目9番9号"}


def partner_violence(profile: Profile, roll: Random, days: Days) -> Story:
    """Wife and child are 秘匿; the opponent is a member of the same household's file."""
    seats = (Seat("本人", FEMALE, 36, 36), Seat("夫", MALE, 39, 39), Seat("長女", FEMALE, 8, 8))
    story = story_of(
        profile,
        roll,
        PARTNER_VIOLENCE,
        days.since_last,
        ("couple_and_children", seats),
        way=Way.CONFIDENTIAL,
        asked=Asked.WAITING,
        surname=("仮名", "カメイ"),
    )
    story = with_member(
        story,
        0,
        telephone="090-0000-9901",
        contact_note="平日の昼だけ。留守番電話に残さない",
        workplace="秘密の花屋 隠町店",
        **_SHELTER,
    )
    return _in_hiding(with_member(story, 1, lives_together=False, is_opponent=True))


def _in_hiding(story: Story) -> Story:
    """Hide the child too, narrow who is called, and leave the opponent's employer out."""
    story = with_member(story, 2, school="見本市立隠町小学校", **_SHELTER)
    return replace(
        story,
        kept_to=("子ども家庭課", "利用者支援事業", "社会福祉協議会"),
        excluded=("水道課",),
        hidden=(0, 2),
        reported=("partner", "child"),
        intake=replace(
            story.intake,
            is_in_danger=True,
            considerations="夫からの問い合わせには、だれも答えない",
            remarks="相手方の夫も同じ世帯の記録にいる。水道課は夫の勤め先",
        ),
    )


def unknown_man(profile: Profile, roll: Random, days: Days) -> Story:
    """A single man whose name nobody knows, found by outreach."""
    story = story_of(
        profile,
        roll,
        UNKNOWN_MAN,
        days.since_last,
        ("single", (Seat("本人", MALE, 60, 60),)),
        way=Way.CONFIDENTIAL,
        asked=Asked.NOT_ASKED,
    )
    man = Person(
        relation="本人",
        name="氏名不明（駅南の公園の男性）",
        sex=one(profile, "sex", MALE),
        stated_age=StatedAge("decade", 60),
        age_stated_on=story.received_on,
        address="駅南の公園（寝泊まり）",
    )
    return replace(
        story,
        is_lead=True,
        household=replace(story.household, members=(man,)),
        intake=replace(story.intake, route=one(profile, "route", "outreach")),
    )


def hoarding(profile: Profile, roll: Random, days: Days) -> Story:
    """A house full of things, told by a neighbour who must not be found out."""
    story = story_of(
        profile,
        roll,
        HOARDING,
        days.before_last,
        ("single", (Seat("本人", FEMALE, 71, 71),)),
        way=Way.CONFIDENTIAL,
        asked=Asked.REFUSED,
        surname=("髙見本", "タカミホン"),
    )
    told = replace(
        story.intake,
        route=one(profile, "route", "family"),
        inquirer_relation=one(profile, "inquirer", "neighbour"),
        inquirer_name="隣人　語郎",
        inquirer_telephone="090-0000-9902",
        information_source="東隣に住む人が、においと火の心配を窓口で話した",
        remarks="来談者は、自分が話したと知られたくない",
    )
    return replace(story, times=2, intake=told)


def saturday(profile: Profile, roll: Random, days: Days) -> Story:
    """An emergency on a Saturday, reported to the sitting afterwards."""
    story = story_of(
        profile,
        roll,
        SATURDAY,
        days.saturday,
        ("single", (Seat("本人", MALE, 47, 47),)),
        way=Way.CONFIDENTIAL,
        asked=Asked.NOT_ASKED,
        surname=("模擬﨑", "モギサキ"),
    )
    return replace(
        story,
        ground="life_and_property",
        is_emergency=True,
        intake=replace(story.intake, is_in_danger=True),
    )
