"""開示請求: what is a candidate for 不開示, what a person decides, and what the copy holds."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.documents.disclosure import copy, original
from jusou_nb.errors import Invalid, NotAllowed, NotFound
from jusou_nb.forms import (
    CaseNote,
    DisclosureItem,
    DisclosureRequest,
    Household,
    Intake,
    StatutoryReport,
)
from jusou_nb.forms.disclosure import Applicant, Disclosure
from jusou_nb.problems import Override

DAY = date(2026, 11, 2)


@pytest.fixture
def request_of(desk):
    """Take a request for the records of the mother, or of whomever."""

    def take(person=None, overrides=(), **boxes):
        told = {"applicant": Applicant.CLIENT, "received_on": DAY, **boxes}
        asked = DisclosureRequest(person=(person or desk.mother).id, **told)
        return casework.take_disclosure_request(
            desk.store, desk.household, asked, overrides=overrides
        ).request

    return take


def note(desk, content, **boxes):
    said = CaseNote(happened_at=datetime(2026, 10, 6, 10), content=content, **boxes)
    return casework.write_note(desk.store, desk.case, said)


def decide(desk, request, record, answer, overrides=(), **boxes):
    item = DisclosureItem(what=record.title, record_id=record.id, answer=answer, **boxes)
    return casework.decide_disclosure(desk.store, request, item, overrides=overrides)


def handed(desk, request):
    return copy(desk.store, request.id, day=DAY).html


def test_every_record_stands_on_the_offices_table_by_its_day(desk, request_of, agree):
    agree()
    note(desk, "玄関で話した")
    page = original(desk.store, request_of().id, day=DAY).html

    places = [
        page.index(title) for title in ("相談受付・申込票", "共有に関する同意書", "支援経過記録")
    ]
    assert places == sorted(places)


def test_who_told_us_is_a_candidate_and_never_in_the_file(desk, request_of):
    request = request_of()
    table = original(desk.store, request.id, day=DAY).html

    assert "来談者・情報源にかかわること" in table
    assert [word for word in ("通報子", "近隣") if word in handed(desk, request)] == []


def test_the_day_of_the_telling_is_not_on_the_copy_either(desk, request_of):
    page = handed(desk, request_of())

    assert "相談受付・申込票" in page and "令和8年10月1日" not in page


def test_what_somebody_told_of_themselves_is_theirs(desk, request_of):
    own = replace(desk.intake, inquirer_relation="client", inquirer_name=None)
    desk.store.save(own)

    assert "令和8年10月1日" in handed(desk, request_of())


def test_another_member_of_the_household_is_not_on_the_copy(desk, request_of):
    page = handed(desk, request_of())

    assert "見本 花子" in page
    assert [word for word in ("太郎", "タロウ", "自室から出ない") if word in page] == []


def test_the_son_who_asks_does_not_read_his_mothers_consultation(desk, request_of):
    page = handed(desk, request_of(desk.son))

    assert "見本 太郎" in page
    assert [word for word in ("花子", "十年以上", "主訴") if word in page] == []


def test_words_nobody_has_read_stay_black(desk, request_of):
    note(desk, "本人は眠れないと話した")
    page = handed(desk, request_of())

    assert "眠れない" not in page and 'class="bar"' in page


def test_words_that_were_read_are_shown_but_for_names_and_the_words_chosen(desk, request_of):
    kept, request = note(desk, "太郎さんのことで、町内会長が心配していた。眠れない"), request_of()
    decide(desk, request, kept, Disclosure.PARTIAL, is_text_read=True, grounds=("other_person",),
           hidden_words=("町内会長",))  # fmt: skip
    page = handed(desk, request)

    assert "眠れない" in page and "請求した人以外の個人に関する情報" in page
    assert [word for word in ("太郎", "町内会長") if word in page] == []


def test_a_bar_is_of_one_length_whatever_was_there(desk, request_of):
    note(desk, "長い" * 1500)
    page = handed(desk, request_of())

    bars = set(re.findall(r'<span class="bar"[^>]*>.*?</span>', page))
    assert len(bars) == 1 and "長い" not in page


def test_a_record_kept_back_whole_is_a_bar_without_its_name(desk, request_of):
    kept, request = note(desk, "話した"), request_of()
    decide(desk, request, kept, Disclosure.CLOSED, grounds=("business",))
    page = handed(desk, request)

    assert "支援経過記録" not in page and "事務の適正な実施" in page


def test_of_what_is_not_even_told_to_exist_nothing_stands_on_the_copy(desk, request_of):
    kept, request = note(desk, "話した"), request_of()
    before = handed(desk, request).count("<h2>")
    decide(desk, request, kept, Disclosure.UNTOLD, grounds=("harm",))

    assert handed(desk, request).count("<h2>") == before - 1


def test_a_report_of_abuse_is_not_on_the_copy_until_somebody_decides(desk, request_of):
    desk.store.save(StatutoryReport(household_id=desk.household.id, judged_by="架空　課長"))
    request = request_of()

    assert "通報・通告の記録" in original(desk.store, request.id, day=DAY).html
    assert "通報・通告" not in handed(desk, request)


def test_what_was_heard_at_a_sitting_without_consent_stays_with_it(desk, request_of):
    note(desk, "会議で聞いた", learnt_on_basis="confidential")
    request = request_of()

    assert "同意のいらない会議で聞いたこと" in original(desk.store, request.id, day=DAY).html
    assert "支援経過記録" not in handed(desk, request)


def test_a_copy_with_open_questions_says_that_it_is_not_to_be_handed_out(desk, request_of):
    request = request_of()
    for item in casework.disclosure_proposals(desk.store, request, on=DAY).values():
        assert "お渡しできません" in handed(desk, request)
        boxes = {"answer": Disclosure.PARTIAL, "grounds": ("business",)}
        casework.decide_disclosure(desk.store, request, replace(item, **boxes))

    assert "お渡しできません" not in handed(desk, request)
    assert casework.disclosure_proposals(desk.store, request, on=DAY) == {}


def test_to_open_who_told_us_waits_for_the_chief(desk, request_of):
    request, intake = request_of(), desk.store.load(Intake, desk.intake.id)
    with pytest.raises(NotAllowed, match="情報源"):
        decide(desk, request, intake, Disclosure.OPEN)
    chief = Override(rule="disclosure.opens_hidden", reason="来談者の同意", allowed_by="課長")
    decide(desk, request, intake, Disclosure.OPEN, overrides=(chief,))

    assert "近隣 通報子" in handed(desk, request)
    assert "通報子" not in original(desk.store, request.id, day=DAY).html


def test_a_decision_without_its_ground_is_pointed_out(desk, request_of):
    kept, request = note(desk, "話した"), request_of()
    remarks = decide(desk, request, kept, Disclosure.CLOSED).remarks

    assert [problem.rule for problem in remarks] == ["disclosure.no_ground"]


def test_a_decision_is_made_once_and_can_be_made_anew(desk, request_of):
    kept, request = note(desk, "話した"), request_of()
    decide(desk, request, kept, Disclosure.CLOSED, grounds=("business",))
    decide(desk, request, kept, Disclosure.OPEN)

    (item,) = desk.store.find(DisclosureItem, disclosure_request_id=request.id)
    assert item.answer is Disclosure.OPEN and item.version == 2


def test_a_guardian_who_is_not_asked_is_handed_nothing_but_by_the_chief(desk, request_of):
    mother, son = desk.store.load(Household, desk.household.id).members
    home = replace(desk.household, members=(mother, replace(son, guardian_not_asked="虐待の疑い")))
    desk.store.save(home)
    asked = {"person": desk.son, "applicant": Applicant.GUARDIAN}
    with pytest.raises(NotAllowed, match="求めない"):
        request_of(**asked)
    chief = Override(rule="disclosure.guardian", reason="別の親権者", allowed_by="課長")

    assert "見本 太郎" in handed(desk, request_of(**asked, overrides=(chief,)))


def test_a_suspicion_that_comes_later_stops_the_copy(desk, request_of):
    request = request_of(desk.son, applicant=Applicant.GUARDIAN)
    mother, son = desk.store.load(Household, desk.household.id).members
    desk.store.save(replace(desk.household, members=(replace(mother, is_opponent=True), son)))
    page = handed(desk, request)

    assert "まだ作れません" in page and "<h2>" not in page and "見本 太郎" not in page


def test_where_somebody_hidden_lives_is_on_neither_paper(desk, request_of):
    mother, son = desk.store.load(Household, desk.household.id).members
    hidden = replace(mother, is_masked=True, telephone="000-1111-2222")
    desk.store.save(replace(desk.household, members=(hidden, son)))
    request = request_of()
    pages = handed(desk, request) + original(desk.store, request.id, day=DAY).html

    assert [word for word in ("架空町1-1", "000-1111-2222") if word in pages] == []


def test_a_request_is_about_somebody_of_the_household_and_says_who_asks(desk):
    keep = casework.take_disclosure_request
    with pytest.raises(Invalid):
        keep(desk.store, desk.household, DisclosureRequest(person=desk.mother.id))
    strange = DisclosureRequest(person=99, received_on=DAY, applicant=Applicant.CLIENT)
    with pytest.raises(NotFound, match="この世帯"):
        keep(desk.store, desk.household, strange)


def test_a_record_that_is_not_on_the_list_is_not_decided(desk, request_of):
    with pytest.raises(NotFound, match="一覧にありません"):
        decide(desk, request_of(), CaseNote(id=99), Disclosure.OPEN)


def test_both_papers_change_their_number_with_a_decision(desk, request_of):
    kept, request = note(desk, "話した"), request_of()
    before = [make(desk.store, request.id, day=DAY).identity.number for make in (original, copy)]
    decide(desk, request, kept, Disclosure.OPEN)

    after = [make(desk.store, request.id, day=DAY).identity.number for make in (original, copy)]
    assert not set(before) & set(after) and len({*before, *after}) == 4
