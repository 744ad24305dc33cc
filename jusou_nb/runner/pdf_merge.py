"""Lays the PDFs of many copies behind each other: front pages, bookmarks, tags, same bytes."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, OutlineItem, Pdf, String


@dataclass(frozen=True, kw_only=True)
class Copy:
    """The PDF of one copy, and how it is called among the bookmarks."""

    label: str
    content: bytes = field(repr=False)


def merge(copies: Sequence[Copy], *, title: str) -> bytes:
    """Make one tagged PDF of copies; each begins on a front page in two-sided printing.

    The same copies give the same bytes. Its properties hold the title and nobody's name.
    """
    whole, tags = Pdf.new(), _Tags()
    marks: list[OutlineItem] = []
    for copy in copies:
        with Pdf.open(io.BytesIO(copy.content)) as part:
            first = len(whole.pages)
            marks.append(_bookmark(copy.label, part, first))
            whole.pages.extend(part.pages)
            tags.take(whole, part, first)
        if len(whole.pages) % 2:
            whole.add_blank_page(page_size=_size(whole))
    with whole.open_outline() as outline:
        outline.root.extend(marks)
    tags.put(whole)
    _describe(whole, title)
    made = io.BytesIO()
    whole.save(
        made,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return made.getvalue()


def _size(pdf: Pdf) -> tuple[float, float]:
    box = pdf.pages[-1].mediabox
    return float(box[2]), float(box[3])


def _describe(pdf: Pdf, title: str) -> None:
    """Say what it is, in which language, and that it is printed on both sides."""
    pdf.docinfo[Name.Title] = title
    pdf.Root.Lang = String("ja")
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, Duplex=Name.DuplexFlipLongEdge, PrintScaling=Name("/None")
    )


def _bookmark(label: str, part: Pdf, first: int) -> OutlineItem:
    """Give the bookmark of a copy, with its headings under it."""
    mark = OutlineItem(label, first)
    places = {page.obj.objgen: number for number, page in enumerate(part.pages)}
    with part.open_outline() as outline:
        mark.children.extend(_headings(outline.root, places, first))
    mark.is_closed = True
    return mark


def _headings(
    items: Sequence[OutlineItem], places: dict[tuple[int, int], int], first: int
) -> Iterator[OutlineItem]:
    for item in items:
        where = item.destination
        page = where[0] if isinstance(where, Array) else None
        if isinstance(page, pikepdf.Object) and page.objgen in places:
            found = OutlineItem(item.title, first + places[page.objgen])
            found.children.extend(_headings(item.children, places, first))
            yield found


class _Tags:
    """The structure of all parts, as one tree: headings, tables and alternative texts stay."""

    def __init__(self) -> None:
        self._roots: list[pikepdf.Object] = []
        self._parents: list[tuple[int, pikepdf.Object]] = []
        self._ids: list[tuple[str, pikepdf.Object]] = []
        self._next = 0

    def take(self, whole: Pdf, part: Pdf, first: int) -> None:
        """Take over the structure of a part whose pages were just added, from ``first``."""
        root = part.Root.get("/StructTreeRoot")
        if root is None:
            return
        for number, page in enumerate(part.pages):
            if "/StructParents" in page:
                key = int(page.StructParents) + self._next
                whole.pages[first + number].StructParents = key
        copied = whole.copy_foreign(root)
        found = dict(NumberTree(copied.ParentTree).items())
        self._parents += [(key + self._next, entry) for key, entry in found.items()]
        self._next += max(found, default=-1) + 1
        self._roots.append(copied.K)
        self._name(list(_elements(copied.K)))

    def _name(self, elements: list[pikepdf.Object]) -> None:
        """Name cells by their order: the browser's own names differ from run to run."""
        named = {str(e.ID): e for e in elements if "/ID" in e}
        new = {old: f"{len(self._roots):04}-{n:05}" for n, old in enumerate(named)}
        for element in elements:
            for about in _attributes(element):
                if "/Headers" in about:
                    heads = [String(new[str(h)]) for h in about.Headers if str(h) in new]
                    about.Headers = Array(heads)
        for old, element in named.items():
            element.ID = String(new[old])
            self._ids.append((new[old], element))

    def put(self, whole: Pdf) -> None:
        """Make all that was taken the structure of the whole."""
        tree = whole.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array(self._roots))
        tree.K = whole.make_indirect(document)
        for element in self._roots:
            element.S, element.P = Name.Part, tree.K
        tree.ParentTreeNextKey = self._next
        # The browser writes two types of PDF 2.0 that readers of 1.7 look up here.
        tree.RoleMap = Dictionary(Strong=Name.Span, Em=Name.Span)
        pairs = [value for key, entry in self._parents for value in (key, entry)]
        tree.ParentTree = whole.make_indirect(Dictionary(Nums=Array(pairs)))
        names = [v for key, e in self._ids for v in (String(key), e)]
        tree.IDTree = whole.make_indirect(Dictionary(Names=Array(names)))
        whole.Root.StructTreeRoot = tree


def _elements(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Give the structure elements of a tree in the order of reading."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, Dictionary) or "/S" not in element:
            continue
        yield element
        waiting += reversed(_listed(element, "/K"))


def _attributes(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [entry for entry in _listed(element, "/A") if isinstance(entry, Dictionary)]


def _listed(element: pikepdf.Object, key: str) -> list[pikepdf.Object]:
    """Give what an entry holds: many, one or none."""
    found = element.get(key)
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]
