"""What is written about a sitting of the town: sheets before it, minutes, what became of it."""

from dataclasses import replace
from datetime import date, timedelta

from jusou_nb.casework.results import (
    answer_agreement,
    finish_decision,
    finish_direction,
    review_direction,
)
from jusou_nb.casework.sample_papers import DUE_DAYS, STAFF
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sample_stories import Story
from jusou_nb.casework.sheets import answer_sheet, send_sheets, sheet_problems
from jusou_nb.casework.sittings import members_to_call
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    AgendaItem,
    Agreement,
    Decision,
    DirectionRow,
    ItemAttendance,
    PreparationSheet,
)
from jusou_nb.forms.conference import AgreementAnswer, Presence
from jusou_nb.forms.preparation_sheet import SheetManner

_ANSWER_DAYS, _REVIEW_DAYS = 14, 60


def doers(place: Place, story: Story) -> tuple[Ref, ...]:
    """Give the agencies that have something to do in a household, each once."""
    return tuple(dict.fromkeys(place.agency(name) for name, _ in story.theme.steps))


def ask_by_sheet(place: Place, story: Story, item: AgendaItem) -> None:
    """Send the 事前シート to those with something to do, as far as they may know of it."""
    may = tuple(a for a in doers(place, story) if not sheet_problems(place.store, item, (a,)))
    sheets = send_sheets(place.store, item, may, on=place.day)
    place.begin(place.day, _come_back(place, story, sheets))


def _come_back(place: Place, story: Story, sheets: tuple[PreparationSheet, ...]) -> Course[None]:
    """The first answers on the telephone, the second on paper; any other stays silent."""
    heard = [_answered(sheet, story) for sheet in sheets]
    if heard:
        by_telephone = replace(heard[0], heard_by=STAFF[0])
        answer_sheet(place.store, by_telephone, on=place.day, manner=SheetManner.HEARD)
    yield place.day + 2 * DAY
    for sheet in heard[1:2]:
        answer_sheet(place.store, sheet, on=place.day)


def _answered(sheet: PreparationSheet, story: Story) -> PreparationSheet:
    theme = story.theme
    return replace(
        sheet,
        answered_by="回答　係員",
        household_view=theme.problem,
        efforts="月に一度、電話で様子を聞いている。",
        wanted_agencies=theme.steps[-1][0],
        requests=f"「{theme.question.removesuffix('。')}」を一緒に考えてほしい。",
    )


def minutes(place: Place, story: Story, item: AgendaItem, day: date) -> AgendaItem:
    """Fill in what a sitting said of an item, on the table that belongs to its basis."""
    theme = story.theme
    came = tuple(a for a in doers(place, story) if a in members_to_call(place.store, item))
    agreed = agreements_of(came, day)
    filled = replace(
        item,
        discussion=f"{theme.steps[0][0]}から経過を報告。{theme.question}について話した。",
        summing_up=f"急がず、まず{theme.aim}ことを目指す。",
        missing_resources=story.roll.choice((None, None, "夜間に通える居場所")),
        next_on=day + timedelta(days=_REVIEW_DAYS),
        lead_agency=agreed[0].agency if agreed else None,
        attendances=attendances_of(came),
        agreements=agreed,
    )
    if place.profile.basis(item.basis or "").decides_plan:
        return replace(filled, decisions=decisions_of(place, story, day))
    return replace(
        filled, directions=directions_of(place, story, day), decisions=_to_report(came, day)
    )


def attendances_of(agencies: tuple[Ref, ...]) -> tuple[ItemAttendance, ...]:
    """The first came, the second sent a deputy, any other was away."""
    how = (Presence.PRESENT, Presence.DEPUTY)
    return tuple(
        ItemAttendance(agency=agency, presence=how[n], name="出席　係員")
        if n < len(how)
        else ItemAttendance(agency=agency, presence=Presence.ABSENT)
        for n, agency in enumerate(agencies)
    )


def agreements_of(agencies: tuple[Ref, ...], day: date) -> tuple[Agreement, ...]:
    """All agree but the last of several, which takes the question back."""
    due = day + timedelta(days=_ANSWER_DAYS)
    said = [Agreement(agency=a, answer=AgreementAnswer.AGREED, answered_on=day) for a in agencies]
    for last in said[1:][-1:]:
        said[-1] = replace(
            last,
            answer=AgreementAnswer.TAKEN_BACK,
            condition="人手があるか、持ち帰って確かめる。",
            due_on=due,
            answered_on=None,
        )
    return tuple(said)


def decisions_of(place: Place, story: Story, day: date) -> tuple[Decision, ...]:
    """Write what a sitting decided: what, who, by when."""
    due = day + timedelta(days=DUE_DAYS)
    return tuple(
        Decision(what=what, agency=place.agency(name), due_on=due)
        for name, what in story.theme.steps
    )


def directions_of(place: Place, story: Story, day: date) -> tuple[DirectionRow, ...]:
    """Write the 支援方針・役割分担表: what agencies do, and what a neighbour does."""
    due, review = (day + timedelta(days=days) for days in (DUE_DAYS, _REVIEW_DAYS))
    rows = [
        DirectionRow(what=what, agency=place.agency(name), due_on=due, review_on=review)
        for name, what in story.theme.steps
    ]
    watch = DirectionRow(what="道で会えば声をかける", other_doer="民生委員", review_on=review)
    return (*rows, watch)


def _to_report(agencies: tuple[Ref, ...], day: date) -> tuple[Decision, ...]:
    due = day + timedelta(days=DUE_DAYS)
    return tuple(
        Decision(what="次の会議で経過を報告する", agency=agency, due_on=due)
        for agency in agencies[:1]
    )


def tell_progress(place: Place, item: AgendaItem) -> None:
    """Write what became of an item: the first row is done, others go on, answers came."""
    store, day = place.store, place.day
    for decision in item.decisions[:1]:
        finish_decision(store, decision, on=day, progress="実施した。")
    for row in item.directions[:1]:
        finish_direction(store, row, on=day, progress="実施した。")
    review = day + timedelta(days=_REVIEW_DAYS)
    for row in item.directions[1:]:
        review_direction(store, row, review_on=review, progress="日程を調整している。")
    for agreement in item.agreements:
        if agreement.answer is AgreementAnswer.TAKEN_BACK:
            answer_agreement(store, agreement, AgreementAnswer.AGREED, on=day)
