"""移行: what was heard without consent, when the case goes to a sitting with consent."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import AgendaItem, CaseNote, Decision, DirectionRow, Provenance
from jusou_nb.forms.provenance import FactSort, Release
from jusou_nb.problems import Override
from jusou_nb.rules.sharing import CHAIR, Reader, ReaderKind, fact_withheld, note_withheld
from jusou_nb.store import overrides, queries
from jusou_nb.store.papers import shown_of_sitting

DAY = date(2026, 10, 15)
SAID = "家賃を三か月滞納している"


@pytest.fixture
def heard(desk, put, agree):
    """A note from a confidential sitting, what it decided, and then the client's consent."""
    care, council = desk.sitting.called[4], desk.sitting.called[8]
    note = CaseNote(happened_at=datetime(2026, 10, 2, 10, 0), content=SAID, held_by=council)
    note = replace(note, category=Category.ISSUES, learnt_on_basis="confidential")
    desk.note = casework.write_note(desk.store, desk.case, note)
    own = replace(note, learnt_on_basis=None, content="本人から電話")
    casework.write_note(desk.store, desk.case, own)
    item = replace(
        put("confidential"),
        discussion="母は嘘をついていると思う",
        summing_up="見立ては割れた",
        decisions=(Decision(what="訪問の予定", agency=care),),
        directions=(DirectionRow(what="見守りを続ける", agency=council),),
    )
    desk.heard_at = casework.record_result(desk.store, item)
    agree()
    desk.item = put("multilayered", text_reviewed_on=DAY)
    return desk


def facts(desk):
    return casework.transition_list(desk.store, desk.case)


def matter(desk):
    return queries.matter_of(desk.store, desk.item, desk.sitting)


def care(desk):
    return Reader(ReaderKind.AGENCY, desk.sitting.called[4])


def answer(desk, release, *chosen, reason="社協の了解（10月5日）", **more):
    answers = dict.fromkeys((fact.id for fact in chosen), release)
    return casework.answer_provenance(desk.store, answers, reason=reason, on=DAY, **more)


def test_the_list_proposes_what_was_heard_and_decided_without_consent(heard):
    told = [(f.fact, f.heard_on_basis, f.release) for f in facts(heard)]

    assert told == [
        (SAID, "confidential", Release.OPEN),
        ("訪問の予定", "confidential", Release.OPEN),
        ("見守りを続ける", "confidential", Release.OPEN),
    ]


def test_each_fact_names_the_agency_that_holds_it(heard):
    holders = [fact.held_by for fact in facts(heard)]

    assert holders == [heard.sitting.called[n] for n in (8, 4, 8)]


def test_views_voiced_at_the_sitting_are_not_even_proposed(heard):
    words = "".join(fact.fact for fact in facts(heard))

    assert "嘘をついている" not in words and "見立ては割れた" not in words


def test_the_list_made_again_has_nothing_twice_and_adds_what_is_new(heard):
    before = facts(heard)
    later = replace(heard.note, id=None, version=0, content="通院をやめた")
    casework.write_note(heard.store, heard.case, later)

    assert facts(heard)[:3] == before
    assert [f.fact for f in facts(heard)][3:] == ["通院をやめた"]


def test_before_it_is_answered_nothing_of_it_is_on_a_paper_with_consent(heard):
    for reader in (care(heard), CHAIR):
        for fact in facts(heard):
            assert fact_withheld(reader, matter(heard), fact).rule == "sharing.learnt_elsewhere"
        assert note_withheld(reader, matter(heard), heard.note).rule == "sharing.learnt_elsewhere"


@pytest.mark.parametrize("release", [Release.RELEASE, Release.HEARD_AGAIN])
def test_what_was_released_is_on_the_paper_within_the_consent(heard, release):
    saved = answer(heard, release, *facts(heard)[:1])

    assert (saved[0].answered_on, saved[0].reason) == (DAY, "社協の了解（10月5日）")
    assert fact_withheld(care(heard), matter(heard), saved[0]) is None
    assert note_withheld(care(heard), matter(heard), heard.note) is None


def test_what_was_withheld_stays_off(heard):
    (fact,) = answer(heard, Release.WITHHOLD, *facts(heard)[:1], reason="")

    assert fact_withheld(CHAIR, matter(heard), fact).rule == "sharing.learnt_elsewhere"
    assert note_withheld(CHAIR, matter(heard), heard.note).rule == "sharing.learnt_elsewhere"


