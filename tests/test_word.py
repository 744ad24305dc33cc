"""Word files: what they hold, what a wrong template does, and that they tell of nobody."""

import io
import json
import re
import runpy
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from jusou_nb import casework, cli, office_files, open_store
from jusou_nb.casework.sample import TownClock, make_town
from jusou_nb.documents import packet, word
from jusou_nb.documents.handover import of_case
from jusou_nb.documents.notices import convening
from jusou_nb.documents.sheet import sheet
from jusou_nb.documents.word_catalogue import WORD_PAPERS
from jusou_nb.documents.word_slots import Table, differing
from jusou_nb.documents.word_template import fill
from jusou_nb.errors import NotFound, TemplateError
from jusou_nb.forms import Conference, Household, Intake, Person, Shelter, SupportPlan
from jusou_nb.forms.conference import AgendaItem, Decision
from jusou_nb.runner.words import words

TODAY = date(2026, 10, 15)
ROOT = Path(__file__).parents[1]
TOOL = runpy.run_path(str(ROOT / "tools" / "word_templates.py"))
MINUTES = WORD_PAPERS["会議記録"]
PEOPLE = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)<")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A town of a few households with sittings, plans, expenses: its store, to read."""
    path = tmp_path_factory.mktemp("town") / "office.db"
    with open_store(path, account="tantou", clock=TownClock(TODAY)) as store:
        make_town(store, households=8, seed=3, today=TODAY)
    with open_store(path, readonly=True) as store:
        yield store


@pytest.fixture
def office(tmp_path):
    """A store of one sitting with a decision, in a file."""
    path = tmp_path / "office.db"
    with open_store(path, account="tantou") as store:
        received = casework.receive_intake(
            store,
            household=Household(members=(Person(name="見本　花子", address="秘密町1-1"),)),
            intake=Intake(received_on=TODAY, screening="continuing"),
        )
        sitting = casework.convene(store, Conference(body="monthly", held_on=TODAY))
        item = AgendaItem(basis="confidential", question="分担")
        placed = casework.put_on_agenda(store, sitting, received.case, item).item
        said = "<b>&\x0b一行目\n二行目"
        row = Decision(what=said, due_on=date(2026, 11, 2))
        store.save(placed.__class__(**{**vars(placed), "decisions": (row,)}))
    return path


