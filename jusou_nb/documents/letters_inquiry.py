"""照会文書: what an agency is asked about a person, its answer sheet, and the office's draft.

The letter names the person as far as the ground carries it to that agency, and asks what was
written for it. The draft stays in the office: it says why this may be asked, and what is
still to be looked at before it is decided.
"""

from datetime import date
from typing import Any

from jusou_nb.choices import Category
from jusou_nb.dates import wareki
from jusou_nb.documents import letter_words
from jusou_nb.documents.cells import Cell, Line, lines
from jusou_nb.documents.letters_referral import Letter, grounds, head, letter_of, refusal, who
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.fields import get_item
from jusou_nb.forms import Referral
from jusou_nb.forms.referral import INQUIRY
from jusou_nb.rules.referrals import is_inquiry, may_refer
from jusou_nb.store import Store, overrides, passing
from jusou_nb.values import show

DRAFT = f"{INQUIRY}（起案・事務局控）"


def inquiry(store: Store, referral_id: int, *, day: date) -> Section:
    """Print the letter that asks an agency, with the sheet for its answer.

    Raises:
        NotFound: There is no such referral.
    """
    letter = letter_of(store, referral_id, day)
    values = {**_letter(store, letter), "frame": office_frame(store, INQUIRY, day=day)}
    shown = passing.shown_of(store, letter.referral, letter.household)
    identity = of_record(store, INQUIRY, (Referral.table, referral_id), shown)
    return print_section("inquiry", INQUIRY, values, identity)


def inquiry_draft(store: Store, referral_id: int, *, day: date) -> Section:
    """Print the draft of the letter that the office decides on (起案).

    Raises:
        NotFound: There is no such referral.
    """
    letter = letter_of(store, referral_id, day)
    values = {
        **_letter(store, letter),
        "frame": office_frame(store, INQUIRY, day=day),
        "facts": list(_facts(store, letter)),
        "remarks": _remarks(store, letter),
        "let": [
            (row["message"], row["reason"], row["allowed_by"])
            for row in overrides.of(store, Referral.table, referral_id)
        ],
    }
    shown = passing.shown_of(store, letter.referral, letter.household)
    identity = of_record(store, DRAFT, (Referral.table, referral_id), shown)
    return print_section("inquiry_draft", DRAFT, values, identity)


def _letter(store: Store, letter: Letter) -> dict[str, Any]:
    due, ground = letter.referral.answer_due, get_item(Referral, "ground")
    return {
        **head(store, letter),
        "words": letter_words.first(store, "inquiry"),
        "refusal": refusal(store, letter, inquires=True),
        "who": who(letter),
        "ground": show(ground, letter.referral.ground, letter.lexicon),
        "question": letter.text(letter.referral, "reason"),
        "due": wareki(due) if due else "",
    }


def _facts(store: Store, letter: Letter) -> list[Line]:
    """Give what is decided on: on which ground, by whose judgement, what goes out."""
    profile, referral = store.profile, letter.referral
    chosen = referral.shared_categories or profile.shared_categories
    by_consent = letter.asked.matter.basis.requires_consent
    reach = letter.asked.matter.reach_of(letter.client.id) if by_consent else None
    told = reach.categories_of.get(letter.agency.id or 0, frozenset()) if reach else chosen
    if referral.shared_categories:
        told = frozenset(told) & frozenset(referral.shared_categories)
    given = "、".join(category.label for category in Category if category in told)
    cells = [
        Cell(label="あて先", value=letter.agency.name or "", is_wide=True),
        Cell(label="紙で渡す情報", value="" if letter.asked.whole else given, is_wide=True),
        Cell(label="回答の期限", value=wareki(referral.answer_due) if referral.answer_due else ""),
        Cell(label="起案した人", value=referral.sent_by or ""),
    ]
    return [*grounds(letter), *lines(cells)]


def _remarks(store: Store, letter: Letter) -> list[tuple[str, str, str]]:
    """Give what the rules say of it, with strength and way out."""
    matter = letter.asked.matter
    carried = matter.reach_of(matter.client_id)
    found = may_refer(store.profile, letter.referral, letter.agency, carried, matter.excluded)
    said = [(p.strength.label, p.message, p.remedy) for p in found]
    if not is_inquiry(store.profile, letter.referral):
        return [("注意", "この記録は「つなぐ」です。", "照会の記録で作ってください。"), *said]
    return said


PAPERS = (
    Paper(name=INQUIRY, table=Referral.table, gather=inquiry),
    Paper(name=DRAFT, table=Referral.table, gather=inquiry_draft),
)
