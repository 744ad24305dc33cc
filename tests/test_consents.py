"""Consent over its life: asked, given, withdrawn in part, confirmed after an import."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from jusou_nb import casework
from jusou_nb.casework import ConfirmedScope
from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.documents import packet
from jusou_nb.errors import NotAllowed, NotFound
from jusou_nb.fields import get_item
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Consent,
    CopyRecall,
    Household,
    Person,
    RoleAssignment,
    SupportPlan,
)
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.rules import consent as rules
from jusou_nb.rules.sharing import CHAIR, Reader, ReaderKind, box_withheld, item_withheld
from jusou_nb.store import papers_out, queries
from jusou_nb.store.consents import state_on, unconfirmed_scopes

DAY, EVE = date(2026, 10, 15), date(2026, 10, 14)
FIRST = date(2026, 10, 1)
GONE = Consent(state=ConsentState.WITHDRAWN, stated_on=EVE)


def named(desk, name):
    return desk.store.lexicon().spellings["agencies"][name]


def reader(agency):
    return Reader(ReaderKind.AGENCY, agency)


def sees(desk, item, agency):
    """Say why an agency may not have the item, by the code of the rule; None: it may."""
    problem = item_withheld(reader(agency), queries.matter_of(desk.store, item, desk.sitting))
    return problem and problem.rule


def sees_box(desk, item, agency, person, box):
    about = queries.matter_of(desk.store, item, desk.sitting)
    return box_withheld(reader(agency), about, get_item(Person, box), person) is None


def plan_of(desk, *agencies, **boxes):
    rows = tuple(
        RoleAssignment(what="見守り", doer=DoerKind.AGENCY, agency=a, frequency="週1回")
        for a in agencies
    )
    plain = SupportPlan(case_id=desk.case.id, client_id=desk.mother.id, drawn_on=FIRST, roles=rows)
    return desk.store.save(replace(plain, **boxes))


def made(desk, recipient, basis="multilayered", number="会議1-9-AAAAAA"):
    told = {"kind": "packet", "recipient": recipient, "basis": basis, "number": number}
    desk.store.log_reading("conferences", desk.sitting.id, "paper", {**told, "file": "x.html"})


def random_entry(dice, person_id, agencies):
    """Make an entry of any sort, likely or not, within twelve days."""

    def some(values):
        return tuple(sorted(dice.sample(values, dice.randint(0, 3)))) or None

    return Consent(
        person_id=person_id,
        state=dice.choice((*ConsentState, ConsentState.GIVEN, ConsentState.WITHDRAWN)),
        stated_on=FIRST + timedelta(days=dice.randrange(12)),
        given_by=dice.choice((None, None, "client", "family_understanding")),
        expires_on=dice.choice((None, None, FIRST + timedelta(days=dice.randrange(14)))),
        categories=some(tuple(Category)),
        agencies=some(agencies),
        withdrawn_categories=some(tuple(Category)),
        withdrawn_agencies=some(agencies),
        manner=dice.choice((None, ConsentManner.ORAL)),
    )


def test_the_one_query_and_the_rules_agree_on_every_day_of_random_histories(store):
    dice = Random(20261001)  # noqa: S311 - a dice, no secret
    people = tuple(Person(name="見本 花子") for _ in range(150))
    household = store.save(Household(members=people))
    agencies = tuple(store.lexicon().refs["agencies"])[:4]
    with store.transaction():
        for person in household.members:
            for _ in range(dice.randrange(1, 7)):
                store.save(random_entry(dice, person.id, agencies))
    histories = {p.id: store.find(Consent, person_id=p.id) for p in household.members}

    for day in (FIRST + timedelta(days=n) for n in range(15)):
        assert asked(store, day) == answered(store.profile, histories, day)


def asked(store, day):
    return {
        r.person_id: (r.consent_id, r.state, r.is_valid, r.categories, r.agencies, r.is_scope_known)
        for r in state_on(store, day)
    }


def answered(profile, histories, day):
    told = {}
    for person, entries in histories.items():
        last = rules.latest(entries, day, profile)
        entry = rules.valid_on(entries, day, profile)
        known = entry is not None and rules.is_scope_known(entry)
        scope = (entry.categories or (), entry.agencies or ()) if entry else ((), ())
        if last is not None:
            told[person] = (last.id, last.state, entry is not None, *scope, known)
    return told


def test_the_state_of_one_person_says_since_when_until_when_and_what_waits(desk, agree):
    agree(manner=ConsentManner.ORAL, expires_on=date(2027, 3, 31))

    (row,) = state_on(desk.store, DAY, desk.mother.id)

    assert (row.state, row.since, row.is_valid) == (ConsentState.GIVEN, date(2026, 10, 5), True)
    assert (row.expires_on, row.written_by) == (date(2027, 3, 31), date(2026, 10, 19))
    assert state_on(desk.store, FIRST, desk.mother.id) == []


def test_a_struck_consent_never_was(desk, agree):
    desk.store.strike(agree(), "別の人の同意書だった")

    assert state_on(desk.store, DAY) == []


def test_an_oral_consent_waits_for_its_paper_as_long_as_the_profile_says(agree):
    oral = agree(manner=ConsentManner.ORAL)

    assert oral.written_by == date(2026, 10, 19)
    assert agree(manner=ConsentManner.ORAL, written_by=DAY).written_by == DAY


@pytest.fixture
def two_items(desk, put, agree, given):
    """8050: the mother consents, the son refuses; each has an item on the same sitting."""
    agree()
    refusal = replace(given, state=ConsentState.REFUSED, words="ほうっておいてほしい")
    casework.record_consent(desk.store, desk.son.id, refusal)
    desk.hers = put("multilayered", text_reviewed_on=FIRST)
    desk.sons_case = desk.store.save(replace(desk.case, id=None, version=0, client_id=desk.son.id))
    his = AgendaItem(basis="confidential", question="長男への関わり方")
    desk.his = casework.put_on_agenda(desk.store, desk.sitting, desk.sons_case, his).item
    desk.care = named(desk, "地域包括支援センター")
    return desk


def paper(desk, basis, agency=None):
    """Print an agency's copy on a basis, the care centre's where none is named."""
    recipient = f"agency-{agency or desk.care}"
    made = packet.packet(
        desk.store, desk.sitting.id, recipient=recipient, basis=basis, made_on="本日"
    )
    sections = (made.cover(), made.agenda(), made.items(), made.minutes(), made.control())
    return "".join(section.html for section in sections)


def test_the_mother_consents_the_son_refuses_and_both_are_in_one_sitting(two_items):
    desk = two_items

    assert sees(desk, desk.hers, desk.care) is None and sees(desk, desk.his, desk.care) is None
    assert not sees_box(desk, desk.hers, desk.care, desk.son, "condition")
    assert sees_box(desk, desk.his, desk.care, desk.son, "condition")


def test_of_the_mother_and_the_son_neither_paper_betrays_the_other(two_items):
    hers, his = paper(two_items, "multilayered"), paper(two_items, "confidential")

    assert "役割の分担" in hers and "長男への関わり方" in his and "自室から出ない" in his
    for secret in ("長男への関わり方", "自室から出ない", "ほうっておいてほしい", "見本 太郎"):
        assert secret not in hers
    for secret in ("役割の分担", "ほうっておいてほしい", "見本 花子"):
        assert secret not in his


def test_the_sons_refusal_keeps_his_own_case_off_the_multilayered_conference(two_items):
    desk, item = two_items, AgendaItem(basis="multilayered", question="役割")

    with pytest.raises(NotAllowed, match=r"断っています.*支援会議"):
        casework.put_on_agenda(desk.store, desk.sitting, desk.sons_case, item)


@pytest.fixture
def by_telephone(desk, agree, put):
    """A consent by telephone, an item on the sitting, and two agencies that were called."""
    agree(manner=ConsentManner.ORAL, stated_time="10:20", second_listener="例示 窓口")
    desk.item = put("multilayered", text_reviewed_on=FIRST)
    desk.care, desk.council = named(desk, "地域包括支援センター"), named(desk, "社会福祉協議会")
    return desk


def test_a_consent_by_telephone_partly_withdrawn_on_the_eve_leaves_the_item_on(by_telephone):
    desk = by_telephone
    partly = replace(GONE, withdrawn_agencies=(desk.council,))

    done = casework.withdraw_consent(desk.store, desk.mother.id, partly)

    assert done.taken_off == ()
    assert sees(desk, desk.item, desk.care) is None
    assert sees(desk, desk.item, desk.council) == "consent.agency_withdrawn"


def test_the_copy_of_an_agency_taken_out_holds_nothing_and_does_not_say_why(by_telephone):
    desk = by_telephone
    partly = replace(GONE, withdrawn_agencies=(desk.council,), words="社協には言わないで")
    casework.withdraw_consent(desk.store, desk.mother.id, partly)

    theirs, others = (paper(desk, "multilayered", a) for a in (desk.council, desk.care))

    assert "役割の分担" in others and "役割の分担" not in theirs
    assert "同意の範囲に含まれない機関のため掲載なし" in theirs
    assert "撤回" not in theirs + others and "言わないで" not in theirs + others


def test_a_category_withdrawn_on_the_eve_is_on_no_agencys_copy(by_telephone):
    desk = by_telephone
    mother = replace(desk.mother, condition="通院中")
    assert sees_box(desk, desk.item, desk.care, mother, "condition")

    partly = replace(GONE, withdrawn_categories=(Category.HEALTH,))
    casework.withdraw_consent(desk.store, desk.mother.id, partly)

    assert not sees_box(desk, desk.item, desk.care, mother, "condition")
    assert sees_box(desk, desk.item, desk.care, mother, "sex")


def test_a_whole_withdrawal_takes_the_item_off_the_sitting_and_keeps_it_on_record(by_telephone):
    desk = by_telephone

    done = casework.withdraw_consent(desk.store, desk.mother.id, GONE)

    assert [item.id for item in done.taken_off] == [desk.item.id]
    assert queries.items_of(desk.store, desk.sitting.id) == []
    sql = "SELECT struck_reason FROM agenda_items WHERE id = ?"
    (reason,) = desk.store.db.execute(sql, [desk.item.id]).fetchone()
    assert reason == "同意の撤回（令和8年10月14日）"


def test_a_withdrawal_leaves_the_confidential_item_and_the_sitting_held_alone(desk, agree, put):
    agree()
    confidential = put("confidential")
    multilayered = put("multilayered")
    desk.store.save(replace(desk.sitting, state=ConferenceState.HELD))

    done = casework.withdraw_consent(desk.store, desk.mother.id, GONE)

    assert done.taken_off == ()
    left = [i.id for i in queries.items_of(desk.store, desk.sitting.id)]
    assert left == [confidential.id, multilayered.id]


def test_a_refusal_of_a_consent_given_before_takes_the_item_off_as_well(desk, agree, put):
    agree()
    item = put("multilayered")

    agree(state=ConsentState.REFUSED, stated_on=EVE)

    with pytest.raises(NotFound, match="取り消されています"):
        desk.store.load(AgendaItem, item.id)


def test_withdrawing_lists_the_papers_already_out_with_whom_they_lie(by_telephone):
    desk = by_telephone
    made(desk, "chair", number="会議1-9-C")
    made(desk, f"agency-{desk.care}", number="会議1-9-A")
    made(desk, f"agency-{desk.care}", number="会議1-9-A")
    made(desk, f"agency-{desk.council}", basis="confidential", number="会議1-9-B")

    out = casework.withdraw_consent(desk.store, desk.mother.id, GONE).papers

    told = [(p.label, p.number, p.basis, p.times) for p in out]
    assert told == [
        ("議長用・事務局控", "会議1-9-C", "multilayered", 1),
        ("地域包括支援センター", "会議1-9-A", "multilayered", 2),
    ]


def test_withdrawing_from_one_agency_lists_the_papers_of_that_agency(by_telephone):
    desk = by_telephone
    made(desk, f"agency-{desk.care}", number="会議1-9-A")
    made(desk, f"agency-{desk.council}", number="会議1-9-B")

    partly = replace(GONE, withdrawn_agencies=(desk.council,))
    done = casework.withdraw_consent(desk.store, desk.mother.id, partly)

    assert [p.number for p in done.papers] == ["会議1-9-B"]


def test_a_paper_that_came_back_or_never_reached_its_place_is_not_out(by_telephone):
    desk = by_telephone
    made(desk, f"agency-{desk.care}", number="会議1-9-A")
    made(desk, f"agency-{desk.council}", number="会議1-9-B")
    lost = {"number": "会議1-9-B", "recipient": f"agency-{desk.council}", "basis": "multilayered"}
    desk.store.log_reading("conferences", desk.sitting.id, "paper_not_placed", lost)
    recall = CopyRecall(conference_id=desk.sitting.id, basis="multilayered", copy_number=2)
    back = replace(recall, document_number="会議1-9-A", state=RecallState.RETURNED)
    desk.store.save(back)

    (paper,) = papers_out.of_item(desk.store, desk.item)

    assert paper.state is RecallState.RETURNED and not paper.is_out


def test_withdrawing_asks_each_role_of_the_agreed_plan_and_changes_none(by_telephone):
    desk = by_telephone
    plan = plan_of(desk, desk.care, desk.council, state=PlanState.AGREED)

    done = casework.withdraw_consent(desk.store, desk.mother.id, GONE)

    assert [(id_, row.agency) for id_, row in done.roles] == [
        (plan.id, desk.care), (plan.id, desk.council),
    ]  # fmt: skip
    assert desk.store.load(SupportPlan, plan.id) == plan
    assert desk.store.load(Case, desk.case.id).status_reason != "同意の撤回"


def test_a_withdrawal_is_recorded_even_where_no_consent_is_known(desk):
    done = casework.withdraw_consent(desk.store, desk.mother.id, GONE)

    assert done.consent.id is not None
    assert [p.rule for p in done.remarks] == ["consent.nothing_to_withdraw"]


def test_a_signed_plan_adds_its_agencies_and_an_unsigned_one_does_not(desk, agree, put):
    agree(agencies=(named(desk, "自立相談支援機関"),))
    item, care = put("multilayered", text_reviewed_on=FIRST), named(desk, "地域包括支援センター")
    plan = plan_of(desk, care)
    assert sees(desk, item, care) == "consent.agency"

    signed = desk.store.save(replace(plan, signed_on=EVE))

    assert sees(desk, item, care) is None
    desk.store.save(replace(signed, signed_on=date(2026, 10, 16)))
    assert sees(desk, item, care) == "consent.agency"


def test_a_signed_plan_tells_its_agency_of_what_is_printed_on_it_only(desk, agree, put):
    agree(agencies=(named(desk, "自立相談支援機関"),))
    item, care = put("multilayered", text_reviewed_on=FIRST), named(desk, "地域包括支援センター")
    plan_of(desk, care, signed_on=EVE)

    about = queries.matter_of(desk.store, item, desk.sitting)

    assert about.reach_of(desk.mother.id).categories_of[care] == {Category.ISSUES}
    assert not sees_box(desk, item, care, replace(desk.mother, condition="通院中"), "condition")


def test_what_was_withdrawn_after_the_signature_is_off_again(desk, agree, put):
    agree(agencies=(named(desk, "自立相談支援機関"),))
    item, care = put("multilayered"), named(desk, "地域包括支援センター")
    plan_of(desk, care, signed_on=date(2026, 10, 12))

    partly = replace(GONE, withdrawn_agencies=(care,))
    casework.withdraw_consent(desk.store, desk.mother.id, partly)

    assert sees(desk, item, care) == "consent.agency_withdrawn"


def test_scopes_of_imported_consents_are_confirmed_in_bulk_and_papers_follow(desk, agree, put):
    imported = agree(categories=None, agencies=None)
    item, care = put("multilayered"), named(desk, "地域包括支援センター")
    (waiting,) = unconfirmed_scopes(desk.store, DAY)
    assert (waiting.consent_id, waiting.number) == (imported.id, "R8-0001")
    assert sees(desk, item, care) == "consent.scope_unknown"

    row = ConfirmedScope(consent_id=imported.id, categories=tuple(Category), agencies=(care,))
    (saved,) = casework.confirm_scopes(desk.store, [row], on=DAY, by="例示 窓口")

    assert (saved.scope_confirmed_on, saved.scope_confirmed_by) == (DAY, "例示 窓口")
    assert unconfirmed_scopes(desk.store, DAY) == [] and sees(desk, item, care) is None


def test_a_confirmed_scope_keeps_what_was_withdrawn_in_between(desk, agree, put):
    imported = agree(categories=None, agencies=None)
    item, care = put("multilayered"), named(desk, "地域包括支援センター")
    partly = replace(GONE, withdrawn_agencies=(care,))
    casework.withdraw_consent(desk.store, desk.mother.id, partly)

    both = (care, named(desk, "社会福祉協議会"))
    row = ConfirmedScope(consent_id=imported.id, categories=tuple(Category), agencies=both)
    casework.confirm_scopes(desk.store, [row], on=DAY)

    assert sees(desk, item, care) == "consent.agency_withdrawn"
    assert sees(desk, item, both[1]) is None


def test_scopes_are_confirmed_all_or_none(desk, agree):
    known, unknown = agree(), agree(categories=None, agencies=None)
    rows = [
        ConfirmedScope(consent_id=id_, categories=(Category.ISSUES,), agencies=known.agencies)
        for id_ in (unknown.id, known.id)
    ]

    with pytest.raises(NotAllowed, match=r"もう記録されています.*新しい同意"):
        casework.confirm_scopes(desk.store, rows, on=DAY)

    assert desk.store.load(Consent, unknown.id).categories is None


def test_a_scope_given_in_part_is_not_confirmed(desk, agree):
    unknown = agree(categories=None, agencies=None)
    row = ConfirmedScope(consent_id=unknown.id, categories=(Category.ISSUES,), agencies=())

    with pytest.raises(NotAllowed, match="情報か機関が選ばれていません"):
        casework.confirm_scopes(desk.store, [row], on=DAY)


def test_a_child_of_fourteen_alone_is_pointed_out_and_her_item_goes_on(desk, agree, put):
    child = replace(desk.mother, birth=PartialDate(2012, 4, 1))
    desk.store.save(replace(desk.household, members=(child, desk.son)))
    agree()

    (remark,) = casework.consent_remarks(desk.store, desk.mother.id, DAY)

    assert remark.rule == "consent.child_alone" and "14歳" in remark.message
    assert put("multilayered").id is not None


def test_the_chairs_copy_keeps_the_item_that_agencies_lose(by_telephone):
    desk = by_telephone
    everyone = replace(GONE, withdrawn_agencies=(desk.care,))
    casework.withdraw_consent(desk.store, desk.mother.id, everyone)

    assert item_withheld(CHAIR, queries.matter_of(desk.store, desk.item, desk.sitting)) is None
