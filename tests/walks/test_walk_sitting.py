"""From the first word of a consultation to the packets of the sitting."""

import re

import pytest
from playwright.sync_api import expect

from jusou_nb import open_store
from jusou_nb.forms import AgendaItem, SupportPlan
from jusou_nb.settings import account

pytestmark = pytest.mark.walk

NAME = "見本　花子"
COMPLAINT = "家賃を三か月滞納し、電気も止められそうだ"
ADDRESS = "架空町九丁目八番七号"
INFORMANT = "例示　近所"
TOLD_BY = "回覧板を届けた隣人から"
WITHOUT = "支援会議で安否と滞納の把握を相談したい"
WITH = "重層会議で支援の主担当を決めたい"
CHAIR = "議長用"
AGENCIES = ("自立相談支援機関", "社会福祉協議会")
ROLES = ("家賃の分納を相談する", "毎週電話で様子を聞く")


def receive(walk):
    walk.press("新しい相談を受け付ける")
    walk.press("登録")
    expect(
        walk.page.get_by_role("alert").filter(has_text="本人が記入されていません")
    ).to_be_focused()
    walk.look("02-empty")
    walk.tick("様式", "本人同意なし")
    walk.fill("来談者の氏名", INFORMANT)
    walk.fill("主訴", COMPLAINT)
    walk.tick("緊急度", "1週間以内")
    walk.choose("スクリーニング結果", "同意は未取得だが継続して働きかける")
    walk.fill("情報の出所", TOLD_BY)
    walk.look("02-intake-top")
    walk.fill("氏名", NAME)
    walk.fill("フリガナ", "ミホン ハナコ")
    walk.fill("住所", ADDRESS)
    walk.tick("秘匿", "はい")
    walk.look("03-intake-bottom")
    walk.press("登録")
    walk.sees("で登録しました")
    walk.look("04-received")


def convene(walk):
    walk.turn("会議")
    walk.press("新しい会議")
    walk.fill("会議日", "R8.10.22")
    walk.look("05-new-sitting")
    walk.press("会議を登録")
    walk.sees("名簿から選んであります")
    walk.look("06-roster")
    walk.press("名簿で確定")
    walk.sees("機関を呼ぶことに確定しました")
    walk.look("07-sitting")


def place(walk, question):
    walk.press("案件に載せる")
    walk.press(NAME)
    walk.choose("法的根拠", "重層的支援会議")
    walk.fill("検討したいこと", question)
    walk.press("案件に載せる")
    walk.sees("本人の同意がありません")


def consent(walk):
    walk.press("同意を記録する")
    walk.tick("本人同意", "同意あり")
    walk.tick(
        "共有してよい情報",
        "氏名・性別・年齢・住所・電話・家族関係",
        "生活歴・過去の経験・抱えている課題",
    )
    walk.tick("共有してよい機関", "社会福祉協議会", "自立相談支援機関")
    walk.look("10-consent")
    walk.press("同意を登録")
    walk.sees("同意を記録しました")
    walk.look("11-consented")
    walk.press("案件に載せる")
    walk.sees("2番の案件に載せました")
    walk.look("12-placed")


def review(walk):
    walk.press("2番")
    walk.fill("文章を確かめた日", "R8.10.15")
    walk.look("13-item")
    walk.press("登録")
    walk.sees("案件を登録しました")


def plan(walk):
    walk.turn("プラン")
    walk.press(NAME)
    walk.press("新しいプランを書く")
    walk.fill("本人・家族の意向", "家を失いたくない")
    walk.fill("解決したい課題", "家賃の滞納")
    walk.press("役割分担の行を追加")
    for place, (what, agency) in enumerate(zip(ROLES, AGENCIES, strict=True)):
        walk.fill("実施すること", what, place)
        walk.tick("実施者", "機関", place=place)
        walk.choose("実施機関", agency, place)
    walk.look("14-plan")
    walk.press("登録")
    walk.sees("役割分担2行")
    walk.look("15-planned")


def print_packets(walk):
    walk.turn("会議")
    walk.press("資料を作成")
    walk.sees("部の資料を作りました", timeout=60_000)
    walk.look("16-papers")
    walk.page.get_by_text("28個のファイルを一つずつ開く").click()
    with walk.page.expect_popup() as tab:
        walk.page.get_by_role("button", name=f"支援会議_01_{CHAIR}").first.click()
    tab.value.wait_for_url("blob:**")
    tab.value.screenshot(path=walk.pictures / "17-paper.png")
    tab.value.get_by_role("heading", name="案件 1").first.evaluate("part => part.scrollIntoView()")
    tab.value.screenshot(path=walk.pictures / "18-paper.png")
    walk.opened = tab.value.inner_text("body")


