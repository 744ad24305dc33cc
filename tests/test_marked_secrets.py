"""A town in which every text is marked: each paper is searched for what may not be on it.

Each text box of each record holds a mark that names it, such as 印persons.3.address印, so
that whatever is found on a paper tells where it came from. What may stand there is worked
out here from the records themselves, without asking the rules.
"""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from types import SimpleNamespace

import openpyxl
import pytest
from pypdf import PdfReader

from jusou_nb import open_store
from jusou_nb.casework import (
    answer_provenance,
    assess,
    assessment_sheet,
    record_event,
    transition_list,
    write_note,
)
from jusou_nb.casework.ledger import export_ledger
from jusou_nb.casework.sample import TownClock, make_town
from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Category
from jusou_nb.dates import PartialDate, month_of
from jusou_nb.documents import (
    blank,
    excel,
    flow,
    known_already,
    monthly,
    office_lists,
    packet,
    register,
    sheet,
    slips,
    word,
)
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.documents.record import record as minutes_of
from jusou_nb.documents.word_catalogue import WORD_PAPERS
from jusou_nb.errors import JusouError
from jusou_nb.fields import Kind, children, items
from jusou_nb.forms import (
    FORMS,
    Advice,
    Agency,
    AgencyName,
    AgendaItem,
    AnonymousReport,
    Assessment,
    AssessmentRequest,
    Case,
    CaseNote,
    CommunitySupport,
    Conference,
    Consent,
    CopyRecall,
    DisclosureItem,
    DisclosureRequest,
    Emergency,
    Ending,
    Evaluation,
    FamilyEvent,
    FamilyMap,
    FigureAnswer,
    Gathering,
    Host,
    HostContact,
    Household,
    Improvement,
    Intake,
    Lead,
    Matching,
    Monitoring,
    MonthlyClosing,
    Outreach,
    OutreachTry,
    ParticipationMenu,
    Person,
    PhoneMemo,
    Place,
    PreparationSheet,
    Provenance,
    Questionnaire,
    Referral,
    ResourceGap,
    Round,
    Scheme,
    SchemeCheck,
    Shelter,
    SignSheet,
    StatutoryReport,
    Succession,
    SupportPlan,
    SupportRequest,
    SurveyResult,
    Training,
    Visit,
    WorkerRole,
)
from jusou_nb.forms.conference import Identification
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.provenance import FactSort, Release
from jusou_nb.runner import papers, pdf
from jusou_nb.store import queries
from jusou_nb.store.due import due_items
from jusou_nb.store.schema import every_form
from jusou_nb.widgets.chapter_rows import cells_of
from jusou_nb.widgets.chapters import CHAPTERS
from jusou_nb.widgets.due_page import DuePage
from jusou_nb.widgets.session import Session

TODAY = date(2026, 10, 5)
WHEREABOUTS = {"address", "telephone", "contact_note", "school", "workplace"}
CONSENT, NO_CONSENT = "multilayered", "confidential"
MARK = re.compile(r"印([a-z_]+)\.(\d+)\.([a-z_]+)印")
SCOPES = {(f.table, box.name): box.scope for f, _ in every_form() for box in items(f)}
TEXTS = {(f.table, box.name) for f, _ in every_form() for box in items(f)
         if box.kind is Kind.TEXT and not box.many}  # fmt: skip
SENTENCES = {(f.table, box.name) for f, _ in every_form() for box in items(f) if box.is_free_text}
TAG = re.compile(r"<[^>]*>")
NIGHT = datetime(2026, 10, 4, 21, 5)
HOUR, AS_PRINTED = time(3, 37), re.compile(r"0?3(:|時)37")
OF_CASES = (CaseNote, AgendaItem, SupportPlan, SchemeCheck, Provenance, Monitoring, Evaluation,
            Ending, Outreach, Visit, ParticipationMenu, Matching, Assessment, AssessmentRequest,
            Shelter, Advice, AnonymousReport)  # fmt: skip
OF_HOUSEHOLDS = (Intake, Referral, SupportRequest, StatutoryReport, Emergency, FamilyMap,
                 FamilyEvent, DisclosureRequest)  # fmt: skip
OF_THE_OFFICE = (Lead, PhoneMemo, SupportRequest, Questionnaire, Outreach, OutreachTry,
                 Visit, Round,
                 HostContact, Shelter, SignSheet, CommunitySupport, Gathering,
                 Succession, DisclosureItem)  # fmt: skip
OF_NOBODY = {CopyRecall, Improvement, Agency, AgencyName, Conference, Host, Place, Training,
             Scheme, WorkerRole, ResourceGap, FamilyMap, MonthlyClosing,
             SurveyResult, FigureAnswer}  # fmt: skip


def marks(text):
    """The marks on a paper, as (table, id, box)."""
    return {(table, int(id_), box) for table, id_, box in MARK.findall(text)}


def marked(record, town, household_id=None, case_id=None):
    """Put a mark into each text box of a record and its rows, and note whose they are."""
    town.owners[record.table, record.id] = (household_id, case_id)
    boxes = {
        box.name: f"印{record.table}.{record.id}.{box.name}印"
        for box in items(type(record))
        if box.kind is Kind.TEXT and not box.many and box.scope is not NOT_PERSONAL
    }
    rows = {
        entry.name: tuple(
            marked(row, town, household_id, case_id) for row in getattr(record, entry.name)
        )
        for entry in children(type(record))
    }
    return replace(record, **boxes, **rows)


def mark_household(store, town, household):
    """Mark a household and all that hangs on it."""

    def keep(record, case_id=None):
        store.save(marked(record, town, household.id, case_id))

    keep(household)
    for form in OF_HOUSEHOLDS:
        for record in store.find(form, household_id=household.id):
            keep(record)
    for person in household.members:
        for record in store.find(Consent, person_id=person.id):
            keep(record)
    for case in store.find(Case, household_id=household.id):
        keep(case, case.id)
        for form in OF_CASES:
            for record in store.find(form, case_id=case.id):
                keep(at_night(record), case.id)
        for memo in memos_of(store, case):
            keep(memo, case.id)


