"""How the cases of the town end: handed over, sent back, kept in touch with, opened again."""

from dataclasses import replace
from datetime import timedelta

from jusou_nb.casework.endings import (
    Ended,
    answer_handover,
    end_case,
    finish_check_in,
    renew_check_in,
    reopen_case,
)
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sample_stories import Finish, Story, one
from jusou_nb.forms import Case, Ending
from jusou_nb.forms.ending import Acceptance, EndingKind

_CHECK_IN, _LONGER = timedelta(days=60), timedelta(days=60)
_ANSWERED, _SENT_BACK, _RENEWED, _OVER = 0.75, 0.3, 0.5, 0.6
_TAKER = "受入　主任"


def end(place: Place, story: Story, case_id: int) -> Course[None]:
    """End a case; a handover waits for its agency, a break may be followed by a call."""
    store, case = place.store, place.store.load(Case, case_id)
    closed = story.ending is Finish.CLOSED
    ending = _closure(place, story) if closed else _suspension(place)
    ended = end_case(store, case, ending)
    if ended.waits:
        yield from _hear(place, story, ended)
    if ended.ending.check_in_by:
        yield from _check_in(place, story, ended.ending)
    if story.ending is Finish.REOPENED:
        yield place.soon(story.roll.randint(20, 50))
        again = store.load(Case, case_id)
        reopen_case(store, again, reason="本人から連絡があった", on=place.day)


def _hear(place: Place, story: Story, ended: Ended) -> Course[None]:
    """Hear from the agency that is to take over, or not; one sent back is asked once more."""
    if story.roll.random() > _ANSWERED:
        return
    store, first = place.store, ended.ending
    if story.roll.random() < _SENT_BACK:
        yield place.soon(story.roll.randint(3, 6))
        because = "連絡先の引継ぎが足りない。家族の同意を確かめてほしい。"
        answer_handover(store, first, Acceptance.RETURNED, on=place.day, by=_TAKER, because=because)
        yield place.soon(story.roll.randint(5, 9))
        blank = {"acceptance": None, "acceptance_due": None, "accepted_by": None}
        again = replace(
            store.load(Ending, first.id or 0),
            id=None, version=0, ended_on=place.day, accepted_on=None, returned_because=None,
            **blank,
        )  # fmt: skip
        first = end_case(store, store.load(Case, first.case_id or 0), again).ending
    yield place.soon(story.roll.randint(3, 9))
    answer_handover(store, first, Acceptance.ACCEPTED, on=place.day, by=_TAKER)


def _check_in(place: Place, story: Story, ending: Ending) -> Course[None]:
    """Keep in touch until the day named: renew it on purpose, or let it end."""
    yield (ending.check_in_until or place.day) - 3 * DAY
    renews, ends = (story.roll.random() < share for share in (_RENEWED, _OVER))
    if renews:
        until = place.day + _LONGER
        reason = "年度の変わり目までは声をかけたい"
        ending = renew_check_in(place.store, ending, until=until, on=place.day, reason=reason)
        yield (ending.check_in_until or place.day) - DAY
    if ends:
        finish_check_in(place.store, ending, on=place.day, reason="困ったときは自分から連絡できる")


def _plain(place: Place, kind: EndingKind, reason: str, why: str) -> Ending:
    return Ending(
        kind=kind,
        ended_on=place.day,
        reason=one(place.profile, "closure_reason", reason),
        explanation=why,
        decided_at=one(place.profile, "ending_forum", "office"),
        approved_by="課長",
    )


def _suspension(place: Place) -> Ending:
    return _plain(place, EndingKind.SUSPENSION, "unreachable", "3か月連絡が取れない")


def _closure(place: Place, story: Story) -> Ending:
    """Choose how it ends: handed over, moved away, or solved, with 定期連絡 or without."""
    how = story.roll.choice(("handed_over", "handed_over", "moved", "solved", "other_agency"))
    if how == "handed_over":
        handed = _plain(place, EndingKind.HANDOVER, how, "主担当機関の見守りに移った")
        return replace(handed, receiving_agency=place.agency(story.theme.steps[0][0]))
    ending = _plain(place, EndingKind.CLOSURE, how, "困りごとが落ち着いた")
    if how == "moved":
        return replace(ending, moved_to="転出先の市の窓口へ、本人の同意で引き継いだ。")
    if how == "other_agency":
        return ending
    return replace(
        ending,
        check_in_by=STAFF[0],
        check_in_every="月1回、電話",
        check_in_until=place.day + _CHECK_IN,
    )
