"""相談受付・申込票 as it is printed: the desk, the person, who came, the matter, the household.

It is the paper of one consultation: of the other members it brings a line of 世帯構成, and of
nobody what is noted about hiding them, for the person at the counter reads along.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from jusou_nb.checks import is_blank
from jusou_nb.choices import OFFICE
from jusou_nb.documents.ages import age_text
from jusou_nb.documents.cells import lines
from jusou_nb.documents.sheet_parts import BLANK, Part, Style, Table, cells_of, parts
from jusou_nb.fields import get_item, items
from jusou_nb.forms import Consent, Household, Intake, Person
from jusou_nb.forms.intake import DESK, JUDGEMENT, WITHOUT, IntakeVariant
from jusou_nb.forms.person import WHO
from jusou_nb.rules.consent import latest
from jusou_nb.store import Store
from jusou_nb.values import Lexicon, show

TITLES = {
    IntakeVariant.WITH_CONSENT: "相談受付・申込票【本人同意あり】",
    IntakeVariant.WITHOUT_CONSENT: "相談受付・申込票【本人同意なし】",
    None: "相談受付・申込票【本人同意　未確認】",
}
CLIENT = "本人"
HOUSEHOLD = "世帯構成（1行目が本人）"
APPLICATION = "相談申込・同意欄"
_IN_TABLE = frozenset({"relation", "standing", "lives_together", "condition", "age_stated_on"})
_OF_IMPORT = ("other_columns", "to_confirm")
_HEAD = ("氏名", "続柄", "年齢", "性別", "同居", "状況")
_WIDTHS = ("who", "rel", "age", "sex", "sex", "")
_THICK = frozenset({2, 3})
_CONSENT = (
    "state",
    "stated_on",
    "given_by",
    "manner",
    "categories",
    "agencies",
    "excluded_agencies",
)
_BLANK_MEMBERS = 6


def laid_out(
    record: Intake, home: Household | None, consent: Consent, lexicon: Lexicon, style: Style
) -> list[Part]:
    """Lay out a consultation with the person and the household it brings.

    A section that a later version of the form adds stands before the judgement.
    """
    own = {part.title: part for part in _own(record, lexicon, style)}
    before = [own.pop(DESK), _client(record, home, lexicon, style)]
    last = [own.pop(title) for title in (JUDGEMENT, WITHOUT) if title in own]
    household = _household(record, home, lexicon, style)
    found = [*before, *own.values(), household, *last]
    if record.variant is not IntakeVariant.WITHOUT_CONSENT:
        found.append(_application(consent, lexicon, style))
    return found


def consent_of(store: Store, record: Intake) -> Consent:
    """Give the consent that the person has given last, or an empty one."""
    given = store.find(Consent, person_id=record.client_id) if record.client_id else []
    return latest(given, date.max, store.profile) or Consent()


def _own(record: Intake, lexicon: Lexicon, style: Style) -> Iterator[Part]:
    """Leave off the variant, which is in the title, and what an import left empty."""
    empty = {name for name in _OF_IMPORT if is_blank(getattr(record, name))}
    for part in parts(record, lexicon, style, frozenset({"variant", *empty})):
        if part.title != WITHOUT or record.variant is IntakeVariant.WITHOUT_CONSENT:
            yield part


def _client(record: Intake, home: Household | None, lexicon: Lexicon, style: Style) -> Part:
    names = [
        box.name
        for box in items(Person)
        if box.section == WHO and box.scope is not OFFICE and box.name not in _IN_TABLE
    ]
    client = _person(record, home) or Person()
    aged = replace(style, aged_on=record.received_on)
    return Part(title=CLIENT, lines=lines(cells_of(client, names, lexicon, aged)))


def _person(record: Intake, home: Household | None) -> Person | None:
    members = home.members if home is not None else ()
    return next((p for p in members if p.id == record.client_id), next(iter(members), None))


def _household(record: Intake, home: Household | None, lexicon: Lexicon, style: Style) -> Part:
    cells = cells_of(home or Household(), [b.name for b in items(Household)], lexicon, style)
    first = _person(record, home)
    others = [p for p in home.own_members if p is not first] if home is not None else []
    people = [first, *others] if first is not None else []
    rows = tuple(_member(p, record.received_on, lexicon) for p in people)
    if style.is_blank:
        rows = (("",) * len(_HEAD),) * _BLANK_MEMBERS
    table = Table(head=_HEAD, widths=_WIDTHS, thick=_THICK, rows=rows)
    return Part(title=HOUSEHOLD, lines=lines(cells), table=table, note=_aged(record))


def _aged(record: Intake) -> str:
    return "年齢は相談受付日のものです。" if record.received_on else ""


def _member(person: Person, day: date | None, lexicon: Lexicon) -> tuple[str, ...]:
    return (
        person.name or "",
        person.relation or "",
        age_text(person, day or date.max) if day or person.birth is None else "",
        show(get_item(Person, "sex"), person.sex, lexicon),
        {True: "同居", False: "別居", None: ""}[person.lives_together],
        person.condition or "",
    )


def _application(consent: Consent, lexicon: Lexicon, style: Style) -> Part:
    """Give what was agreed to, over the lines to sign; the words to sign are the town's."""
    # What was not agreed to yet can still be written on the printed sheet.
    found = cells_of(consent, _CONSENT, lexicon, style if consent.id else BLANK)
    statement = lexicon.profile.office_paper(Intake.title).statement
    return Part(title=APPLICATION, lines=lines(found), statement=statement)