def at_night(record):
    """Move a note to an hour that is on no other record, so that it can be searched for."""
    if not isinstance(record, CaseNote):
        return record
    return replace(record, happened_at=datetime.combine(record.happened_at, HOUR))


def memos_of(store, case):
    """The calls that were put to a case: each became one of its notes."""
    notes = {note.id for note in store.find(CaseNote, case_id=case.id)}
    return [memo for memo in store.find(PhoneMemo) if memo.case_note_id in notes]


def mark_the_rest(store, town):
    """Mark sheets, whose case the item tells, and what belongs to no household."""
    for item in store.find(AgendaItem):
        for record in store.find(PreparationSheet, agenda_item_id=item.id):
            owner = town.owners[item.table, item.id]
            store.save(marked(record, town, *owner))
    for form in OF_THE_OFFICE:
        for record in store.find(form):
            if (record.table, record.id) not in town.owners:
                store.save(marked(record, town))


def make_it_harder(store, town):
    """Exclude a called agency, let the chief see one 秘匿, name one item by real names,
    and let something be heard of every case at a sitting that needs no consent.
    """
    family = store.load(Household, town.named["partner_violence"])
    wife, husband, child = family.members
    child = replace(child, unmasked_for=("chief",))
    store.save(replace(family, members=(wife, husband, child)))
    (case,) = store.find(Case, client_id=wife.id)
    store.save(replace(case, excluded_agencies=(agency(store, "社会福祉協議会"),)))
    follow_in_hiding(store, case)
    (young,) = store.find(Case, household_id=town.named["young_carer"])
    for item in store.find(AgendaItem, case_id=young.id):
        store.save(replace(item, identification=Identification.REAL))
    for case in store.find(Case):
        if found := store.find(CaseNote, case_id=case.id):
            for _ in range(2):
                heard = replace(found[0], id=None, version=0, learnt_on_basis=NO_CONSENT)
                write_note(store, case, heard)
        transition_list(store, case)
    for home in store.find(Household):
        heard_of = FamilyEvent(happened_on=PartialDate(2019), what="会議で聞いた",
                               category=Category.ISSUES, learnt_on_basis=NO_CONSENT)  # fmt: skip
        if store.find(Case, household_id=home.id):
            record_event(store, home, heard_of)


def follow_in_hiding(store, case):
    """Write of somebody in hiding whatever the office may write of anybody."""
    of = {"case_id": case.id, "household_id": case.household_id}
    outreach = Outreach(known_as="本人", client_id=case.client_id, begun_on=TODAY, **of)
    outreach = store.save(outreach)
    store.save(OutreachTry(outreach_id=outreach.id, kind="met", tried_at=NIGHT))
    store.save(Visit(case_id=case.id, outreach_id=outreach.id, planned_at=NIGHT, state="planned"))
    store.save(Shelter(starts_on=TODAY, account="shelter", amount=1, **of))
    menu = store.save(ParticipationMenu(case_id=case.id, client_id=case.client_id, drawn_on=TODAY))
    (host, *_) = store.find(Host)
    store.save(Matching(menu_id=menu.id, case_id=case.id, host=host.id, stage="approach"))
    store.save(
        AssessmentRequest(case_id=case.id, sent_on=TODAY, agency=agency(store, "社会福祉課"))
    )
    assess(store, case, assessment_sheet(store, case, on=TODAY))


def release(store, town):
    """Release the first thing heard of the young carer word for word; the second was a view,
    and whoever put it down as released did what no verb does.
    """
    (case,) = store.find(Case, household_id=town.named["young_carer"])
    released, view = store.find(Provenance, case_id=case.id)[:2]
    told = store.load(CaseNote, released.case_note_id)
    fact = store.save(replace(released, fact=told.content))
    answer_provenance(store, {fact.id: Release.RELEASE}, reason="よいとした", on=TODAY)
    voiced = store.load(CaseNote, view.case_note_id)
    boxes = {"fact": voiced.content, "sort": FactSort.VIEW, "release": Release.RELEASE}
    store.save(replace(view, **boxes))
    town.released = {("case_notes", told.id, "content")}
    town.voiced = {("case_notes", voiced.id, "content")}


def agency(store, name):
    return store.lexicon().spellings["agencies"][name]


@pytest.fixture(scope="module")
def town():
    """Fifty households, marked, with every copy of every sitting."""
    with open_store("", account="tantou", clock=TownClock(TODAY)) as store:
        made = make_town(store, households=50, seed=1, today=TODAY)
        town = SimpleNamespace(store=store, owners={}, named=made.named, made=made)
        make_it_harder(store, made)
        for household in store.find(Household):
            mark_household(store, town, household)
        mark_the_rest(store, town)
        release(store, town)
        town.persons = {p.id: p for h in store.find(Household) for p in h.members}
        town.copies = [c for held in store.find(Conference) for c in every_copy(store, held.id)]
        yield town


def every_copy(store, conference_id):
    """Print every copy of a sitting, with the marks found on it and the items it is about."""
    for copy in packet.copies(store, conference_id):
        made = packet.packet(
            store, conference_id, recipient=copy.recipient, basis=copy.basis, made_on="作成日"
        )
        packed = (made.cover(), made.agenda(), made.items(), made.minutes(), made.control())
        whose = {"recipient": copy.recipient, "basis": copy.basis}
        sections = (*packed, minutes_of(store, conference_id, **whose, day=date(2026, 10, 16)))
        shown = "".join(f"{s.title}{s.html}{s.identity}" for s in sections)
        about = [i for i in queries.items_of(store, conference_id) if i.basis == copy.basis]
        yield SimpleNamespace(
            recipient=copy.recipient,
            basis=copy.basis,
            is_chairs=copy.recipient == "chair",
            sitting=store.load(Conference, conference_id),
            items=about,
            marks=marks(shown),
            tells_hours=AS_PRINTED.search(shown) is not None,
            in_tags=marks("".join(TAG.findall(shown))),
        )


