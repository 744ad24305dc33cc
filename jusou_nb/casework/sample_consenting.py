"""The named households whose client consents: 8050, young carer, fifteen, double care."""

from dataclasses import replace
from random import Random

from jusou_nb.casework.sample_people import FEMALE, MALE, Seat
from jusou_nb.casework.sample_stories import Asked, Days, Story, Way, story_of, with_member
from jusou_nb.casework.sample_themes import (
    DOUBLE_CARE,
    EIGHTY_FIFTY,
    LARGE_FAMILY,
    YOUNG_CARER,
)
from jusou_nb.dates import PartialDate
from jusou_nb.profile import Profile

_FIFTEEN = (
    Seat("本人", FEMALE, 42, 42),
    Seat("夫", MALE, 44, 44),
    Seat("父", MALE, 76, 76),
    Seat("母", FEMALE, 74, 74),
    Seat("妹", FEMALE, 37, 37),
    *(Seat("子", "", age, age) for age in (19, 17, 15, 13, 11, 8, 5, 3)),
    *(Seat("姪", FEMALE, age, age) for age in (7, 2)),
)


def eighty_fifty(profile: Profile, roll: Random, days: Days) -> Story:
    """Mother 82 consents, son 54 refuses: one sitting, two bases."""
    story = story_of(
        profile,
        roll,
        EIGHTY_FIFTY,
        days.before_last,
        ("parent_and_child", (Seat("本人", FEMALE, 82, 82), Seat("長男", MALE, 54, 54))),
        way=Way.PLANNED,
        asked=Asked.GIVEN,
        surname=("見本", "ミホン"),
    )
    story = with_member(
        story, 0, name="見本　千代", kana="ミホン　チヨ", condition="要介護認定は未申請"
    )
    story = with_member(
        story, 1, name="見本　正夫", kana="ミホン　マサオ", condition="20年近く家を出ていない"
    )
    return replace(story, times=2, refusing=1)


def young_carer(profile: Profile, roll: Random, days: Days) -> Story:
    """A girl of 14 looks after mother and sister; she and her mother both consent."""
    seats = (Seat("本人", FEMALE, 14, 14), Seat("母", FEMALE, 41, 41), Seat("妹", FEMALE, 6, 6))
    story = story_of(
        profile,
        roll,
        YOUNG_CARER,
        days.since_last,
        ("single_parent", seats),
        way=Way.PLANNED,
        asked=Asked.GIVEN,
        surname=("例示", "レイジ"),
    )
    fourteen = PartialDate(days.since_last.year - 14, 1, 1)
    story = with_member(
        story,
        0,
        name="例示　若葉",
        kana="レイジ　ワカバ",
        birth=fourteen,
        stated_age=None,
        age_stated_on=None,
        school="見本市立架空中学校 2年",
    )
    story = with_member(story, 1, condition="うつ病で通院中")
    return replace(story, consent_by="both", not_reported="child")


def fifteen(profile: Profile, roll: Random, days: Days) -> Story:
    """A family of fifteen in three generations."""
    story = story_of(
        profile,
        roll,
        LARGE_FAMILY,
        days.before_last,
        ("three_generations", _FIFTEEN),
        way=Way.PLANNED,
        asked=Asked.GIVEN,
        surname=("模範", "モハン"),
    )
    return replace(story, times=2, requested_by="利用者支援事業", withdrawn_from="健康増進課")


def double_care(profile: Profile, roll: Random, days: Days) -> Story:
    """A daughter between her mother's care and a child of three; consent by word of mouth."""
    seats = (Seat("本人", FEMALE, 40, 40), Seat("母", FEMALE, 77, 77), Seat("長男", MALE, 3, 3))
    story = story_of(
        profile,
        roll,
        DOUBLE_CARE,
        days.before_last,
        ("three_generations", seats),
        way=Way.PLANNED,
        asked=Asked.GIVEN_ORALLY,
        surname=("架空", "カクウ"),
    )
    story = with_member(story, 0, workplace="架空商店 見本駅前店")
    return replace(story, times=2)
