"""What the town spends: a few nights of shelter after an emergency, and a lawyer's advice."""

from dataclasses import replace
from datetime import timedelta

from jusou_nb.casework.expenses import (
    answer_advice,
    end_shelter,
    keep_advice,
    keep_shelter,
    shelter_sheet,
)
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.fields import Code
from jusou_nb.forms import Advice, Case, Emergency
from jusou_nb.workdays import workday

_WEEKS = timedelta(days=14)


def shelter(place: Place) -> Course[None]:
    """Give shelter for three nights after the town's first emergency with a case."""
    found: Emergency | None = None
    while found is None:
        yield workday(place.day + DAY)
        found = next((e for e in place.store.find(Emergency) if e.case_id), None)
    case = place.store.load(Case, found.case_id or 0)
    sheet = shelter_sheet(place.store, on=place.day, case=case, emergency=found)
    said = replace(
        sheet,
        why_no_other="一時生活支援の部屋に空きがなく、当日に支出できる事業がない。",
        schemes_tried=sheet.schemes_tried or "一時生活支援: 空きなし",
        amount=19500,
        approved_by=sheet.approved_by or STAFF[0],
        approved_on=place.day,
    )
    kept = keep_shelter(place.store, said, case=case).record
    first = sheet.starts_on or place.day
    yield max(place.day, workday(first + 3 * DAY))
    ended = place.store.load(type(said), kept.id or 0)
    end_shelter(place.store, ended, on=first + 3 * DAY, moved_on_to="親族の家")


def seek_advice(place: Place) -> Course[None]:
    """Ask a lawyer about a case, showing nobody's name, and pay the fee."""
    cases: list[Case] = []
    while not cases:
        yield workday(place.day + _WEEKS)
        cases = place.store.find(Case)
    asked = Advice(
        asked_on=place.day,
        expert=Code("lawyer"),
        question="親の借金を子が引き継がないための手続きと、その期限。",
        shown="家族の続柄と、借金の額の一覧（氏名なし）",
    )
    kept = keep_advice(place.store, asked, case=cases[0]).record
    yield workday(place.day + _WEEKS)
    fresh = place.store.load(Advice, kept.id or 0)
    answer = "相続の放棄は、知った日から三か月以内に家庭裁判所に申し立てる。"
    answer_advice(place.store, fresh, answer, on=place.day, minutes=40, amount=10000)