def agencies_copies(town):
    return [copy for copy in town.copies if not copy.is_chairs]


def found(copies, keep):
    """What stands on any of the copies and answers a question (table, id, box)."""
    return {mark for copy in copies for mark in copy.marks if keep(*mark)}


def chairs(town, basis, conference_id):
    return next(copy for copy in town.copies if copy.is_chairs and copy.basis == basis
                and copy.sitting.id == conference_id)  # fmt: skip


def members(town, name):
    return town.store.load(Household, town.named[name]).members


def test_there_are_copies_of_both_bases_for_the_chair_and_for_agencies(town):
    kinds = {(copy.basis, copy.is_chairs) for copy in town.copies if copy.marks}

    assert kinds == {(basis, chair) for basis in (CONSENT, NO_CONSENT) for chair in (True, False)}
    assert len(agencies_copies(town)) >= 30


def test_where_a_masked_person_can_be_found_is_on_no_copy(town):
    def is_hidden(table, id_, box):
        masked = table == "persons" and town.persons[id_].is_masked
        return masked and box in WHEREABOUTS and not town.persons[id_].unmasked_for

    assert any(p.is_masked and not p.unmasked_for for p in town.persons.values())
    assert found(town.copies, is_hidden) == set()


def test_the_masked_child_whom_the_chief_may_see_is_on_the_chairs_copy_only(town):
    _, _, child = members(town, "partner_violence")

    def is_the_childs(table, id_, box):
        return (table, id_) == ("persons", child.id) and box in WHEREABOUTS

    everywhere = {("persons", child.id, box) for box in WHEREABOUTS}
    chairs_own = chairs(town, NO_CONSENT, town.made.conference_id)
    assert found(agencies_copies(town), is_the_childs) == set()
    assert found([chairs_own], is_the_childs) == everywhere


def test_who_told_us_is_on_no_agencys_copy(town):
    def tells(table, _id, box):
        return SCOPES[table, box] is INFORMANT

    assert found(agencies_copies(town), tells) == set()


def test_who_told_us_of_the_hoarding_is_on_the_chairs_copy(town):
    (intake,) = town.store.find(Intake, household_id=town.named["hoarding"])
    told = ("inquirer_name", "inquirer_telephone", "information_source")

    copy = chairs(town, NO_CONSENT, town.made.conference_id)
    assert {("intakes", intake.id, box) for box in told} <= copy.marks


def test_what_the_desk_wrote_for_itself_is_on_no_agencys_copy(town):
    def is_the_desks(table, _id, box):
        told = (table, box) in {("case_notes", "content"), ("family_events", "what")}
        return SCOPES[table, box] is OFFICE and not told

    assert found(agencies_copies(town), is_the_desks) == set()


def test_the_desks_remarks_are_on_the_chairs_copy(town):
    (intake,) = town.store.find(Intake, household_id=town.named["hoarding"])

    copy = chairs(town, NO_CONSENT, town.made.conference_id)
    assert ("intakes", intake.id, "remarks") in copy.marks


def test_where_people_are_lettered_nothing_tells_who_they_are(town):
    telling = {("persons", box.name) for box in items(Person) if box.identifies}

    def tells_who(table, id_, box):
        named = (table, id_) in {("persons", p.id) for p in members(town, "young_carer")}
        return (table, box) in telling and not named

    assert found(agencies_copies(town), tells_who) == set()


def test_where_people_are_named_the_clients_name_and_address_are_shared(town):
    client = members(town, "young_carer")[0]

    shared = found(
        agencies_copies(town), lambda table, id_, _: (table, id_) == ("persons", client.id)
    )
    assert {("persons", client.id, box) for box in ("name", "address", "school")} <= shared


def test_of_others_without_consent_only_their_relation_is_shared(town):
    copies = [copy for copy in agencies_copies(town) if copy.basis == CONSENT]
    clients = {item.client_id for copy in copies for item in copy.items}

    def is_of_another(table, id_, box):
        return table == "persons" and id_ not in clients and box != "relation"

    assert found(copies, is_of_another) == set()
    assert found(copies, lambda table, id_, _: table == "persons" and id_ not in clients)


def test_the_condition_of_a_member_is_shared_where_no_consent_is_needed(town):
    son = members(town, "eighty_fifty")[1]
    copies = [copy for copy in agencies_copies(town) if copy.basis == NO_CONSENT]

    assert found(copies, lambda *mark: mark == ("persons", son.id, "condition"))


def test_the_condition_of_a_client_is_shared_within_the_consent(town):
    mother = members(town, "eighty_fifty")[0]
    copies = [copy for copy in agencies_copies(town) if copy.basis == CONSENT]

    assert found(copies, lambda *mark: mark == ("persons", mother.id, "condition"))


def learnt(town, basis):
    notes = town.store.find(CaseNote, learnt_on_basis=basis)
    return {("case_notes", note.id, "content") for note in notes}


def test_what_was_heard_without_consent_is_on_no_copy_that_needs_consent(town):
    heard = learnt(town, NO_CONSENT)
    copies = [copy for copy in town.copies if copy.basis == CONSENT]

    heard -= town.released
    of_cases = {town.owners[table, id_][1] for table, id_, _ in heard}
    assert {item.case_id for copy in copies for item in copy.items} <= of_cases
    assert found(copies, lambda *mark: mark in heard) == set()