def test_of_a_shortened_fact_only_the_fact_is_printed_and_not_the_note(heard):
    short = heard.store.save(replace(facts(heard)[0], fact="家賃の滞納"))
    (fact,) = answer(heard, Release.RELEASE, short)

    assert fact_withheld(care(heard), matter(heard), fact) is None
    assert note_withheld(care(heard), matter(heard), heard.note).rule == "sharing.learnt_elsewhere"


@pytest.mark.parametrize("sort", [FactSort.VIEW, FactSort.INFORMANT, FactSort.OF_OTHER])
@pytest.mark.parametrize("release", [Release.RELEASE, Release.HEARD_AGAIN])
def test_views_informants_and_other_members_facts_are_never_released(heard, sort, release):
    fact = heard.store.save(replace(facts(heard)[0], sort=sort))

    with pytest.raises(NotAllowed, match=r"資料に出せません.*本人から聞き直して"):
        answer(heard, release, fact)
    forced = heard.store.save(replace(fact, release=release))

    assert fact_withheld(CHAIR, matter(heard), forced).rule == "sharing.learnt_elsewhere"
    assert note_withheld(CHAIR, matter(heard), heard.note).rule == "sharing.learnt_elsewhere"


def test_many_are_answered_at_once_with_one_reason_or_none_is(heard):
    first, second, third = facts(heard)
    heard.store.save(replace(third, sort=FactSort.VIEW))

    with pytest.raises(NotAllowed):
        answer(heard, Release.RELEASE, first, second, third)
    assert {f.release for f in facts(heard)} == {Release.OPEN}

    assert {f.reason for f in answer(heard, Release.RELEASE, first, second)} == {
        "社協の了解（10月5日）"
    }


def test_releasing_without_a_reason_waits_for_the_chief(heard):
    (first, *_) = facts(heard)
    allowed = Override(rule="provenance.no_reason", reason="電話で確認", allowed_by="課長")

    with pytest.raises(NotAllowed, match="理由がありません"):
        answer(heard, Release.RELEASE, first, reason=" ")
    answer(heard, Release.RELEASE, first, reason=" ", overrides=(allowed,))

    (kept,) = overrides.of(heard.store, "provenances", first.id)
    assert kept["reason"] == "電話で確認"


def test_a_released_fact_reaches_no_agency_beyond_the_consent(heard, agree):
    (fact,) = answer(heard, Release.RELEASE, facts(heard)[0])
    agree(categories=(Category.HEALTH,), stated_on=date(2026, 10, 14))

    assert fact_withheld(care(heard), matter(heard), fact).rule == "consent.category"


def test_a_released_fact_without_its_category_is_on_the_chairs_copy_only(heard):
    fact = answer(heard, Release.RELEASE, facts(heard)[1])[0]

    assert fact_withheld(care(heard), matter(heard), fact).rule == "sharing.no_category"
    assert fact_withheld(CHAIR, matter(heard), fact) is None


def test_what_was_decided_of_another_member_is_that_members(heard):
    item = AgendaItem(basis="confidential", client_id=heard.son.id, case_id=heard.case.id)
    of_son = replace(item, conference_id=heard.sitting.id, decisions=(Decision(what="訪問"),))
    heard.store.save(of_son)

    assert facts(heard)[-1].sort is FactSort.OF_OTHER


def test_before_the_item_goes_on_the_worker_hears_what_is_still_to_ask(heard):
    def asked(basis):
        found = casework.transition_problems(heard.store, heard.case, basis)
        return [p.rule for p in found]

    assert asked("multilayered") == ["provenance.not_listed"]
    listed = facts(heard)
    assert asked("multilayered") == ["provenance.open"]
    answer(heard, Release.WITHHOLD, *listed)
    assert asked("multilayered") == [] == asked("confidential")


def test_a_released_fact_changes_the_number_of_the_paper(heard):
    (fact, *_) = facts(heard)

    shown = shown_of_sitting(heard.store, heard.sitting.id, "multilayered")
    assert (Provenance.table, fact.id) in shown


def test_putting_the_case_on_with_consent_points_to_the_list(heard, put):
    heard.store.strike(heard.item, "載せ直す")
    placed = casework.put_on_agenda(
        heard.store, heard.sitting, heard.case, AgendaItem(basis="multilayered", question="役割")
    )

    assert [p.rule for p in placed.remarks] == ["provenance.not_listed"]
