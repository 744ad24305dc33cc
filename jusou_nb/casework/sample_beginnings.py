"""Longer things that the town has begun on its last day: a stay, a question, two sittings."""

from dataclasses import replace

from jusou_nb.casework.agenda import call_agencies, convene, put_on_agenda, roster
from jusou_nb.casework.at_once import Cause, convene_for
from jusou_nb.casework.expenses import keep_advice, keep_shelter, shelter_sheet
from jusou_nb.casework.sample_calendar import third_thursday
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_place import Place
from jusou_nb.casework.sheets import send_sheets, sheet_problems
from jusou_nb.casework.sittings import hold_sitting
from jusou_nb.dates import next_month
from jusou_nb.fields import Code
from jusou_nb.forms import Advice, AgendaItem, Case, Conference, Emergency


def give_shelter(place: Place) -> None:
    """Find a room for the night; how long it will be is not known."""
    found = [e for e in place.store.find(Emergency) if e.household_id]
    for emergency in found[-1:]:
        sheet = shelter_sheet(place.store, on=place.day, emergency=emergency)
        said = replace(
            sheet,
            why_no_other="夜間に入れる部屋がほかになく、当日に支出できる事業がない。",
            starts_on=place.day,
            amount=6500,
            approved_by=STAFF[0],
            approved_on=place.day,
        )
        keep_shelter(place.store, said)


def ask_expert(place: Place) -> None:
    """Ask a lawyer, who has not answered yet."""
    asked = Advice(
        asked_on=place.day,
        expert=Code("lawyer"),
        question="借家の名義人が亡くなったあと、同居の子が住み続けるための手続き。",
        shown="家族の続柄と契約の年（氏名なし）",
    )
    for case in place.store.find(Case)[1:2]:
        keep_advice(place.store, asked, case=case)


def report_at_once(place: Place) -> None:
    """Report an emergency to a sitting called for today; its approval is not written yet.

    The last one waits for a sitting.
    """
    waiting = [e for e in place.store.find(Emergency) if e.agenda_item_id is None]
    for emergency in waiting[:-1][:1]:
        sitting = Conference(body=Code(place.body.code), held_on=place.day, hours="16:00〜16:30")
        item = AgendaItem(basis=Code(place.confidential), question="緊急対応の事後報告。")
        cause = Cause(emergency=emergency)
        made = convene_for(place.store, sitting, cause, item, called=(), on=place.day)
        hold_sitting(place.store, made.conference, today=place.day)


def ask_before_next_sitting(place: Place) -> None:
    """Where this month's sitting is over: call the next one, and ask for sheets about one case."""
    if place.sittings[-1].day >= place.day:
        return
    store, month = place.store, next_month(place.day.replace(day=1))
    planned = Conference(body=Code(place.body.code), held_on=third_thursday(month))
    convened = convene(store, planned)
    sitting = call_agencies(store, convened, roster(store, convened))
    running = [c for c in store.find(Case) if c.status and c.status.is_open]
    for case in running[-1:]:
        item = AgendaItem(basis=Code(place.confidential), question="このあとの関わり方。")
        placed = put_on_agenda(store, sitting, case, item).item
        called = [a for a in sitting.called or () if not sheet_problems(store, placed, (a,))]
        send_sheets(store, placed, tuple(called[:2]), on=place.day)