def test_what_was_released_word_for_word_is_on_the_copies_within_the_consent(town):
    copies = [copy for copy in agencies_copies(town) if copy.basis == CONSENT]

    assert found(copies, lambda *mark: mark in town.released) == town.released


def test_a_view_voiced_without_consent_is_on_no_copy_that_needs_consent(town):
    copies = [copy for copy in town.copies if copy.basis == CONSENT]
    unasked = {("agenda_items", i.id, box) for i in town.store.find(AgendaItem, basis=NO_CONSENT)
               for box in ("discussion", "summing_up")}  # fmt: skip

    assert found(copies, lambda *mark: mark in unasked | town.voiced) == set()


def of_items(town, basis):
    """What belongs to the items of a basis: their boxes and rows, and the sheets sent for them."""
    for item in town.store.find(AgendaItem, basis=basis):
        rows = [row for entry in children(AgendaItem) for row in getattr(item, entry.name)]
        sheets = town.store.find(PreparationSheet, agenda_item_id=item.id)
        yield from ((record.table, record.id) for record in (item, *rows, *sheets))


@pytest.mark.parametrize(("basis", "other"), [(CONSENT, NO_CONSENT), (NO_CONSENT, CONSENT)])
def test_what_was_settled_or_answered_on_a_basis_is_on_no_copy_of_the_other(town, basis, other):
    theirs = set(of_items(town, basis))

    def is_theirs(table, id_, _box):
        return (table, id_) in theirs

    tables = {table for table, _, _ in found(
        [copy for copy in town.copies if copy.basis == basis], is_theirs)}  # fmt: skip
    assert found([copy for copy in town.copies if copy.basis == other], is_theirs) == set()
    assert {"agenda_items", "decisions", "preparation_sheets"} <= tables


def test_what_an_item_was_said_at_is_on_no_agencys_copy(town):
    def was_said(table, _id, box):
        return (table, box) in {("agenda_items", "discussion"), ("agenda_items", "summing_up"),
                                ("agreements", "condition")}  # fmt: skip

    assert found(agencies_copies(town), was_said) == set()


def test_the_hour_of_a_contact_is_on_the_chairs_copies_only(town):
    assert not any(copy.tells_hours for copy in agencies_copies(town))
    assert any(copy.tells_hours for copy in town.copies if copy.is_chairs)


@pytest.mark.parametrize("table", ["leads", "statutory_reports", "questionnaires",
                                   "support_requests", "endings", "outreaches", "outreach_tries",
                                   "visits", "rounds", "host_contacts", "participation_menus",
                                   "matchings", "match_steps", "assessment_requests",
                                   "family_maps", "kinships", "sign_sheets", "shelters",
                                   "advices", "gatherings", "community_supports", "assessments",
                                   "issue_marks", "care_rows"])  # fmt: skip
def test_what_came_before_and_after_the_sittings_is_on_no_copy(town, table):
    assert table in {table for table, _ in town.owners}
    assert found(town.copies, lambda owner, *_: owner == table) == set()


def test_ties_are_on_the_copies_of_their_own_households_items_only(town):
    for copy in town.copies:
        homes = {town.store.load(Case, item.case_id).household_id for item in copy.items}
        ties = found([copy], lambda table, *_: table == "ties")
        assert {town.owners[table, id_][0] for table, id_, _ in ties} <= homes
    assert found(agencies_copies(town), lambda table, *_: table == "ties")


def test_what_happened_in_an_emergency_is_on_the_chairs_copy_of_its_item_only(town):
    (emergency,) = town.store.find(Emergency, household_id=town.named["saturday"])

    def is_of_one(table, _id, box):
        return table == "emergencies"

    own = chairs(town, NO_CONSENT, town.made.conference_id)
    everybodys = found(agencies_copies(town), is_of_one)
    assert {box for _, _, box in everybodys} <= {"who"}
    assert ("emergencies", emergency.id, "what") in own.marks


def test_why_somebody_is_masked_is_on_no_agencys_copy_and_in_no_list(town):
    masked = {("persons", p.id, "masked_because") for p in town.persons.values() if p.is_masked}

    listed = marks(town.store.frame("persons").to_csv())
    assert len(masked) == 4
    assert found(agencies_copies(town), lambda *mark: mark in masked) == set()
    assert listed & masked == set()


def test_what_agencies_answered_by_sheet_stays_with_the_item_it_was_asked_for(town):
    for copy in town.copies:
        asked = {i.id for i in copy.items}
        for table, id_, _ in copy.marks:
            if table == "preparation_sheets":
                assert town.store.load(PreparationSheet, id_).agenda_item_id in asked


def test_the_answers_of_a_sheet_are_with_agencies_as_far_as_the_consent_goes(town):
    for copy in agencies_copies(town):
        if copy.basis == CONSENT:
            agency_id = int(copy.recipient.removeprefix("agency-"))
            allowed = {i.id for i in copy.items if may_read(town, agency_id, copy, i)}
            sheets = {id_ for table, id_, _ in copy.marks if table == "preparation_sheets"}
            assert {town.store.load(PreparationSheet, s).agenda_item_id for s in sheets} <= allowed


def test_the_due_list_tells_of_nobody(town):
    waiting = due_items(town.store, TODAY)

    assert len({entry.kind for entry in waiting}) >= 8
    assert marks(str(waiting)) == set()


def test_what_the_office_noted_itself_is_on_the_copies_within_the_consent(town):
    own = learnt(town, None)
    copies = [copy for copy in agencies_copies(town) if copy.basis == CONSENT]

    assert found(copies, lambda *mark: mark in own)


def test_what_was_heard_without_consent_is_on_the_copies_of_its_own_basis(town):
    heard = learnt(town, NO_CONSENT)
    copy = chairs(town, NO_CONSENT, town.made.conference_id)

    assert copy.marks & heard


