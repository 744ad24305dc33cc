"""支援の流れ図: a town's way of support drawn from its profile, for staff or for citizens."""

from collections.abc import Mapping
from typing import Any

from jusou_nb.choices import Choice
from jusou_nb.documents.flow_layout import NAME_LINE, TEXT_LINE, WIDTH, lay_out, legend_places
from jusou_nb.documents.flow_shapes import Drawn
from jusou_nb.documents.paper import Identity, PaperKind, Section, print_section
from jusou_nb.errors import NotFound
from jusou_nb.forms import Agency
from jusou_nb.profile import FlowStep, Profile
from jusou_nb.store import Store, queries, register


class Reader(Choice):
    """For whom the flow is drawn."""

    STAFF = "staff", "職員用"
    CITIZENS = "citizens", "住民用"


KINDS = {
    "person": "相談する人",
    "desk": "相談の窓口",
    "meeting": "話し合う会議",
    "support": "支援",
    "onward": "その後",
}
"""How steps are drawn, and what the legend says of each."""
_PLAIN_KINDS = {**KINDS, "meeting": "支援する人たちの話し合い"}


def flow(store: Store, reader: str, *, made_on: str) -> Section:
    """Draw the flow for ``staff`` or ``citizens``.

    Raises:
        NotFound: There is no such reader, or the profile has no flow for them.
    """
    seen, profile = _reader(reader), store.profile
    agencies = {agency.name or "": agency for agency in store.find(Agency)}
    drawn = steps(profile, seen, agencies)
    if not drawn:
        raise NotFound(
            f"プロファイル「{profile.name}」に{seen.label}の流れ（flow）がありません。"
            "standard を手本に書き足してください"
        )
    title = _TITLES[seen]
    identity = Identity(
        kind=PaperKind.FLOW,
        title=f"{profile.municipality} {title}",
        subject=("profiles", register.profile_place(store)),
        recipient=seen.value,
        basis="",
        place=queries.last_change(store, [("agencies", a.id or 0) for a in agencies.values()]),
    )
    values = {**_values(store, seen, drawn, made_on), "title": title}
    return print_section("flow", title, values, identity)


_TITLES = {
    Reader.STAFF: "支援の流れ図（職員用）",
    Reader.CITIZENS: "困りごとの相談と支援の流れ",
}


def _reader(code: str) -> Reader:
    if code in {one.value for one in Reader}:
        return Reader.of(code)
    raise NotFound(f"「{code}」用の流れ図はありません。staff（職員用）か citizens（住民用）です")


def steps(profile: Profile, reader: Reader, agencies: Mapping[str, Agency]) -> list[Drawn]:
    """Give what one reader's drawing says, in the order of the profile."""
    found = []
    for step in profile.flow:
        is_staff = reader is Reader.STAFF
        text = step.staff if is_staff else step.citizens
        desk = agencies.get(step.agency)
        telephone = desk.telephone if desk and not is_staff else None
        name = name_of(profile, step) if is_staff else step.plain or name_of(profile, step)
        if text:
            found.append(Drawn(step=step, name=name, text=text, telephone=telephone or ""))
    return found


def name_of(profile: Profile, step: FlowStep) -> str:
    """Give a step's own name, else that of its body or basis in this town, else its agency's."""
    if step.label:
        return step.label
    if step.body:
        return profile.body(step.body).label
    return profile.basis(step.basis).label if step.basis else step.agency


def desks_without_telephone(store: Store) -> list[str]:
    """Name the desks on the citizens' drawing whose telephone the register does not have."""
    agencies = {agency.name or "": agency for agency in store.find(Agency)}
    drawn = steps(store.profile, Reader.CITIZENS, agencies)
    return [one.step.agency for one in drawn if one.step.agency and not one.telephone]


def _values(store: Store, reader: Reader, drawn: list[Drawn], made_on: str) -> dict[str, Any]:
    profile = store.profile
    layout = lay_out(drawn, {step.code: step for step in profile.flow})
    names = {one.step.code: one.name for one in drawn}
    kinds = KINDS if reader is Reader.STAFF else _PLAIN_KINDS
    used = [kind for kind in KINDS if any(one.step.kind == kind for one in drawn)]
    words = [kinds[kind] for kind in used]
    return {
        "layout": layout,
        "width": WIDTH,
        "name_line": NAME_LINE,
        "text_line": TEXT_LINE,
        "legend": list(zip(used, words, legend_places(words), strict=True)),
        "has_back": any(line.is_back for line in layout.lines),
        "told": [
            (one, [names[line.target] for line in layout.lines
                   if line.source == one.step.code and not line.is_back],
             [names[line.target] for line in layout.lines
              if line.source == one.step.code and line.is_back])
            for one in drawn
        ],
        "is_staff": reader is Reader.STAFF,
        "municipality": profile.municipality,
        "office": profile.office,
        "plan_title": profile.plan_title,
        "made_on": made_on,
    }  # fmt: skip
