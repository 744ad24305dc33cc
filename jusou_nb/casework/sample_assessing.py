"""How the town gets to know a household: the sheet, agencies asked, the family drawn."""

from dataclasses import replace
from datetime import date
from typing import Any

from jusou_nb.casework.assessment_sheet import assessment_sheet
from jusou_nb.casework.assessments import answer_assessment, assess, request_assessment
from jusou_nb.casework.family import draw_family, family_sheet, record_event
from jusou_nb.casework.masking import save_household
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sample_stories import Story, one
from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    Assessment,
    AssessmentRequest,
    CareRow,
    Case,
    FamilyEvent,
    Household,
    IssueMark,
    Person,
    Tie,
)
from jusou_nb.forms.family import TieDirection, TieStrength
from jusou_nb.forms.household import Standing

_OF_A_SON = frozenset({"hikikomori", "eighty_fifty"})
_OF_A_CHILD = frozenset({"truancy", "young_carer"})
_SCHOOL_AGES = range(8, 19)
_SINCE, _ANSWERED, _AGAIN, _SILENT = 8, 9, 30, 5
_LOST = {"母": "父", "長男": "夫", "長女": "夫", "次男": "夫", "次女": "夫"}


def get_assessed(place: Place, story: Story, case_id: int) -> Course[None]:
    """Fill the sheet, ask an agency, draw the family; with its answer fill a second sheet."""
    yield place.soon(2)
    case = place.store.load(Case, case_id)
    _fill(place, story, case)
    asked = _ask(place, case)
    _draw(place, case)
    yield place.day + _ANSWERED * DAY
    if case_id % _SILENT == 0:
        return
    answer_assessment(
        place.store,
        asked,
        on=place.day,
        finding="訪問した。台所と居間は使えている。通院の間が空いている。",
        category=Category.HEALTH,
        answered_by="係員　回答",
    )
    yield place.day + _AGAIN * DAY
    case = place.store.load(Case, case_id)
    if case.status is not None and case.status.is_open:
        assess(place.store, case, assessment_sheet(place.store, case, on=place.day))


def _fill(place: Place, story: Story, case: Case) -> None:
    opened = assessment_sheet(place.store, case, on=place.day)
    household = place.store.load(Household, case.household_id or 0)
    marks = tuple(_moved(place, mark, household) for mark in opened.marks)
    assess(place.store, case, replace(_boxes(place, story, opened), marks=marks, cares=_cares(
        place, marks, household)))  # fmt: skip


def _boxes(place: Place, story: Story, opened: Assessment) -> Assessment:
    known: dict[str, Any] = {
        name: one(place.profile, listed, code)
        for name, listed, code in (
            ("housing", "housing", "owned"),
            ("employment", "employment", "not_seeking"),
            ("health", "health", "treated"),
        )
    }
    return replace(
        opened,
        author=STAFF[0],
        strengths="決まった時間に起きている。近所に顔なじみがいる。",
        wishes="今の家で暮らし続けたい。",
        outlook=story.theme.question,
        **known,
    )


def _moved(place: Place, mark: IssueMark, household: Household) -> IssueMark:
    """Give a tick to the member whom it fits, and say what the profile's flags ask of it."""
    option = place.profile.codes("issue").by_code[mark.issue or ""]
    return replace(
        mark,
        whose=_whose(mark, household, place.day),
        since=f"{_SINCE}年ほど前から" if "asks_since" in option.flags else None,
        note="玄関と廊下に物が積まれている。火の気は台所だけ。"
        if "asks_state" in option.flags
        else None,
    )


def _whose(mark: IssueMark, household: Household, day: date) -> Ref | None:
    people = household.own_members
    if mark.issue in _OF_A_SON and len(people) > 1:
        return Ref(people[1].id or 0)
    pupils = [p for p in people if p.birth and day.year - p.birth.year in _SCHOOL_AGES]
    return Ref(pupils[0].id or 0) if mark.issue in _OF_A_CHILD and pupils else mark.whose


def _cares(place: Place, marks: tuple[IssueMark, ...], household: Household) -> tuple[CareRow, ...]:
    asks = place.profile.flagged("issue", "asks_care")
    people = household.own_members
    carers = [mark.whose for mark in marks if mark.issue in asks and mark.whose]
    return tuple(
        CareRow(
            carer=carer,
            cared_for=next((Ref(p.id or 0) for p in people if p.id != carer), None),
            what="食事の支度、洗濯、夜の見守り",
            hours="平日3時間、休日6時間",
            schooling="朝起きられず、休む日がある",
            own_words="自分がいないと困ると思う",
        )
        for carer in carers
    )


def _ask(place: Place, case: Case) -> AssessmentRequest:
    own = place.agency("高齢者支援課")
    request = AssessmentRequest(
        agency=own,
        whom=Ref(case.client_id or 0),
        what="家での様子と、使っている制度",
        ground=one(place.profile, "sharing_ground", "within_office"),
        sent_on=place.day,
        asked_by=STAFF[0],
    )
    return request_assessment(place.store, case, request).request


def _draw(place: Place, case: Case) -> None:
    household = _with_the_lost(place, place.store.load(Household, case.household_id or 0))
    opened = family_sheet(place.store, household, on=place.day)
    ties = opened.ties or (
        Tie(
            agency=case.lead_agency,
            strength=TieStrength.NORMAL,
            direction=TieDirection.TO_HOUSEHOLD,
            note="月に一度の連絡",
        ),
        Tie(other="近所の人", strength=TieStrength.WEAK),
    )
    draw_family(place.store, household, replace(opened, ties=ties, author=STAFF[0]))
    _tell(place, case, household)


def _with_the_lost(place: Place, household: Household) -> Household:
    """Write the dead father or husband of an 8050 home into the record, for its map only."""
    relations = [person.relation or "" for person in household.members]
    lost = next((_LOST[relation] for relation in relations[1:] if relation in _LOST), "")
    if not lost or lost in relations:
        return household
    surname = (household.members[0].name or "").partition("　")[0]
    dead = Person(relation=lost, name=f"{surname}　故人", standing=Standing.DECEASED)
    members = (*household.members, dead)
    return save_household(place.store, replace(household, members=members), on=place.day)


def _tell(place: Place, case: Case, household: Household) -> None:
    """Write what the office and an agency know of the family's course, once a household."""
    if place.store.find(FamilyEvent, household_id=household.id):
        return
    begun = place.day.year - _SINCE
    events = (
        FamilyEvent(
            happened_on=PartialDate(begun),
            what="働き手を失い、暮らしが変わった",
            category=Category.ISSUES,
            whose=Ref(case.client_id or 0),
        ),
        FamilyEvent(
            happened_on=PartialDate.of(date(begun + 3, 4, 1)),
            what="制度の窓口に一度相談したが、続かなかった",
            category=Category.WELFARE_USE,
            held_by=case.lead_agency,
        ),
    )
    for event in events:
        record_event(place.store, household, event)