def test_each_copy_tells_of_the_cases_of_its_own_sitting_and_basis_only(town):
    for copy in town.copies:
        cases = {item.case_id for item in copy.items}
        households = {town.store.load(Case, case).household_id for case in cases}
        for table, id_, _ in copy.marks:
            household, case = town.owners[table, id_]
            assert household in households
            assert case is None or case in cases


def may_read(town, agency_id, copy, item):
    """Whether an agency may have an item at all, worked out from the records."""
    case = town.store.load(Case, item.case_id)
    if agency_id not in (item.called or copy.sitting.called):
        return False
    if agency_id in (case.excluded_agencies or ()):
        return False
    if copy.basis == NO_CONSENT:
        return True
    return agency_id in within_the_consent(town, item.client_id, copy.sitting.held_on)


def within_the_consent(town, person_id, day):
    """The agencies that a person's word reaches on a day, after all said until then."""
    reached = set()
    entries = town.store.find(Consent, person_id=person_id)
    for entry in sorted((e for e in entries if e.stated_on <= day), key=lambda e: e.stated_on):
        if entry.state is ConsentState.GIVEN:
            reached = set(entry.agencies or ()) - set(entry.excluded_agencies or ())
        elif entry.state is not ConsentState.ASKED:
            reached -= set(entry.withdrawn_agencies or reached)
    return reached


def looked_through(copy):
    """The cases whose sentences an agency may have: on a consent only those looked through."""
    return {i.case_id for i in copy.items if i.text_reviewed_on or copy.basis == NO_CONSENT}


def told_in_sentences(town, copy):
    cases = {town.owners[t, i][1] for t, i, box in copy.marks if (t, box) in SENTENCES}
    return cases - {None}


def test_an_agency_reads_of_the_cases_it_may_read_of_and_of_no_other(town):
    refused = 0
    for copy in agencies_copies(town):
        agency_id = int(copy.recipient.removeprefix("agency-"))
        allowed = {i.case_id for i in copy.items if may_read(town, agency_id, copy, i)}
        households = {town.store.load(Case, case).household_id for case in allowed}
        refused += len(copy.items) - len(allowed)
        assert {town.owners[table, id_][0] for table, id_, _ in copy.marks} == households
        told = {town.owners[t, i][1] for t, i, _ in copy.marks} - {None}
        assert told <= allowed
        assert told_in_sentences(town, copy) == looked_through(copy) & allowed
    assert refused >= 10


def test_the_excluded_agency_was_called_and_still_reads_nothing_of_the_case(town):
    family, council = town.named["partner_violence"], agency(town.store, "社会福祉協議会")
    copies = [
        copy
        for copy in agencies_copies(town)
        if copy.basis == NO_CONSENT and copy.sitting.id == town.made.conference_id
    ]

    told = {c.recipient for c in copies if family in {town.owners[t, i][0] for t, i, _ in c.marks}}
    assert f"agency-{council}" in {copy.recipient for copy in copies}
    assert told == {f"agency-{agency(town.store, n)}" for n in ("子ども家庭課", "利用者支援事業")}


@pytest.mark.parametrize("month", ["2026-04", "2026-09", "2026-10"])
def test_the_monthly_report_tells_of_nobody(town, month):
    report = monthly.report(town.store, *month_of(month), today=TODAY)

    sections = (report.head(), report.intakes(), report.cases(), report.sittings(), report.due())
    assert marks("".join(f"{s.html}{s.identity}" for s in sections)) == set()


def test_a_visit_slip_tells_of_nobody(town):
    for visit in town.store.find(Visit):
        page = slips.visit_slip(town.store, visit.id, day=TODAY).html
        assert marks(page) == set()


def test_a_host_reads_the_name_where_it_was_chosen_and_no_sentence(town):
    every = tuple(Category)
    read = set()
    for match in town.store.find(Matching):
        told = town.store.save(replace(match, told_host=every))
        read |= marks(slips.host_request(town.store, told.id, day=TODAY).html)

    assert {(table, box) for table, _, box in read} == {("persons", "name")}


def sheltered(town):
    """Where those of a household with a masked member found shelter."""
    hiding = {h.id for h in town.store.find(Household) if any(p.is_masked for p in h.members)}
    return {(table, id_, box) for (table, id_), (home, _) in town.owners.items()
            if table == "shelters" and home in hiding
            for box in ("shelter_place", "moved_on_to")}  # fmt: skip


def hidden_in_lists(town):
    """What no list, export or sheet of the office shows: whereabouts, and who told us."""
    masked = {("persons", p.id, box) for p in town.persons.values() if p.is_masked
              for box in WHEREABOUTS}  # fmt: skip
    told = {(table, id_, box) for table, id_ in town.owners for owner, box in TEXTS
            if owner == table and SCOPES[table, box] is INFORMANT}  # fmt: skip
    return masked | told | sheltered(town)


def test_those_in_hiding_are_in_every_record_that_could_tell_where_they_are(town):
    family = town.named["partner_violence"]
    kinds = {table for (table, _), (home, _) in town.owners.items() if home == family}

    assert len(sheltered(town)) >= 2
    assert kinds >= {"outreaches", "visits", "shelters", "matchings", "participation_menus",
                     "assessments", "assessment_requests", "family_events"}  # fmt: skip


@pytest.mark.parametrize("form", [form for form, _ in every_form()])
def test_frames_hide_whereabouts_and_who_told_us(town, form):
    shown = marks(town.store.frame(form.table).to_csv())

    assert shown & hidden_in_lists(town) == set()


def test_frames_show_what_is_no_secret_and_everything_for_a_reason(town):
    husband = members(town, "partner_violence")[1]

    frame = marks(town.store.frame("persons").to_csv())
    with_reason = marks(town.store.frame("persons", reason="監査").to_csv())
    assert ("persons", husband.id, "address") in frame
    assert with_reason & hidden_in_lists(town)


