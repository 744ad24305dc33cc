"""What is asked of 地域づくり: places, activities, and community support."""

from datetime import date

from jusou_nb.forms.community import CommunitySupport, Gathering, Place
from jusou_nb.problems import Problem, Strength


def may_keep_place(place: Place) -> list[Problem]:
    """Ask: do the days of a place follow one another?"""
    if place.opened_on is None or place.closed_on is None or place.opened_on <= place.closed_on:
        return []
    return [
        _notice(
            "place.days",
            "閉じた日が、開設日より前です。",
            "日を確かめて直してください。",
            "closed_on",
        )
    ]


def may_keep_gathering(gathering: Gathering, place: Place | None, today: date) -> list[Problem]:
    """Ask of an activity: is it told once it was held, at a place that was open, each band once?"""
    problems = []
    held_on = gathering.held_on or today
    if held_on > today and gathering.turnouts:
        message = "まだ開かれていない活動に、参加者数が入っています。"
        problems.append(
            _notice("gathering.early", message, "開催日を確かめてください。", "held_on")
        )
    if place is not None and not stands_on(place, held_on):
        message = "この日、選んだ拠点は開いていません。"
        remedy = "開催日か拠点を確かめるか、拠点の開設日・閉じた日を直してください。"
        problems.append(_notice("gathering.place_closed", message, remedy, "place"))
    bands = [row.band for row in gathering.turnouts]
    if len(bands) != len(set(bands)):
        message = "同じ年代が二度入っています。"
        problems.append(
            _notice("gathering.band_twice", message, "一行にまとめてください。", "turnouts")
        )
    return problems


def stands_on(place: Place, day: date) -> bool:
    """Whether a place is open on a day; a place without days always was."""
    begun = place.opened_on is None or place.opened_on <= day
    return begun and (place.closed_on is None or day <= place.closed_on)


def may_support(support: CommunitySupport) -> list[Problem]:
    """Ask of community support: whom or what was supported? (counted apart from single cases)"""
    if support.agency is not None or support.place is not None:
        return []
    message = "支援した団体も拠点も選ばれていません。"
    remedy = "どちらかを選ぶと、参加機関数と拠点ごとの件数に数えられます。"
    return [_notice("community_support.nobody", message, remedy, "agency")]


def _notice(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.NOTICE)