def walk_through(walk):
    walk.open_desk()
    walk.look("01-desk")
    receive(walk)
    convene(walk)
    place(walk, WITHOUT)
    walk.look("08-refused")
    walk.press("「支援会議」の案件として載せる")
    walk.sees("1番の案件に載せました")
    walk.look("09-placed")
    place(walk, WITH)
    consent(walk)
    review(walk)
    plan(walk)
    print_packets(walk)


@pytest.fixture(scope="module")
def told(at_the_desk):
    with at_the_desk("sitting") as walk:
        walk_through(walk)
        yield walk


def papers(told, basis, recipient=""):
    return [
        text for name, text in told.reports.items() if f"_{basis}_" in name and recipient in name
    ]


def test_what_was_typed_is_in_the_store(told):
    with open_store(told.folder / "office.db", readonly=True) as store:
        items = store.find(AgendaItem)
        assert [(i.basis, i.question) for i in items] == [
            ("confidential", WITHOUT),
            ("multilayered", WITH),
        ]
        (plan,) = store.find(SupportPlan)
        assert tuple(row.what for row in plan.roles) == ROLES
        assert store.verify() == []


def test_every_recipient_has_a_copy_of_each_basis(told):
    assert len(papers(told, "支援会議")) == 14
    assert len(papers(told, "重層的支援会議")) == 14


def test_the_copy_of_the_chair_holds_what_was_typed(told):
    (without,) = papers(told, "支援会議", CHAIR)
    (with_consent,) = papers(told, "重層的支援会議", CHAIR)
    for typed in (COMPLAINT, INFORMANT, WITHOUT):
        assert typed in without
    for typed in (COMPLAINT, WITH, *ROLES):
        assert typed in with_consent


def test_a_finished_paper_opens_in_a_new_tab(told):
    assert COMPLAINT in told.opened


def test_items_of_another_basis_are_in_no_copy(told):
    assert not any(WITH in text for text in papers(told, "支援会議"))
    assert not any(WITHOUT in text for text in papers(told, "重層的支援会議"))


def test_the_masked_address_is_in_no_copy(told):
    assert len(told.reports) == 28
    assert not any(ADDRESS in text for text in told.reports.values())


def test_agencies_read_neither_who_told_nor_who_it_is(told):
    agencies = [text for name, text in told.reports.items() if CHAIR not in name]
    assert len(agencies) == 26
    for hidden in (INFORMANT, TOLD_BY, NAME, NAME.replace("　", "")):
        assert not any(hidden in text for text in agencies)


def test_only_agencies_within_the_consent_read_the_item_that_needs_it(told):
    reading = {
        name.rpartition("_")[2]
        for name, text in told.reports.items()
        if "_重層的支援会議_" in name and CHAIR not in name and WITH in text
    }
    assert reading == {f"{agency}.html" for agency in AGENCIES}


def test_every_called_agency_reads_the_item_that_needs_no_consent(told):
    agencies = [t for t in papers(told, "支援会議") if WITHOUT in t and COMPLAINT in t]
    assert len(agencies) == 14


def test_the_desk_asks_nothing_of_the_world_outside(told):
    assert told.strangers == []


def test_no_english_is_left_on_the_desk(told):
    said = (
        " ".join(told.read)
        .replace(account(), "")
        .replace("office.db", "")
        .replace("「reports」", "")
    )
    assert "相談受付" in said
    assert set(re.findall(r"[A-Za-z]{2,}", said)) <= {"DV", "SNS", "NPO", "PDF", "Word", "Excel"}


def test_a_typed_name_is_in_the_store_and_the_papers_only(told):
    kept = ("office.db", "office.db-wal", "office.db-shm")
    others = [
        path
        for path in told.lab.home.rglob("*")
        if path.is_file() and path.name not in kept and path.parent.name != "reports"
    ]
    signs = [sign.encode(how) for sign in (NAME, COMPLAINT) for how in ("utf-8", "unicode_escape")]
    assert len(others) > 3
    holding = [str(p) for p in others if any(sign in p.read_bytes() for sign in signs)]
    assert holding == []