def test_every_sheet_hides_whereabouts_and_who_told_us(town):
    shown = set()
    for form in FORMS:
        for record in town.store.find(form):
            made = sheet.sheet(town.store, form.table, record.id, made_on="作成日")
            shown |= marks(f"{made.html}{made.identity}")

    client = members(town, "hoarding")[0]
    assert shown & hidden_in_lists(town) == set()
    assert ("persons", client.id, "address") in shown


def marks_in(path):
    book = openpyxl.load_workbook(path)
    cells = (cell for page in book for row in page.iter_rows(values_only=True) for cell in row)
    return marks(" ".join(str(cell) for cell in cells if cell))


def test_the_exported_ledger_hides_whereabouts_and_who_told_us(town, tmp_path):
    export_ledger(town.store, tmp_path / "ledger.xlsx")

    shown = marks_in(tmp_path / "ledger.xlsx")
    client = members(town, "hoarding")[0]
    assert shown & hidden_in_lists(town) == set()
    assert ("persons", client.id, "address") in shown


@pytest.mark.parametrize("form", FORMS)
def test_the_export_of_each_form_hides_whereabouts_and_who_told_us(town, tmp_path, form):
    export_ledger(town.store, tmp_path / "one.xlsx", form=form.table)

    shown = marks_in(tmp_path / "one.xlsx")
    assert shown & hidden_in_lists(town) == set()
    assert shown or form in OF_NOBODY


def test_no_log_of_what_was_read_holds_a_mark(town, tmp_path):
    export_ledger(town.store, tmp_path / "ledger.xlsx")
    logged = [row for log in ("readings", "runs") for row in town.store.db[log].rows]

    assert logged
    assert marks(str(logged)) == set()


def events_learnt(town, basis):
    found = town.store.find(FamilyEvent, learnt_on_basis=basis)
    return {("family_events", event.id, "what") for event in found}


def test_a_family_event_heard_without_consent_is_on_no_copy_that_needs_consent(town):
    heard = events_learnt(town, NO_CONSENT)
    under_consent = [copy for copy in town.copies if copy.basis == CONSENT]

    assert len(heard) >= 20
    assert found(under_consent, lambda *mark: mark in heard) == set()
    assert found(town.copies, lambda *mark: mark in heard)


def test_what_the_office_knew_of_a_family_is_on_copies_of_both_bases(town):
    own = events_learnt(town, None)
    bases = {copy.basis for copy in agencies_copies(town) if copy.marks & own}

    assert bases == {CONSENT, NO_CONSENT}


def test_no_text_stands_in_a_tag_where_it_could_be_read_without_being_printed(town):
    assert {mark for copy in town.copies for mark in copy.in_tags} == set()


def test_no_sheet_holds_a_text_in_a_tag(town):
    for form in FORMS:
        for record in town.store.find(form)[:5]:
            made = sheet.sheet(town.store, form.table, record.id, made_on="作成日")
            assert marks("".join(TAG.findall(made.html))) == set()


def retold(town):
    """All copies of 既に伺ったこと: one for each case."""
    cases = town.store.find(Case)
    return {c.id: known_already.known(town.store, c.id, made_on="作成日").html for c in cases}


def test_what_was_told_already_is_no_secret_and_comes_from_no_sitting(town):
    told = {mark for html in retold(town).values() for mark in marks(html)}

    offices = {(t, i, b) for t, i, b in told if SCOPES[t, b] is OFFICE}
    assert {table for table, _, _ in told} >= {"persons", "intakes", "assessments", "plans"}
    assert told & hidden_in_lists(town) == set()
    assert offices == set()
    assert {table for table, _, _ in told} & {"case_notes", "agenda_items", "family_events",
                                              "preparation_sheets"} == set()  # fmt: skip


def test_what_was_told_already_is_of_that_household_only(town):
    for case_id, html in retold(town).items():
        home = town.store.load(Case, case_id).household_id
        assert {town.owners[table, id_][0] for table, id_, _ in marks(html)} <= {home}


@pytest.mark.parametrize("reader", ["staff", "citizens"])
def test_the_picture_of_the_ways_through_tells_of_nobody(town, reader):
    assert marks(flow.flow(town.store, reader, made_on="作成日").html) == set()


def test_the_printed_register_tells_of_nobody(town):
    assert marks(register.register(town.store, "all", today=TODAY).html) == set()


def test_no_list_of_the_desk_shows_whereabouts_or_who_told_us(town):
    session, shown = Session(town.store, TODAY), set()
    for chapter in CHAPTERS:
        for record in town.store.find(chapter.form):
            cells = cells_of(session, chapter, record)
            shown |= marks(" ".join(f"{cell.text} {cell.sort}" for cell in cells))

    assert {table for table, _, _ in shown} >= {"outreaches", "family_events"}
    assert shown & hidden_in_lists(town) == set()


def test_the_lists_of_the_due_page_tell_of_nobody(town):
    page = DuePage(Session(town.store, TODAY))
    page._other()

    words = "".join(" ".join(line) for line in page.listing.texts())
    assert len(page.found) >= 100
    assert marks(words) == set()


@pytest.fixture(scope="module")
def on_disk(town, tmp_path_factory):
    """The town in a file, from which papers can be made."""
    path = tmp_path_factory.mktemp("town") / "town.db"
    town.store.db.execute("VACUUM INTO ?", [str(path)])
    return path


