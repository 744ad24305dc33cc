"""同意の範囲の確認: after an import, what the papers of many consents cover, at once."""

from collections.abc import Mapping
from typing import Any

from jusou_nb import casework
from jusou_nb.casework import ConfirmedScope
from jusou_nb.casework.agenda import roster
from jusou_nb.choices import Category
from jusou_nb.errors import Invalid
from jusou_nb.fields import Code, Ref
from jusou_nb.forms import Conference, Consent
from jusou_nb.problems import Problem, Strength
from jusou_nb.store import Store
from jusou_nb.store.consents import UnknownScope, unconfirmed_scopes
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.listing import Cell, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.session import Page, Session, heading, names_of, paragraph
from jusou_nb.widgets.ticking import TickTable

SCOPES = "scopes"
"""The key of this screen's draft, and what the page is asked to show."""
HEADINGS = ("本人", "受付番号", "同意日", "分かっている区分", "分かっている機関", "記録")
_SCOPE = frozenset({"categories", "agencies", "excluded_agencies"})
_ABOUT = (
    "同意書を見て、下の範囲のとおりの人を選び、確かめてください。分かっている区分や機関は、"
    "そのまま残ります。確かめるまで、機関の資料には載りません（議長用・事務局控には載ります）。"
)


class ScopesView(Page):
    """Consents in force of unknown scope, ticked, and the scope that they are confirmed with."""

    def __init__(self, session: Session) -> None:
        """List what waits, and propose the scope of the office's preset."""
        super().__init__(session)
        self.said = Banner()
        self.table = TickTable(
            "範囲が未確認の同意", HEADINGS, empty="範囲が未確認の同意はありません。"
        )
        self.entry = self._sheet()
        self.waiting: Mapping[int, UnknownScope] = {}
        self.turn(
            heading("同意の範囲をまとめて確かめる"),
            paragraph(_ABOUT), self.said, self.table, self.entry,
        )  # fmt: skip
        self.refresh()

    def refresh(self) -> None:
        """List anew what waits."""
        found = unconfirmed_scopes(self.session.store, self.session.today)
        self.waiting = {row.consent_id: row for row in found}
        names = self.session.store.lexicon().refs["agencies"]
        self.table.fill([(row.consent_id, _cells(row, names)) for row in found])
        self.entry.layout.display = "" if found else "none"

    def _sheet(self) -> Entry:
        proposed = proposal(self.session.store)
        sheet = Sheet(
            form=Consent,
            key=f"{SCOPES}-0",
            record=proposed,
            title="選んだ人の同意の範囲",
            without=names_of(Consent) - _SCOPE,
        )
        return Entry(
            self.session,
            {"scope": sheet},
            lambda records, _allowed: self._confirm(records["scope"]),
            words="選んだ人の範囲を確かめた",
        )

    def _confirm(self, scope: Any) -> None:
        ticked = [row for id_, row in self.waiting.items() if id_ in self.table.ticked]
        if not ticked:
            raise Invalid([_nobody()])
        store, today = self.session.store, self.session.today
        confirmed = casework.confirm_scopes(store, [_scope(r, scope) for r in ticked], on=today)
        self.table.clear()
        self.refresh()
        left = len(self.waiting)
        rest = f"残りは{left}人です。" if left else "残りはありません。"
        said = f"{len(confirmed)}人の同意の範囲を確かめました。{rest}"
        self.said.show(MessageKind.SUCCESS, said, focus=True)


def how_many(session: Session) -> int:
    """Say how many consents wait for their scope."""
    return len(unconfirmed_scopes(session.store, session.today))


def proposal(store: Store) -> Consent:
    """Propose the categories of the profile, and the standing members where consent is needed."""
    profile = store.profile
    agencies: tuple[Ref, ...] = ()
    for body in profile.bodies:
        if any(profile.basis(code).requires_consent for code in body.bases):
            agencies = roster(store, Conference(body=Code(body.code)))
            break
    return Consent(categories=profile.shared_categories or None, agencies=agencies or None)


def _scope(row: UnknownScope, scope: Consent) -> ConfirmedScope:
    """Take what the import knows of a consent, and the rest from the sheet."""
    known = tuple(Ref(agency) for agency in row.agencies)
    return ConfirmedScope(
        consent_id=row.consent_id,
        categories=row.categories or scope.categories or (),
        agencies=known or scope.agencies or (),
        excluded=scope.excluded_agencies or (),
    )


def _nobody() -> Problem:
    return Problem(
        rule="consent.nobody_ticked",
        message="だれも選ばれていません。",
        remedy="上の表で、同意書の範囲が同じ人を選んでください。",
        strength=Strength.FORBIDDEN,
    )


def _cells(row: UnknownScope, names: Mapping[int, str]) -> list[Cell]:
    categories = "、".join(_short(category) for category in row.categories)
    agencies = "、".join(names.get(agency, "") for agency in row.agencies)
    return [
        Cell(row.name),
        Cell(row.number),
        day_cell(row.stated_on),
        Cell(categories) if categories else Cell("未確認", chip="plain"),
        Cell(agencies) if agencies else Cell("未確認", chip="plain"),
        Cell("取込み" if row.is_imported else "この机"),
    ]


def _short(category: Category) -> str:
    return category.label
