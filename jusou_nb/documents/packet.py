"""The papers of a sitting: one copy for each recipient and legal basis."""

from dataclasses import dataclass
from functools import cached_property

from jusou_nb.dates import wareki
from jusou_nb.documents import control, cover, minutes
from jusou_nb.documents.eyes import Eyes
from jusou_nb.documents.item import ItemPart, item_part
from jusou_nb.documents.paper import Identity, PaperKind, Section, print_section
from jusou_nb.documents.sitting import Entry, Sitting, bases_of, gather, letters
from jusou_nb.errors import NotFound
from jusou_nb.forms import Conference
from jusou_nb.rules.sharing import CHAIR, Reader, ReaderKind
from jusou_nb.store import Store, queries

_AGENCY = "agency-"


@dataclass(frozen=True, kw_only=True)
class Copy:
    """One numbered copy: for whom, on which basis, the which of how many."""

    basis: str
    recipient: str
    label: str
    number: int
    of: int

    @property
    def reader(self) -> Reader:
        """Who reads this copy."""
        if self.recipient == CHAIR.kind.value:
            return CHAIR
        return Reader(ReaderKind.AGENCY, int(self.recipient.removeprefix(_AGENCY)))


def copies(store: Store, conference_id: int) -> list[Copy]:
    """List the copies that a sitting needs, the chair's first, numbered within each basis."""
    conference = queries.conference(store, conference_id)
    return [
        copy
        for basis in bases_of(store, conference)
        for copy in copies_of(gather(store, conference, basis))
    ]


def copies_of(sitting: Sitting) -> list[Copy]:
    """Number the copies of one basis: the chair's, then the agencies as they were called."""
    names = sitting.lexicon.refs["agencies"]
    wanted = {CHAIR.kind.value: CHAIR.kind.label}
    wanted |= {f"{_AGENCY}{id_}": names[id_] for id_ in _called(sitting) if id_ in names}
    return [
        Copy(basis=sitting.basis.code, recipient=recipient, label=label, number=n, of=len(wanted))
        for n, (recipient, label) in enumerate(wanted.items(), start=1)
    ]


def _called(sitting: Sitting) -> dict[int, None]:
    """Give the agencies called to at least one item that they are not excluded from."""
    if sitting.basis.anonymous:
        # Nobody's case is on these papers, so that whoever is called may have them.
        return dict.fromkeys(sitting.conference.called or ())
    matters = [entry.matter for entry in sitting.entries]
    wanted = set().union(*(matter.called - matter.excluded for matter in matters))
    in_order = [id_ for id_ in sitting.conference.called or () if id_ in wanted]
    return dict.fromkeys([*in_order, *sorted(wanted)])


@dataclass(frozen=True, kw_only=True)
class Packet:
    """One copy, gathered; each method prints one section of it."""

    sitting: Sitting
    copies: tuple[Copy, ...]
    copy: Copy
    letters: dict[int, dict[int, str]]
    made_on: str
    municipality: str
    office: str
    notice_of_copies: str

    @property
    def identity(self) -> Identity:
        """What this paper is."""
        is_chairs = self.copy.reader is CHAIR
        day = f"{wareki(self.sitting.day)} " if self.sitting.conference.held_on else ""
        return Identity(
            kind=PaperKind.PACKET,
            title=f"{day}{self.sitting.basis.label} 会議資料（{self.copy.label}）",
            subject=(Conference.table, self.sitting.conference.id or 0),
            recipient=self.copy.recipient,
            basis=self.copy.basis,
            place=self.sitting.chairs_place if is_chairs else self.sitting.place,
        )

    def eyes(self, entry: Entry, reader: Reader | None = None) -> Eyes:
        """Give the eyes of this copy's reader, or of another, on an item."""
        return Eyes(
            reader=reader or self.copy.reader,
            matter=entry.matter,
            lexicon=self.sitting.lexicon,
            letters=self.letters[entry.number],
        )

    @cached_property
    def parts(self) -> tuple[ItemPart, ...]:
        """The items of this basis as this reader gets them, in the order of the agenda."""
        found = [item_part(entry, self.eyes(entry)) for entry in self.sitting.entries]
        found += [
            ItemPart(number=n, refused="もとの記録が取り消されているため掲載なし")
            for n in self.sitting.lost
        ]
        return tuple(sorted(found, key=lambda part: part.number))

    def cover(self) -> Section:
        """表紙: sitting, law, confidentiality, notice, number of the copy, 回収."""
        return print_section("cover", "表紙", cover.values(self), self.identity)

    def agenda(self) -> Section:
        """次第: the numbers of the whole sitting; lines of other bases have no title."""
        return print_section("agenda", "次第", cover.agenda_values(self))

    def items(self) -> Section:
        """案件: what this reader may have of each item."""
        shown = {"parts": [part for part in self.parts if not part.refused]}
        return print_section("items", "案件", shown)

    def minutes(self) -> Section:
        """会議記録: what was said, decided and agreed, as far as recorded; the rest is blank."""
        return print_section("minutes", "会議記録", minutes.values(self))

    def control(self) -> Section:
        """議長用の控え: names, what was withheld, what the chief let pass; else nothing."""
        if self.copy.reader is not CHAIR:
            return Section("", "")
        return print_section("control", "事務局控", control.values(self))


def packet(store: Store, conference_id: int, *, recipient: str, basis: str, made_on: str) -> Packet:
    """Gather one copy.

    Raises:
        NotFound: No such sitting, or it has no copy for this recipient on this basis.
    """
    conference = queries.conference(store, conference_id)
    known = {entry.code: entry for entry in bases_of(store, conference)}
    if basis not in known:
        raise NotFound(
            f"法的根拠「{basis}」の案件はこの会議にありません（あるもの: {'、'.join(known)}）"
        )
    sitting = gather(store, conference, known[basis])
    every = tuple(copies_of(sitting))
    wanted = [copy for copy in every if copy.recipient == recipient]
    if not wanted:
        raise NotFound(
            f"宛先「{recipient}」に配る資料はこの会議にありません。呼ぶ機関を確かめてください"
        )
    profile = store.profile
    return Packet(
        sitting=sitting,
        copies=every,
        copy=wanted[0],
        letters=letters(sitting),
        made_on=made_on,
        municipality=profile.municipality,
        office=profile.office,
        notice_of_copies=profile.notice_of_copies,
    )