@pytest.mark.parametrize("form", [Outreach, Shelter, SignSheet, FamilyMap], ids=lambda f: f.table)
def test_a_paper_made_by_the_runner_gives_nothing_away_beside_itself(town, on_disk, tmp_path, form):
    record = max(town.store.find(form), key=lambda r: r.id)
    path = papers.sheet(on_disk, form, record.id, tmp_path / "out", TODAY)

    with open_store(on_disk, readonly=True) as store:
        logged = [row for log in ("readings", "runs") for row in store.db[log].rows]
    page = path.read_text(encoding="utf-8")
    assert [found.name for found in tmp_path.rglob("*") if found.is_file()] == [path.name]
    assert marks(path.name) | marks(str(logged)) | marks("".join(TAG.findall(page))) == set()
    assert marks(page) & hidden_in_lists(town) == set()


@pytest.mark.parametrize("table", ["family_events", "ties"])
def test_a_familys_course_and_ties_are_on_a_consented_copy_only_where_looked_through(town, table):
    under_consent = [copy for copy in agencies_copies(town) if copy.basis == CONSENT]
    for copy in under_consent:
        homes = {town.store.load(Case, c).household_id for c in looked_through(copy)}
        assert {town.owners[t, i][0] for t, i, _ in copy.marks if t == table} <= homes

    assert found(under_consent, lambda of, *_: of == table)


def test_the_ties_of_those_in_hiding_are_on_no_agencys_copy(town):
    hiding = {h.id for h in town.store.find(Household) if any(p.is_masked for p in h.members)}

    def is_theirs(table, id_, _box):
        return table == "ties" and town.owners[table, id_][0] in hiding

    assert any(is_theirs(table, id_, "") for table, id_ in town.owners)
    assert found(agencies_copies(town), is_theirs) == set()


# 帳票の一覧にあるすべて


def of_nobody(town, made):
    """For whoever finds it, or whoever asks: no word that anybody wrote of anybody."""
    return made.marks


def of_office(town, made):
    """For the office: paper lies about, so neither whereabouts nor who told us."""
    return made.marks & hidden_in_lists(town)


def of_host(town, made):
    return {mark for mark in made.marks if (mark[0], mark[2]) != ("persons", "name")}


def of_agency(town, made):
    """For another agency: of this household only, nothing of the desk's, no whereabouts."""
    home, _ = made.owner
    return {
        (table, id_, box)
        for table, id_, box in made.marks
        if SCOPES[table, box] in (INFORMANT, OFFICE)
        or (table, id_, box) in hidden_in_lists(town)
        or town.owners[table, id_][0] != home
    }


def of_person(town, made):
    """For the person: of another member of the household not even the name."""
    others = {mark for mark in made.marks if mark[0] == "persons" and mark[1] != made.person}
    return of_agency(town, made) | others


def of_representatives(town, made):
    """For the heads of agencies: the words written for this report, and no other."""
    return {mark for mark in made.marks if mark[0] != "anonymous_reports"}


def of_giver(town, made):
    """For whoever gives the word on a person's consent: their own name stands beside it."""
    own = {mark for mark in made.marks if mark[::2] == ("consents", "giver_name")}
    return {mark for mark in of_person(town, made) - own if mark[:2] != made.record}


READERS = {
    "訪問票": (of_nobody, 0),
    "受入依頼書": (of_host, 0),
    "引継書": (of_office, 200),
    "引継書（引き継いだケース）": (of_office, 20),
    "引継書（担当の全ケース）": (of_office, 100),
    "転記票": (of_office, 20),
    "匿名化した事例報告": (of_representatives, 3),
    "開示対応表": (of_office, 30),
    "開示対応表（黒塗り）": (of_person, 5),
    "開催通知": (of_nobody, 0),
    "資料提出依頼": (of_nobody, 0),
    "出席者名簿": (of_nobody, 0),
    "会議後アンケート": (of_nobody, 0),
    "資料回収確認表": (of_nobody, 0),
    "つなぐシート": (of_agency, 10),
    "照会文書": (of_nobody, 0),
    "照会文書（起案・事務局控）": (of_office, 10),
    "同意書": (of_giver, 20),
    "同意の変更届": (of_giver, 20),
    "同意の撤回届": (of_giver, 20),
    "同意書（用紙）": (of_giver, 20),
    "同意の変更届（用紙）": (of_giver, 20),
    "同意の撤回届（用紙）": (of_giver, 20),
    "不在票": (of_nobody, 0),
    "訪問のお知らせ": (of_person, 3),
    "本人用のプラン": (of_person, 20),
    "本人用の資料": (of_person, 10),
    "経過一覧": (of_office, 50),
    "世帯の経過一覧": (of_office, 30),
    "課題整理表": (of_office, 20),
    "支援方針・役割分担表": (of_office, 20),
}
"""Who reads a paper of the catalogue, and how many marks it must at least show somewhere."""


def person_of(store, record):
    """Whose record it is, by the boxes that say it."""
    case = getattr(record, "case_id", None)
    own = [getattr(record, name, None) for name in ("client_id", "person_id", "person")]
    return next((id_ for id_ in own if id_), store.load(Case, case).client_id if case else None)


def records_for(town, table):
    """Records of a table with their persons: of those in hiding all, of others a dozen."""
    form = next((form for form in FORMS if form.table == table), None)
    if form is None:
        found = [(id_, id_) for id_ in town.persons]
    else:
        found = [(r.id, person_of(town.store, r)) for r in town.store.find(form)]
    hiding = {h.id for h in town.store.find(Household) if any(p.is_masked for p in h.members)}
    own = [pair for pair in found if town.owners.get((table, pair[0]), (0, 0))[0] in hiding]
    return list(dict.fromkeys([*own, *found[:12]]))


@pytest.fixture(scope="module")
def catalogue(town):
    """Every paper of the catalogue of every record, with the marks found on it."""
    return {name: list(every_paper(town, paper)) for name, paper in PAPERS.items()}