def template_with(*lines, table=()):
    """A template of an office that holds these lines, and a table of one row a cell list."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    for cells in table:
        row = document.add_table(1, len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def filled(raw, values=None, slots=MINUTES.every_slot):
    made = fill(raw, "様式.docx", slots, values or {}, number="文書1-2-ABCDEF", day=TODAY)
    return Document(io.BytesIO(made))


def texts(raw):
    document = Document(io.BytesIO(raw))
    return "\n".join(
        "".join(node.text or "" if node.tag.endswith("}t") else "\n" for node in part.iter()
                if node.tag.endswith(("}t", "}br", "}p")))
        for part in (document.element.body, document.sections[0].footer._element)
    )  # fmt: skip


def strings(values):
    """Every text that a template gets, however deep it lies."""
    for value in values.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            for row in value:
                yield from strings(row)


def bare(text):
    return re.sub(r"\s", "", text)


def page_text(section):
    plain = re.sub(r"<[^>]*>", "", section.html)
    for sign, meant in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"),
                        ("&amp;", "&")):  # fmt: skip
        plain = plain.replace(sign, meant)
    return bare(plain)


def every_letter(store, paper):
    for row in store.db.table(paper.table).rows:
        id_ = row["id"]
        try:
            yield from paper.gather(store, id_, day=TODAY, recipient="", basis="")
        except NotFound:
            continue


@pytest.mark.parametrize("name", WORD_PAPERS)
def test_every_paper_gathers_the_names_that_it_says_it_has(town, name):
    paper = WORD_PAPERS[name]
    common = dict.fromkeys((slot.name for slot in word.COMMON), "")

    found = list(every_letter(town, paper))

    assert found
    assert [list(differing(paper.every_slot, {**common, **x.values})) for x in found] == [
        [] for _ in found
    ]


@pytest.mark.parametrize("name", WORD_PAPERS)
def test_no_name_stands_for_two_things(name):
    def names(slots):
        yield [slot.name for slot in slots]
        for slot in slots:
            if isinstance(slot, Table):
                yield from names(slot.slots)

    assert [found for found in names(WORD_PAPERS[name].every_slot)
            if len(set(found)) != len(found)] == []  # fmt: skip


@pytest.mark.parametrize("name", WORD_PAPERS)
def test_the_template_that_comes_with_the_program_is_what_the_tool_makes(name):
    paper = WORD_PAPERS[name]

    assert word.shipped(paper) == TOOL["TEMPLATES"][paper.stem]().raw()


@pytest.mark.parametrize("name", WORD_PAPERS)
def test_a_file_made_again_is_the_same_file_and_opens_in_word(town, name):
    paper = WORD_PAPERS[name]
    letter = next(every_letter(town, paper))
    template = word.template_of(paper, None)

    identity, first = word.write(town, paper, letter, template, day=TODAY)
    _, second = word.write(town, paper, letter, template, day=TODAY)

    assert first == second
    assert identity.number in texts(first)
    assert "{{" not in texts(first) and "{%" not in texts(first)


@pytest.mark.parametrize("name", WORD_PAPERS)
def test_the_properties_of_a_file_name_nobody(town, name):
    paper = WORD_PAPERS[name]
    letter = next(every_letter(town, paper))
    identity, raw = word.write(town, paper, letter, word.template_of(paper, None), day=TODAY)

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        properties = b"".join(archive.read(n) for n in archive.namelist() if "docProps" in n)
        whole = b"".join(archive.read(n) for n in archive.namelist())

    assert PEOPLE.findall(properties) == [b"", b""]
    assert identity.number.encode() in properties and b"tantou" not in whole
    assert b"python-docx" not in whole and b"/tmp" not in whole


def test_the_minutes_in_word_hold_nothing_that_the_page_of_the_copy_does_not_hold(town):
    seen = set()
    every = [(s.id, copy) for s in town.find(Conference) for copy in packet.copies(town, s.id)]
    for sitting, numbered in every:
        of = {"recipient": numbered.recipient, "basis": numbered.basis}
        [letter] = MINUTES.gather(town, sitting, day=TODAY, **of)
        page = packet.packet(town, sitting, made_on="", **of)
        shown = page_text(page.minutes()) + page_text(page.cover())
        own = {text for text in strings(letter.values) if text}
        seen |= {text for text in own if bare(text) not in shown}

    assert {text for text in seen if text not in SAID_ELSEWHERE} == set()


SAID_ELSEWHERE = {"出", "代理", "了承", "条件付き", "持ち帰り"}
"""On the page these are boxes to tick, with the word in the heading."""


def test_the_handover_in_word_holds_what_its_page_holds(town):
    paper = WORD_PAPERS["引継書"]
    missing = []
    for (id_,) in town.db.execute("SELECT id FROM cases ORDER BY id LIMIT 6").fetchall():
        [letter] = paper.gather(town, id_, day=TODAY, recipient="", basis="")
        page = page_text(of_case(town, id_, day=TODAY))
        leave = set(strings({"決裁": letter.values["決裁欄"]})) | {
            letter.values[n]
            for n in ("起案日", "決裁日", "文書記号番号", "本人", "保存年限", "様式名")
        }
        missing += [t for t in strings(letter.values)
                    if t and t not in leave and bare(t) not in page]  # fmt: skip

    assert missing == []


def test_the_notice_in_word_tells_no_more_than_its_page(town):
    paper, more = WORD_PAPERS["開催通知"], set()
    called = [s for s in town.find(Conference) if s.called]
    for sitting in called:
        [letter] = paper.gather(town, sitting.id, day=TODAY, recipient="", basis="")
        page = page_text(convening(town, sitting.id, day=TODAY))
        more |= {text for text in strings(letter.values) if bare(text) not in page}

    assert len(called) > 3
    assert more <= {"", "個人として委嘱しているため、代理の出席はできません。"}


def test_a_notice_needs_somebody_to_go_to(office):
    with pytest.raises(NotFound, match="呼ぶ機関が確定していません"):
        words(office, "開催通知", 1, office.parent / "out", TODAY)


FRAMED = {"決裁欄", "供覧欄", "起案日", "決裁日", "文書記号番号", "保存年限", "様式名", "案件"}


@pytest.mark.parametrize(
    "name", ["支援決定伺い", "会議開催伺い", "一時保護支出伺い", "謝金支出伺い"]
)
def test_a_draft_holds_nothing_that_the_printed_form_does_not_hold(town, name):
    paper, more = WORD_PAPERS[name], set()
    for row in town.db.table(paper.table).rows:
        [letter] = paper.gather(town, row["id"], day=TODAY, recipient="", basis="")
        page = page_text(sheet(town, paper.table, row["id"], made_on="")).replace(",", "")
        own = {name: value for name, value in letter.values.items() if name not in FRAMED}
        more |= {text for text in strings(own) if bare(text).replace(",", "") not in page}

    assert more <= {"はい", "いいえ"}  # the page has boxes to tick


def test_an_expense_in_word_does_not_tell_where_somebody_is_kept_safe(store):
    kept = store.save(Shelter(shelter_place="隠れ家の住所", amount=19500, account="lease"))
    [letter] = WORD_PAPERS["一時保護支出伺い"].gather(
        store, kept.id, day=TODAY, recipient="", basis=""
    )

    assert "隠れ家の住所" not in str(letter.values)
    assert "秘匿" in letter.values["保護した場所"]
    assert letter.values["金額円"] == "19,500"


def test_a_draft_has_no_recipient(store):
    plan = store.save(SupportPlan())

    with pytest.raises(NotFound, match="宛先と根拠はありません"):
        WORD_PAPERS["支援決定伺い"].gather(store, plan.id, day=TODAY, recipient="chair", basis="")


def test_the_minutes_carry_markup_lines_and_control_characters_safely(office):
    [path] = words(office, "会議記録", 1, office.parent / "out", TODAY)

    said = texts(path.read_bytes())
    assert "<b>&一行目\n二行目" in said
    assert "令和8年11月2日" in said


def test_a_word_file_is_in_the_log_with_its_hash_and_the_template_used(office):
    [path] = words(office, "会議記録", 1, office.parent / "out", TODAY)

    with open_store(office, readonly=True) as store:
        sql = "SELECT payload FROM readings WHERE action = 'paper'"
        told = json.loads(store.db.execute(sql).fetchone()[0])
    assert told["file"] == path.name and told["kind"] == "word"
    assert told["template"] == "会議記録.docx"
    assert len(told["content"]) == 64 and told["number"] in texts(path.read_bytes())
    assert "花子" not in path.name


def test_the_towns_own_template_is_used_where_there_is_one(office):
    own = office.parent / "templates"
    own.mkdir()
    (own / "会議記録.docx").write_bytes(template_with("町の様式 {{ 会議体 }} {{ 文書番号 }}"))
    [path] = words(office, "会議記録", 1, office.parent / "out", TODAY)

    assert "町の様式 支援会議・重層的支援会議 文書1-" in texts(path.read_bytes())


def test_the_folder_of_templates_can_be_set(office, monkeypatch, tmp_path):
    named = tmp_path / "elsewhere"
    named.mkdir()
    (named / "会議記録.docx").write_bytes(template_with("よその様式"))
    monkeypatch.setenv("JUSOU_TEMPLATES", str(named))

    [path] = words(office, "会議記録", 1, office.parent / "out", TODAY)
    assert "よその様式" in texts(path.read_bytes())


def test_another_template_gives_another_number(office):
    [first] = words(office, "会議記録", 1, office.parent / "out", TODAY)
    other = office.parent / "other.docx"
    other.write_bytes(template_with("{{ 文書番号 }}"))
    [second] = words(office, "会議記録", 1, office.parent / "two", TODAY, template=other)

    number = re.search(r"文書1-\d+-[0-9A-F]{6}", texts(first.read_bytes()))[0]
    assert number not in texts(second.read_bytes())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{{ 会議め }}", "「会議日」のまちがいではありませんか"),
        ("{% for 行 in 案件 %}{{ 行.決定じこう }}{% endfor %}", "「行.決定事項」のまちがい"),
        ("{% if 議長よう %}x{% endif %}", "「議長用」のまちがい"),
        ("{{ 案件 }}", "行のある表です"),
        ("{% for 行 in 会議体 %}{% endfor %}", "行のある表ではありません"),
        ("{{ 会議体.upper() }}", "書けない命令があります"),
        ("{{ 会議体.__class__ }}", "という名前はありません"),
        ("{{ 9 ** 9 }}", "書けない命令があります"),
        ("{% set x = 1 %}", "書けない命令があります"),
        ("{{ 会議体|attr('x') }}", "書けない命令があります"),
        ("{% include 'x' %}", "書けない命令があります"),
        ("{% for 行 in 案件 %}", "書き方が合っていません"),
        ("{{ 会議体 日 }}", "書き方が合っていません"),
        ("｛｛会議体｝｝", "全角です"),
    ],
)  # fmt: skip
def test_a_wrong_placeholder_is_told_in_one_line(line, told):
    with pytest.raises(TemplateError, match=re.escape(told)) as fault:
        filled(template_with(line))

    assert "\n" not in str(fault.value) and str(fault.value).startswith("「様式.docx」")


def test_a_wrong_placeholder_in_a_row_that_is_never_filled_is_told_too(office):
    own = office.parent / "own.docx"
    own.write_bytes(template_with("{% for 席 in 出席者 %}{{ 席.名まえ }}{% endfor %}"))
    out = office.parent / "out"

    code = cli.run(
        ["word", str(office), "会議記録", "1", "--out", str(out), "--template", str(own)]
    )

    assert code == 1
    assert not list(out.glob("*")) if out.exists() else True
    with open_store(office, readonly=True) as store:
        assert store.db.execute("SELECT count(*) FROM readings").fetchone()[0] == 0


@pytest.mark.parametrize("raw", [b"", b"no document", b"PK\x03\x04 broken"])
def test_a_broken_template_is_told_in_one_line(raw):
    with pytest.raises(TemplateError, match="として開けません"):
        filled(raw)


def added(raw, name, data):
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def test_a_template_with_macros_is_refused():
    with pytest.raises(TemplateError, match="マクロ"):
        filled(added(template_with("x"), "word/vbaProject.bin", b"x"))


def test_a_template_that_fetches_a_picture_from_elsewhere_is_refused():
    link = (
        '<Relationships><Relationship Id="r" Type="http://x/image"'
        ' Target="file:///C:/Users/tanaka/logo.png" TargetMode="External"/></Relationships>'
    )
    raw = added(template_with("x"), "word/_rels/header9.xml.rels", link)

    with pytest.raises(TemplateError, match=r"logo\.png") as fault:
        filled(raw)
    assert "tanaka" not in str(fault.value)


def test_whoever_made_the_template_is_not_in_the_file():
    document = Document()
    document.core_properties.author = "田中 一郎"
    document.core_properties.last_modified_by = "田中 一郎"
    document.add_paragraph("{{ 会議体 }}")._p.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}author", "田中 一郎"
    )
    out = io.BytesIO()
    document.save(out)

    made = fill(out.getvalue(), "x.docx", MINUTES.every_slot, {"会議体": "会"}, number="文書1",
                day=TODAY)  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not [n for n in archive.namelist() if "田中".encode() in archive.read(n)]


def test_the_days_in_the_properties_are_the_papers_own():
    known = filled(template_with("x")).core_properties

    assert known.title == "文書1-2-ABCDEF"
    assert known.created.date() == known.modified.date() == TODAY


def test_a_table_is_filled_a_row_a_line():
    raw = template_with(table=[["{%tr for 行 in 案件 %}"]])
    document = Document(io.BytesIO(raw))
    table = document.tables[0]
    table.add_row().cells[0].text = "{{ 行.番号 }}:{{ 行.件名 }}"
    table.add_row().cells[0].text = "{%tr endfor %}"
    out = io.BytesIO()
    document.save(out)

    done = filled(out.getvalue(), {"案件": [{"番号": "1", "件名": "Ａ氏"},
                                          {"番号": "2", "件名": "Ｂ氏"}]})  # fmt: skip
    assert [row.cells[0].text for row in done.tables[0].rows] == ["1:Ａ氏", "2:Ｂ氏"]


def test_the_templates_are_laid_out_to_be_changed_and_never_overwritten(tmp_path, capsys):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "会議記録.docx").write_bytes(b"mine")

    assert cli.run(["templates", str(folder)]) == 0
    assert {path.stem for path in folder.iterdir()} == set(WORD_PAPERS)
    assert (folder / "会議記録.docx").read_bytes() == b"mine"
    assert "1個は前からある" in capsys.readouterr().out


def test_an_unknown_paper_is_named_with_those_that_there_are(office, capsys):
    code = cli.run(["word", str(office), "会議きろく", "1", "--out", str(office.parent / "out")])

    assert code == 1
    assert "会議記録、" in capsys.readouterr().err


def test_the_page_of_the_templates_is_that_of_the_program():
    page = runpy.run_path(str(ROOT / "tools" / "word_reference.py"))["page"]()

    assert (ROOT / "docs" / "word.md").read_text(encoding="utf-8") == page


def test_a_file_is_settled_only_once_whatever_is_in_it():
    raw = word.shipped(MINUTES)

    again = office_files.settled(raw, title="", day=None)
    assert again == raw
