"""窓口・制度一覧: desks and schemes by field, on A4, for whoever asks; nothing internal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from jusou_nb.dates import wareki
from jusou_nb.documents.paper import Identity, PaperKind, Section, print_section
from jusou_nb.errors import NotFound
from jusou_nb.fields import get_item
from jusou_nb.forms import Agency, Scheme, SchemeStep
from jusou_nb.profile import CodeList
from jusou_nb.store import Store, queries
from jusou_nb.store import register as registers
from jusou_nb.values import Lexicon, show

ALL = "all"
_NO_FIELD = "そのほか"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A desk as it is printed."""

    name: str
    takes: str
    address: str
    open_when: str
    telephone: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A scheme as it is printed; what its own sheet leaves open comes from its desk."""

    name: str
    for_whom: str
    conditions: str
    reached_by: str
    desk: str
    open_when: str
    telephone: str
    steps: tuple[str, ...]
    confirmed: str


def register(store: Store, field: str, *, today: date) -> Section:
    """List the desks, and the running schemes by field.

    Raises:
        NotFound: The profile's fields have no such code.
    """
    title = _title(store.profile.codes("field"), field)
    agencies = store.find(Agency)
    schemes = registers.running_schemes(store, today)
    groups = list(_groups(store, schemes, field, {a.id or 0: a for a in agencies}))
    shown = [(type(one).table, one.id or 0) for one in (*agencies, *schemes)]
    identity = Identity(
        kind=PaperKind.REGISTER,
        title=f"{store.profile.municipality} {title}",
        subject=("profiles", registers.profile_place(store)),
        recipient=field,
        basis="",
        place=queries.last_change(store, shown),
    )
    values = {
        "title": title,
        "desks": list(_desks(agencies)),
        "groups": groups,
        "municipality": store.profile.municipality,
        "office": store.profile.office,
        "made_on": wareki(today),
    }
    return print_section("register", title, values, identity)


def _title(fields: CodeList, field: str) -> str:
    if field == ALL:
        return "窓口・制度一覧"
    if field not in fields.by_code:
        known = "、".join(f"{o.code}（{o.label}）" for o in fields.options)
        raise NotFound(f"分野「{field}」はありません（あるもの: {known}）")
    return f"窓口・制度一覧（{fields.by_code[field].label}）"


def _desks(agencies: Iterable[Agency]) -> Iterator[Desk]:
    """Give the desks that say what they take or how they are reached; the others are internal."""
    for agency in sorted(agencies, key=lambda a: (a.municipality or "", a.id or 0)):
        if agency.takes or agency.telephone:
            where = f"（{agency.municipality}）" if agency.municipality else ""
            yield Desk(
                name=f"{agency.name}{where}",
                takes=agency.takes or "",
                address=agency.address or "",
                open_when=agency.open_when or "",
                telephone=agency.telephone or "",
            )


def _groups(
    store: Store, schemes: list[Scheme], field: str, agencies: dict[int, Agency]
) -> Iterator[tuple[str, list[Entry]]]:
    """Group by field: a scheme of two fields stands under both, so that each is complete."""
    lexicon = store.lexicon()
    for option in store.profile.codes("field").options:
        found = [s for s in schemes if option.code in (s.fields or ())]
        if found and field in (ALL, option.code):
            yield option.label, [_entry(s, agencies, lexicon) for s in found]
    rest = [s for s in schemes if not s.fields]
    if rest and field == ALL:
        yield _NO_FIELD, [_entry(s, agencies, lexicon) for s in rest]


def _entry(scheme: Scheme, agencies: dict[int, Agency], lexicon: Lexicon) -> Entry:
    desk = agencies.get(scheme.agency or 0, Agency())
    return Entry(
        name=scheme.name or "",
        for_whom=scheme.for_whom or "",
        conditions=scheme.conditions or "",
        reached_by=show(get_item(Scheme, "reached_by"), scheme.reached_by, lexicon),
        desk=desk.name or "",
        open_when=scheme.open_when or desk.open_when or "",
        telephone=scheme.telephone or desk.telephone or "",
        steps=tuple(_step(step, lexicon) for step in scheme.steps),
        confirmed=wareki(scheme.confirmed_on) if scheme.confirmed_on else "",
    )


def _step(step: SchemeStep, lexicon: Lexicon) -> str:
    where = show(get_item(SchemeStep, "desk"), step.desk, lexicon)
    return f"{step.what}（{where}）" if where else step.what or ""