def every_paper(town, paper):
    for record_id, person in records_for(town, paper.table):
        try:
            made = paper.gather(town.store, record_id, day=TODAY)
        except JusouError:
            continue
        shown = f"{made.title}{made.html}{made.identity}"
        yield SimpleNamespace(
            record=(paper.table, record_id),
            person=person,
            owner=town.owners.get((paper.table, record_id), (None, None)),
            marks=marks(shown),
            in_tags=marks("".join(TAG.findall(made.html))) | marks(f"{made.title}{made.identity}"),
        )


def test_of_every_paper_of_the_catalogue_it_is_known_who_reads_it():
    assert set(PAPERS) == set(READERS)


@pytest.mark.parametrize("name", READERS)
def test_no_paper_of_the_catalogue_holds_what_its_reader_may_not_have(town, catalogue, name):
    reader, least = READERS[name]
    shown = {mark for made in catalogue[name] for mark in made.marks}

    assert catalogue[name]
    assert {made.record: found for made in catalogue[name] if (found := reader(town, made))} == {}
    assert len(shown) >= least


@pytest.mark.parametrize("name", READERS)
def test_no_paper_of_the_catalogue_holds_a_text_in_a_tag_or_in_its_title(catalogue, name):
    assert {mark for made in catalogue[name] for mark in made.in_tags} == set()


# Word、Excel、PDF


def in_parts(raw):
    """All that stands in a Word or Excel file: texts, properties, names of its parts."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        every = [(name, parts.read(name).decode("utf-8", "replace")) for name in parts.namelist()]
    return "".join(f"{name}{text}{TAG.sub('', text)}" for name, text in every)


WORD_READERS = {
    "開催通知": of_nobody,
    "会議記録": of_office,
    "支援決定伺い": of_office,
    "会議開催伺い": of_nobody,
    "一時保護支出伺い": of_office,
    "謝金支出伺い": of_nobody,
    "引継書": of_office,
}
"""Who reads a Word paper; 会議記録 of an agency is held against its copy below."""


def word_files(town, name, *, recipients=("",)):
    """Write a Word paper of every record for each recipient: what stands in it, and whose it is."""
    paper = WORD_PAPERS[name]
    template = word.template_of(paper, None)
    for record_id, person in records_for(town, paper.table):
        for recipient in recipients:
            try:
                of = {"recipient": recipient, "basis": ""}
                letters = paper.gather(town.store, record_id, day=TODAY, **of)
            except JusouError:
                continue
            for letter in letters:
                identity, raw = word.write(town.store, paper, letter, template, day=TODAY)
                yield SimpleNamespace(
                    record=(paper.table, record_id), person=person, recipient=recipient,
                    basis=identity.basis, marks=marks(in_parts(raw)), label=letter.label,
                    owner=town.owners.get((paper.table, record_id), (None, None)),
                )  # fmt: skip


def test_of_every_word_paper_it_is_known_who_reads_it():
    assert set(WORD_PAPERS) == set(WORD_READERS)


@pytest.mark.parametrize("name", WORD_READERS)
def test_no_word_file_holds_what_its_reader_may_not_have(town, name):
    made = list(word_files(town, name))
    reader = WORD_READERS[name]

    assert made and not any(marks(one.label) for one in made)
    assert {one.record: found for one in made if (found := reader(town, one))} == {}
    assert reader is of_nobody or any(one.marks for one in made)


def test_the_minutes_in_word_hold_nothing_that_the_recipients_copy_does_not(town):
    copies = {(c.sitting.id, c.recipient, c.basis): c.marks for c in town.copies}
    called = [c.recipient for c in agencies_copies(town) if c.sitting.id == town.made.conference_id]
    recipients = ("chair", *sorted(set(called))[:3])
    made = list(word_files(town, "会議記録", recipients=recipients))

    assert {one.recipient for one in made if one.marks} == set(recipients)
    for one in made:
        assert one.marks <= copies[one.record[1], one.recipient, one.basis]


@pytest.mark.parametrize("book", excel.BOOKS, ids=lambda book: book.name)
def test_no_workbook_hides_anything_in_its_parts(town, book):
    identity, raw = excel.write(town.store, book, today=TODAY)
    shown = marks(f"{in_parts(raw)}{identity}")

    assert shown & hidden_in_lists(town) == set()
    assert not book.of_office or shown == set()


@pytest.mark.parametrize("which", office_lists.OfficeList)
def test_the_lists_of_cases_and_days_hide_whereabouts_and_who_told_us(town, which):
    page = office_lists.office_list(town.store, which, "all", today=TODAY)

    assert marks(f"{page.html}{page.identity}") & hidden_in_lists(town) == set()
    assert marks("".join(TAG.findall(page.html))) == set()


def test_no_blank_holds_a_word_of_anybody(town):
    names = dict.fromkeys(title for form in FORMS for title in blank.titles(form.table))
    made = [blank.blank(town.store, title) for title in names]

    assert len(made) > 40
    assert marks("".join(f"{page.html}{page.identity}" for page in made)) == set()


@pytest.mark.walk
def test_a_pdf_holds_what_its_pages_hold_and_nothing_beside(town, on_disk, tmp_path):
    sitting = town.made.conference_id
    paths = papers.packets(on_disk, sitting, tmp_path / "out", TODAY, recipient="chair")
    parts = [(path.stem, path) for path in paths]
    of = {"title": "会議資料", "subject": ("conferences", sitting)}
    made = PdfReader(pdf.bind(on_disk, parts, tmp_path / "会議.pdf", **of))
    told = "".join("".join(page.extract_text().split()) for page in made.pages)
    own = {m for path in paths for m in marks(path.read_text("utf-8"))}

    assert marks(f"{made.metadata}{made.xmp_metadata}{list(made.attachments)}") == set()
    assert marks(told) and marks(f"{told}{made.outline}") <= own
