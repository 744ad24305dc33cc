"""つなぐシート: what goes to an agency with a person, and its reply.

The blocks are those of the 岡山市 sheet (domain §1.1). Each box is asked of ``rules/passing``;
what the ground does not carry to that agency is not in the file, and the paper does not tell
an empty box from one that stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from jusou_nb.checks import is_blank
from jusou_nb.dates import era_year, wareki
from jusou_nb.documents import letter_words
from jusou_nb.documents.ages import age_band, age_text
from jusou_nb.documents.cells import Cell, cell_of, lines
from jusou_nb.documents.kin import relation_text
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.fields import Form, get_item
from jusou_nb.forms import Agency, Household, Intake, Person, Referral
from jusou_nb.forms.referral import SLIP, ReferralAnswer
from jusou_nb.names import hiragana
from jusou_nb.rules.passing import Passing, age_passed_on, passed_on
from jusou_nb.rules.referrals import is_inquiry
from jusou_nb.rules.sharing import AgeDetail
from jusou_nb.store import Store, passing, queries
from jusou_nb.values import MASKED, Lexicon, show

_ERAS = ("大正", "昭和", "平成", "令和")
_REPLIES = (ReferralAnswer.RECEIVED, ReferralAnswer.SETTLED, ReferralAnswer.REFUSED)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A referral with all that its papers are printed from."""

    referral: Referral
    agency: Agency
    household: Household
    client: Person
    intake: Intake | None
    asked: Passing
    lexicon: Lexicon
    day: date

    def text(self, record: Form, name: str, person: Person | None = None) -> str:
        """Write a box as far as it goes along: its value, 秘匿, or nothing."""
        box = get_item(type(record), name)
        found = passed_on(self.asked, box, person)
        if found is not None:
            hidden = found.rule == "sharing.masked" and not self.client.is_opponent
            return MASKED if hidden and person is self.client else ""
        return show(box, getattr(record, name), self.lexicon)

    def value(self, record: Form, name: str, person: Person | None = None) -> Any:
        """Give the value of a box that goes along, else None."""
        found = passed_on(self.asked, get_item(type(record), name), person)
        return None if found is not None else getattr(record, name)

    def age(self, person: Person) -> str:
        """Write an age as exactly as it goes along."""
        detail = age_passed_on(self.asked, get_item(Person, "stated_age"), person)
        if detail is AgeDetail.NONE:
            return ""
        return (age_text if detail is AgeDetail.YEARS else age_band)(person, self.day)


def letter_of(store: Store, referral_id: int, day: date) -> Letter:
    """Gather what the papers of a referral need (NotFound when there is none)."""
    referral = store.load(Referral, referral_id)
    household = queries.household_of(store, referral.client_id or 0)
    return Letter(
        referral=referral,
        agency=store.load(Agency, referral.destination or 0),
        household=household,
        client=queries.person(household, referral.client_id),
        intake=store.load(Intake, referral.intake_id) if referral.intake_id else None,
        asked=passing.passing_of(store, referral, household, day),
        lexicon=store.lexicon(household),
        day=day,
    )


def referral_slip(store: Store, referral_id: int, *, day: date) -> Section:
    """Print what goes to an agency with a person whom it is to help.

    Raises:
        NotFound: There is no such referral.
    """
    letter = letter_of(store, referral_id, day)
    due = letter.referral.answer_due
    values = {
        **head(store, letter),
        "frame": office_frame(store, SLIP, day=day),
        "words": letter_words.first(store, "referral", due=wareki(due) if due else "　　月　　日"),
        "refusal": refusal(store, letter, inquires=False),
        "who": who(letter),
        "topics": _topics(store, letter),
        "size": letter.text(letter.household, "size"),
        "members": list(_members(letter)),
        "told": list(_told(letter)),
        "reason": letter.text(letter.referral, "reason"),
        "ground": grounds(letter),
        "replies": [answer.label for answer in _REPLIES],
    }
    shown = passing.shown_of(store, letter.referral, letter.household)
    identity = of_record(store, SLIP, (Referral.table, referral_id), shown)
    return print_section("referral_slip", SLIP, values, identity)


