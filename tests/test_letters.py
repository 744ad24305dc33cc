"""つなぐシート and 照会文書: what goes to an agency, and what its ground does not carry."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework, open_store
from jusou_nb.choices import Category
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.forms import Consent, Household, Intake, Person, Referral
from jusou_nb.problems import Override
from jusou_nb.runner import papers

DAY = date(2026, 10, 15)
SLIP, INQUIRY, DRAFT = "つなぐシート", "照会文書", "照会文書（起案・事務局控）"
LET = (Override(rule="referral.no_consent", reason="急ぐため", allowed_by="架空 課長"),)


@pytest.fixture
def agency(desk):
    """Find an agency of the town by its name."""
    return lambda name: desk.store.lexicon().spellings["agencies"][name]


@pytest.fixture
def send(desk, agency):
    """Send the mother on to the council, changed as asked, and record it."""

    def refer(to="社会福祉協議会", *, overrides=(), **boxes):
        said = {"sent_on": DAY, "ground": "consent", "reason": "居場所の見学の付き添い", **boxes}
        record = Referral(destination=agency(to), **said)
        return casework.refer(desk.store, desk.intake, record, overrides=overrides)

    return refer


@pytest.fixture
def page(desk):
    """Print a paper of a referral on a day."""
    return lambda referral, name=SLIP, day=DAY: (
        PAPERS[name].gather(desk.store, referral.id, day=day).html
    )


def test_with_consent_the_agency_reads_who_comes_and_why(agree, send, page):
    agree()
    printed = page(send())

    assert "見本 花子" in printed and "みほん　はなこ" in printed
    assert "見本市架空町1-1" in printed and "居場所の見学の付き添い" in printed


def test_the_neighbour_who_told_is_on_no_slip(agree, send, page):
    agree()
    printed = page(send(text_reviewed_on=DAY))

    assert [w for w in ("近隣", "通報子", "令和8年10月1日") if w in printed] == []


def test_the_blocks_stand_in_the_order_of_the_sheet(agree, send, page):
    agree()
    printed = page(send())
    blocks = ("ご本人", "お困りごとの内容", "世帯構成", "ご相談", "紹介先", "返信欄")

    places = [printed.index(f"{block}") for block in blocks]
    assert places == sorted(places)


def test_another_member_without_consent_is_his_place_in_the_family_only(agree, send, page):
    agree()
    printed = page(send())

    assert "長男" in printed and "同居" in printed
    assert "見本 太郎" not in printed and "自室から出ない" not in printed


def test_a_member_who_consents_himself_is_named(desk, agree, given, send, page):
    agree()
    own = replace(given, agencies=desk.sitting.called)
    casework.record_consent(desk.store, desk.son.id, own)

    assert "見本 太郎" in page(send())


def test_a_category_that_the_consent_leaves_out_is_not_in_the_file(desk, agree, send, page):
    agree(categories=(Category.ISSUES,))
    printed = page(send())

    assert "居場所の見学の付き添い" in printed
    assert [w for w in ("見本 花子", "ミホン", "みほん", "架空町1-1") if w in printed] == []


def test_categories_chosen_for_the_paper_narrow_the_consent(agree, send, page):
    agree()
    printed = page(send(shared_categories=(Category.IDENTITY,)))

    assert "見本 花子" in printed and "居場所の見学の付き添い" not in printed


def test_sentences_of_the_intake_go_along_only_once_read_for_this_agency(agree, send, page):
    agree()

    assert "十年以上部屋から" not in page(send())
    assert "十年以上部屋から" in page(send(text_reviewed_on=DAY))


def test_what_was_asked_to_be_considered_is_on_the_slip(desk, agree, send, page):
    desk.store.save(replace(desk.intake, considerations="大きな声が苦手"))
    agree()

    assert "大きな声が苦手" in page(send(text_reviewed_on=DAY))


def test_after_a_withdrawal_the_slip_made_again_holds_nobody(desk, agree, send, page):
    agree()
    sent = send()
    over = Consent(state="withdrawn", stated_on=date(2026, 10, 20))
    casework.withdraw_consent(desk.store, desk.mother.id, over)

    assert "見本 花子" in page(sent)
    assert "見本 花子" not in page(sent, day=date(2026, 10, 20))


def test_a_person_who_goes_alone_is_on_no_paper(send, page):
    printed = page(send(ground="guidance_only"))

    assert "ご自分で行かれます" in printed
    assert [w for w in ("見本 花子", "架空町", "居場所の見学") if w in printed] == []


def test_without_a_ground_nothing_of_the_person_goes_along(desk, send, page):
    old = desk.store.save(replace(send(ground="guidance_only"), ground=None))
    printed = page(old)

    assert "お伝えできることはありません" in printed
    assert "見本 花子" not in printed and "居場所の見学" not in printed


def test_a_desk_of_tax_or_water_learns_of_nobody_without_consent(send, page):
    printed = page(send("水道課", ground="within_office"))

    assert "見本 花子" not in printed and "居場所の見学" not in printed


def test_without_consent_only_what_the_town_has_set_goes_along(desk, send, page):
    mother, son = desk.household.members
    works = replace(mother, workplace="例示工場", condition="腰の痛み")
    desk.store.save(replace(desk.household, members=(works, son)))
    printed = page(send("高齢者支援課", ground="within_office", text_reviewed_on=DAY))

    assert "見本 花子" in printed and "腰の痛み" in printed
    assert "例示工場" not in printed and "見本 太郎" not in printed


def test_an_excluded_party_reads_nothing_and_no_reason(desk, agree, send, page, agency):
    agree()
    sent = send()
    kept = replace(desk.case, excluded_agencies=(agency("社会福祉協議会"),))
    desk.store.save(kept)
    printed = page(sent)

    assert [w for w in ("見本 花子", "除外", "居場所の見学") if w in printed] == []


def test_where_she_fled_to_is_on_no_slip(desk, agree, send, page):
    agree()
    mother, son = desk.store.load(Household, desk.household.id).members
    desk.store.save(replace(desk.household, members=(replace(mother, is_masked=True), son)))
    printed = page(send())

    assert "架空町1-1" not in printed and "秘匿" in printed


def test_what_the_chief_let_pass_goes_along(send, page):
    assert "見本 花子" in page(send(overrides=LET))


def test_what_was_heard_at_a_sitting_leaves_it_only_on_the_ground_of_the_sitting(
    desk, send, page, put
):
    mother, son = desk.household.members
    heard = replace(desk.household, members=(replace(mother, condition="酒がやめられない"), son))
    casework.write_heard(desk.store, put("confidential"), heard, on=DAY)
    office = send("高齢者支援課", ground="within_office", text_reviewed_on=DAY)
    sitting = send("高齢者支援課", ground="confidential_conference", text_reviewed_on=DAY)

    assert "見本 花子" in page(office) and "酒がやめられない" not in page(office)
    assert "酒がやめられない" in page(sitting)


def test_an_inquiry_asks_names_its_ground_and_waits_for_the_answer(agree, send, page):
    agree()
    asked = send(kind="inquiry", reason="今の利用の状況")
    printed = page(asked, INQUIRY)

    assert "今の利用の状況" in printed and "本人の同意" in printed and "見本 花子" in printed
    assert "令和8年10月29日" in printed and "回答書" in printed
    assert "見本 花子" not in page(asked)


def test_the_draft_of_an_inquiry_stays_in_the_office_with_its_seals(agree, send, page):
    agree()
    printed = page(send(kind="inquiry", judged_by="架空 課長"), DRAFT)

    assert "外へ出さない" in printed and "決裁欄" in printed and "架空 課長" in printed


def test_an_inquiry_without_a_ground_that_carries_shows_the_chief_what_is_missing(send, page):
    asked = send(kind="inquiry", overrides=LET)
    printed = page(asked, DRAFT)

    assert "その日に有効な同意の記録がありません" in printed and "急ぐため" in printed


def test_the_slip_keeps_its_number_until_something_on_it_changes(desk, agree, send):
    agree()
    sent = send()
    made = [PAPERS[SLIP].gather(desk.store, sent.id, day=DAY).identity.number for _ in range(2)]
    changed = replace(desk.store.load(Intake, desk.intake.id), considerations="静かな部屋")
    desk.store.save(changed)

    assert made[0] == made[1]
    assert PAPERS[SLIP].gather(desk.store, sent.id, day=DAY).identity.number != made[0]


@pytest.mark.slow
def test_a_slip_that_went_out_is_named_when_the_consent_is_withdrawn(tmp_path):
    path = tmp_path / "office.db"
    with open_store(path) as store:
        mother = Person(relation="本人", name="見本　花子")
        home = store.save(Household(members=(mother,)))
        whose = home.members[0].id
        sent = Referral(destination=5, sent_on=DAY, household_id=home.id, client_id=whose)
        papers.slip(path, SLIP, store.save(sent).id, tmp_path / "out", DAY)
        gone = casework.withdraw_consent(store, whose, Consent(stated_on=DAY))
        name = store.lexicon().refs["agencies"][5]

    assert [(p.agency_id, p.label, p.is_out) for p in gone.papers] == [(5, name, True)]


@pytest.mark.slow
def test_the_slip_and_the_sheet_that_stays_are_two_files(tmp_path):
    path = tmp_path / "office.db"
    with open_store(path) as store:
        sent = store.save(Referral(destination=1, sent_on=DAY, ground="guidance_only"))

    kept = papers.sheet(path, Referral, sent.id, tmp_path / "out", DAY)
    assert kept.name == f"つなぐシート（控え）_{sent.id}.html"
    assert "<title>つなぐシート（控え）" in kept.read_text(encoding="utf-8")
