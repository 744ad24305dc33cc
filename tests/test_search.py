"""探す: found by two characters, never by what is hidden, and never what was struck."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework, open_store
from jusou_nb.casework.ledger import import_ledger
from jusou_nb.casework.strikes import strike_record
from jusou_nb.choices import INFORMANT
from jusou_nb.errors import NotAllowed
from jusou_nb.fields import get_item
from jusou_nb.forms import CaseNote, Household, Intake, Person, PhoneMemo, Referral, WorkerRole
from jusou_nb.store import batches, search_index
from jusou_nb.store.search import found_by, search, words_of

DAY = date(2026, 10, 15)
PHONE = "090-0000-1234"


@pytest.fixture
def receive(store):
    """Receive somebody; gives the household, the intake and the case."""

    def made(name, **boxes):
        person = {k: boxes.pop(k) for k in list(boxes) if k in Person.__dataclass_fields__}
        home = Household(members=(Person(name=name, **person),))
        sheet = Intake(received_on=date(2026, 10, 1), screening="continuing", **boxes)
        return casework.receive_intake(store, household=home, intake=sheet)

    return made


def look(store, words):
    """Titles by group."""
    return {g.name: [hit.title for hit in g.hits] for g in search(store, words, today=DAY)}


def note(store, case, content, **boxes):
    written = CaseNote(happened_at=datetime(2026, 10, 5, 9, 0), content=content, **boxes)
    return casework.write_note(store, case, written)


@pytest.mark.parametrize(
    "words",
    [
        "髙﨑",
        "高崎",
        "高﨑",
        "髙崎",
        "たかさき",
        "タカサキ",
        "ﾀｶｻｷ",
        "髙﨑花子",
        "高崎　花子",
        "花子",
    ],
)
def test_two_characters_find_a_name_however_it_is_written(store, receive, words):
    receive("髙﨑　花子", kana="タカサキ　ハナコ")
    receive("架空　太郎", kana="カクウ　タロウ")

    assert look(store, words) == {"氏名・フリガナ": ["髙﨑　花子"]}


@pytest.mark.parametrize(
    ("typed", "written"),
    [("渡邉", "渡辺"), ("渡邊", "渡邉"), ("斉藤", "齋藤"), ("桜井", "櫻井"), ("富田", "冨田"),
     ("𠮷田", "吉田"), ("浜口", "濵口"), ("ＡＢＣ", "abc")],
)  # fmt: skip
def test_variants_of_a_character_find_each_other(store, receive, typed, written):
    receive(written)

    assert look(store, typed) == {"氏名・フリガナ": [written]}


def test_one_character_is_too_short_and_says_so(store, receive):
    receive("見本　花子")

    assert words_of("花") == () and found_by(store, "花", today=DAY)["short"]
    assert look(store, "花") == {}


@pytest.mark.parametrize(
    "words", ["090-0000-1234", "09000001234", "０９０ー００００", "090 0000 1234"]
)
def test_a_telephone_number_is_found_however_it_is_cut(store, receive, words):
    receive("見本　花子", telephone="０９０（００００）１２３４")

    assert look(store, words) == {"電話・住所・学校・勤務先": ["見本　花子"]}


def test_the_number_of_a_consultation_and_of_a_case_find_it(store, receive):
    kept = receive("見本　花子")

    assert look(store, kept.intake.number)["番号"] == ["見本　花子"]
    assert look(store, f"ケース{kept.case.id}")["番号"] == ["見本　花子"]


def test_an_issue_is_found_by_its_word(store, receive):
    receive("見本　花子", issues=("hikikomori",))
    receive("架空　太郎", issues=("illness",))

    assert look(store, "ひきこもり") == {"課題・相談内容": ["見本　花子"]}


def test_an_agency_finds_the_cases_it_has_and_whom_it_was_sent(store, receive):
    agency = store.lexicon().spellings["agencies"]["社会福祉協議会"]
    kept = receive("見本　花子")
    store.save(replace(kept.case, lead_agency=agency))
    other = receive("架空　太郎")
    store.save(Referral(client_id=other.intake.client_id, destination=agency))

    assert set(look(store, "社協")["機関"]) == {"見本　花子", "架空　太郎"}


def test_words_of_notes_and_of_the_sheet_are_found_with_what_stands_around(store, receive):
    kept = receive("見本　花子", presenting_problem="物音がして眠れないと話す")
    note(store, kept.case, "夜に眠れない日が続く")

    groups = {g.name: g.hits[0] for g in search(store, "眠れない", today=DAY)}
    told, written = groups["相談の記録"], groups["支援経過"]
    assert (told.label, told.before, told.match) == ("主訴", "物音がして", "眠れない")
    assert (written.before, written.match, written.after) == ("夜に", "眠れない", "日が続く")


def test_a_line_tells_one_person_from_another_of_the_name(store, receive):
    kept = receive("見本　花子", kana="ミホン　ハナコ")
    store.save(replace(kept.case, coordinator="例示 次郎"))
    note(store, kept.case, "電話した")

    (hit,) = search(store, "見本", today=DAY)[0].hits
    assert (hit.status, hit.worker, hit.contact) == ("受付", "例示 次郎", "最後の接触 10日前")
    assert kept.intake.number in hit.detail and hit.open["what"][0] == kept.intake.id


def test_whom_a_case_is_about_comes_before_the_family(store):
    members = tuple(Person(name=f"見本　{given}") for given in ("文子", "桜", "陽菜"))
    intake = Intake(received_on=date(2026, 10, 1), screening="continuing")
    casework.receive_intake(store, household=Household(members=members), intake=intake)

    assert look(store, "見本")["氏名・フリガナ"] == ["見本　文子", "見本　陽菜", "見本　桜"]


def test_whole_names_come_before_beginnings_and_running_cases_before_the_rest(store, receive):
    names = ("大見本　三郎", "見本　花子", "見本　花")
    for name in names:
        receive(name)

    assert look(store, "見本花")["氏名・フリガナ"] == ["見本　花", "見本　花子"]
    assert look(store, "見本")["氏名・フリガナ"][-1] == "大見本　三郎"


@pytest.mark.parametrize("box", ["telephone", "address", "school", "workplace"])
def test_a_masked_persons_whereabouts_find_nobody_for_a_stranger(store, receive, box):
    kept = receive("見本　花子", is_masked=True, **{box: "架空園0000"})
    store.save(replace(kept.case, coordinator="例示 次郎"))

    assert look(store, "架空園") == look(store, "0000") == {}
    assert look(store, "見本") == {"氏名・フリガナ": ["見本　花子"]}


def test_who_has_the_case_finds_a_masked_person_by_the_number_which_is_not_printed(store, receive):
    receive("見本　花子", is_masked=True, telephone=PHONE)

    (group,) = search(store, "09000001234", today=DAY)
    assert [hit.title for hit in group.hits] == ["見本　花子"]
    assert "1234" not in str(group)


def test_no_sentence_is_shown_of_a_household_in_which_somebody_is_masked(store, receive):
    kept = receive("見本　花子", is_masked=True, telephone=PHONE, presenting_problem=f"{PHONE}へ")
    note(store, kept.case, f"連絡は {PHONE} に")

    assert look(store, "1234")["支援経過"] == look(store, "連絡は")["支援経過"] == ["見本　花子"]
    assert "1234" not in str([search(store, words, today=DAY) for words in ("連絡は", "1234")])


def test_who_told_us_is_found_by_no_box(store, receive):
    receive(
        "見本　花子",
        inquirer_name="近隣 通報子",
        inquirer_telephone=PHONE,
        information_source="隣家",
    )
    for form, boxes in search_index.FOUND_BY.items():
        assert not [name for name in boxes if get_item(form, name).scope is INFORMANT]

    assert [look(store, words) for words in ("通報子", "090-0000", "隣家")] == [{}, {}, {}]


def test_who_opens_no_case_finds_nothing_and_is_told_whom_to_ask(store, receive):
    receive("見本　花子")
    store.save(WorkerRole(worker="課長 架空", role="chief", since=date(2026, 4, 1)))

    with pytest.raises(NotAllowed, match="課長 架空"):
        search(store, "見本", today=DAY)


def test_what_is_struck_is_found_no_more(store, receive):
    kept = receive("見本　花子")
    written = note(store, kept.case, "二度書いた記録")
    assert "支援経過" in look(store, "二度書")

    strike_record(store, written, reason="二度書いた", on=DAY)
    store.strike(kept.household, "二度受けた")

    assert look(store, "二度書") == {} and look(store, "見本") == {}
    assert store.verify() == []


def test_what_was_changed_is_found_by_the_new_words_and_not_by_the_old(store, receive):
    kept = receive("見本　花子")
    member = replace(kept.household.members[0], name="例示　桜")
    store.save(replace(kept.household, members=(member,)))

    assert look(store, "見本") == {}
    assert look(store, "例示") == {"氏名・フリガナ": ["例示　桜"]}


def test_a_save_that_is_taken_back_leaves_the_index_as_it_was(store, receive):
    kept = receive("見本　花子")

    def breaks_off():
        with store.transaction():
            note(store, kept.case, "消えるはずの記録")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()

    assert look(store, "消えるはず") == {} and store.verify() == []


def test_what_was_imported_is_found_and_what_was_withdrawn_is_not(store, tmp_path):
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("相談受付日,氏名,主訴\n2026-10-01,例示 桜,家計の相談\n", encoding="utf-8")
    import_ledger(store, ledger, today=DAY)
    assert look(store, "例示") == {"氏名・フリガナ": ["例示 桜"]}

    batches.withdraw(store, batches.every(store)[0].id)

    assert look(store, "例示") == look(store, "家計の相談") == {}


def test_a_memo_is_found_by_what_was_said_and_not_by_who_called(store):
    call = PhoneMemo(
        called_at=datetime(2026, 10, 15, 9, 0), caller="例示 民子", said="三日ほど姿を見ない"
    )
    kept = casework.take_call(store, call)

    ((group,), nobody) = search(store, "姿を見ない", today=DAY), look(store, "民子")
    assert group.hits[0].open == {"page": "ホーム", "what": ["memo", kept.id]}
    assert nobody == {}


def test_an_older_store_is_indexed_when_it_is_upgraded(tmp_path, household, intake):
    path = tmp_path / "old.db"
    with open_store(path) as store:
        casework.receive_intake(store, household=household, intake=intake)
        for table in ("search_pairs", "search_texts", "search_rules"):
            store.db.execute(f"DROP TABLE {table}")
        store.db.execute("PRAGMA user_version = 1")

    with open_store(path) as store:
        assert store.copy_made is not None and store.verify() == []
        assert "見本 花子" in look(store, "見本")["氏名・フリガナ"]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE search_texts SET folded = 'べつのことば' WHERE box = 'name'",
        "DELETE FROM search_texts WHERE box = 'name'",
        "INSERT INTO search_pairs (rowid, pairs) VALUES (99, 'qname')",
    ],
)
def test_an_index_that_tells_otherwise_is_named_and_built_again(store, receive, harm):
    receive("見本　花子")
    store.db.execute(harm)
    assert "検索の索引" in store.verify()[0]

    assert search_index.repair(store) and store.verify() == []
    assert look(store, "見本") == {"氏名・フリガナ": ["見本　花子"]}
    assert not search_index.repair(store)
