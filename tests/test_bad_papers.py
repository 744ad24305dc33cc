"""Papers of what is wrong, missing or hardly filled in: a clear paper or one clear line."""

import re
from dataclasses import replace
from datetime import date

import pytest

from jusou_nb.dates import PartialDate
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.documents.packet import copies, packet
from jusou_nb.documents.sheet import sheet
from jusou_nb.errors import JusouError, NotFound
from jusou_nb.forms import (
    FORMS,
    AgendaItem,
    Case,
    Conference,
    Household,
    Person,
    by_table,
)

DAY = date(2026, 10, 15)
NOT_FOR_PEOPLE = re.compile(r"\bNone\b|<[A-Z]\w+[.:]|Traceback|\bnan\b|Ellipsis")


def words_of(section):
    return re.sub(r"<[^>]*>", " ", section.html)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_a_record_that_is_not_there_is_one_line(store, name):
    with pytest.raises(NotFound) as said:
        PAPERS[name].gather(store, 9999, day=DAY)

    assert len(str(said.value).splitlines()) == 1 and "9999" in str(said.value)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.table)
def test_a_sheet_of_a_record_that_is_not_there_is_one_line(store, form):
    with pytest.raises(NotFound, match="9999"):
        sheet(store, form.table, 9999, made_on="作成日")


def with_nothing(store, table):
    """Save a record of a table with nothing in it; give what is struck with it, and its id."""
    form = by_table(table)
    if form is not None:
        record = store.save(form())
        return record, record.id
    home = store.save(Household(members=(Person(),)))
    return home, {"persons": home.members[0].id, "workers": store.worker_id, "profiles": 1}[table]


def is_one_line(fault):
    return len(str(fault).splitlines()) == 1 and re.search(r"[ぁ-ん].*。?", str(fault)) is not None


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_a_record_with_nothing_in_it_is_a_paper_or_one_line(store, name):
    _, record_id = with_nothing(store, PAPERS[name].table)
    try:
        made = PAPERS[name].gather(store, record_id, day=DAY)
    except JusouError as fault:
        refused = fault
        assert is_one_line(refused)
    else:
        assert "<h1" in made.html and not NOT_FOR_PEOPLE.search(words_of(made))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.table)
def test_a_sheet_of_a_record_with_nothing_in_it_is_a_sheet(store, form):
    record = store.save(form())
    made = sheet(store, form.table, record.id, made_on="作成日")

    assert "<h1" in made.html and not NOT_FOR_PEOPLE.search(words_of(made))


def every_word(store, sitting):
    """All words of all copies of a sitting."""
    made = [
        packet(store, sitting.id, recipient=c.recipient, basis=c.basis, made_on="作成日")
        for c in copies(store, sitting.id)
    ]
    sections = [
        s for m in made for s in (m.cover(), m.agenda(), m.items(), m.minutes(), m.control())
    ]
    return " ".join(words_of(section) for section in sections)


def test_before_a_sitting_has_its_day_nobody_on_its_papers_has_an_age(store):
    born = Person(name="見本 花子", birth=PartialDate(1946, 4, 1))
    home = store.save(Household(members=(born, replace(born, name="見本 次郎"))))
    client = home.members[0].id
    case = store.save(Case(client_id=client, household_id=home.id))
    sitting = store.save(Conference(body="monthly", called=(1, 2)))
    of = {"conference_id": sitting.id, "case_id": case.id, "client_id": client}
    store.save(AgendaItem(basis="confidential", **of))

    said = every_word(store, sitting)
    assert re.findall(r"\d+歳|\d0代", said) == [] and not NOT_FOR_PEOPLE.search(said)


def test_a_sitting_of_people_with_nothing_known_of_them_prints(store):
    home = store.save(Household(members=(Person(), Person())))
    case = store.save(Case(client_id=home.members[0].id, household_id=home.id))
    sitting = store.save(Conference(body="monthly", held_on=DAY, called=(1,)))
    of = {"conference_id": sitting.id, "case_id": case.id, "client_id": home.members[0].id}
    store.save(AgendaItem(basis="confidential", **of))
    store.save(AgendaItem(basis="multilayered", **of))

    said = every_word(store, sitting)
    assert not NOT_FOR_PEOPLE.search(said) and "令和8年10月15日" in said


@pytest.mark.parametrize("name", PAPERS)
def test_of_a_struck_record_there_is_no_paper_but_one_line(store, name):
    record, record_id = with_nothing(store, PAPERS[name].table)
    store.strike(record, "書き間違い")

    with pytest.raises(NotFound) as said:
        PAPERS[name].gather(store, record_id, day=DAY)
    assert is_one_line(said.value)