def head(store: Store, letter: Letter) -> dict[str, Any]:
    """Give who writes to whom, and when."""
    profile, referral = store.profile, letter.referral
    return {
        "municipality": profile.municipality,
        "office": profile.office,
        "telephone": profile.letters.callback.telephone,
        "worker": referral.sent_by or "",
        "agency": letter.agency,
        "sent": wareki(referral.sent_on or letter.day),
        "number": letter.intake.number if letter.intake else "",
    }


def refusal(store: Store, letter: Letter, *, inquires: bool) -> str:
    """Say why the paper holds nobody; it may lie in the agency's hands, and tells no rule."""
    if is_inquiry(store.profile, letter.referral) is not inquires:
        other = "つなぐ" if inquires else "照会"
        return f"この記録は「{other}」です。{other}の紙で作ってください。"
    whole = letter.asked.whole
    if whole is None:
        return ""
    if whole.rule == "passing.guidance":
        return str(letter_words.first(store, "referral")["guidance"])
    return "いまの記録では、この紙でお伝えできることはありません。"


def who(letter: Letter) -> dict[str, Any]:
    """Give 本人 as far as it goes along: boxes, with the choices to be ticked."""
    client = letter.client
    birth = letter.value(client, "birth", client)
    era = era_year(birth)[:2] if birth else ""
    sexes = letter.lexicon.options(get_item(Person, "sex"))
    sex = letter.value(client, "sex", client)
    return {
        "kana": hiragana(letter.text(client, "kana", client)),
        "name": letter.text(client, "name", client),
        "sexes": [(option.label, option.code == sex) for option in sexes],
        "eras": [(name, name == era) for name in _ERAS],
        "birth": wareki(birth).removeprefix(era) if birth else "",
        "age": letter.age(client),
        "address": letter.text(client, "address", client),
        "telephone": letter.text(client, "telephone", client),
        "contact_note": letter.text(client, "contact_note", client),
    }


def _topics(store: Store, letter: Letter) -> list[tuple[str, str]]:
    """Give every kind of trouble with its mark: ☑ where it is ticked, ◎ the most serious."""
    chosen: frozenset[Any] = frozenset()
    most = None
    if letter.intake is not None:
        chosen = frozenset(letter.value(letter.intake, "topics") or ())
        most = letter.value(letter.intake, "main_topic")
    options = store.profile.codes("topic").options
    return [(o.label, "◎" if o.code == most else "☑" if o.code in chosen else "☐") for o in options]


def _members(letter: Letter) -> Iterator[tuple[str, str, str, str]]:
    """Give name, age, 続柄 and remarks of each of the household, 本人 first."""
    others = [p for p in letter.household.own_members if p.id != letter.client.id]
    for person in (letter.client, *others):
        is_client = person is letter.client
        relation = letter.text(person, "relation", person)
        of_client = letter.client.relation or ""
        yield (
            letter.text(person, "name", person),
            letter.age(person),
            relation_text(relation, of_client, is_client=is_client),
            "　".join(filter(None, _remarks(letter, person, is_client=is_client))),
        )


def _remarks(letter: Letter, person: Person, *, is_client: bool) -> tuple[str, ...]:
    together = {True: "同居", False: "別居", None: ""}
    lives = "" if is_client else together[letter.value(person, "lives_together", person)]
    return (lives, letter.text(person, "condition", person))


def _told(letter: Letter) -> Iterator[tuple[str, str]]:
    """Give the person's own words, where somebody looked through them for this agency."""
    for name, label in (("presenting_problem", "ご相談されたいこと"), ("considerations", "")):
        box = get_item(Intake, name)
        text = letter.text(letter.intake, name) if letter.intake else ""
        yield label or box.label, text


def grounds(letter: Letter) -> list[Any]:
    """Give on which ground this is told, who judged so, and when."""
    names = ("ground", "judged_by", "judged_on")
    boxes = [get_item(Referral, name) for name in names]
    filled = [(box, getattr(letter.referral, box.name)) for box in boxes]
    cells: list[Cell] = [cell_of(b, v, letter.lexicon) for b, v in filled if not is_blank(v)]
    return list(lines(cells))


PAPERS = (Paper(name=SLIP, table=Referral.table, gather=referral_slip),)
