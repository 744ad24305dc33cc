"""What a file that somebody hands over says of itself: its numbers, and what it is a copy of."""

import hashlib
import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from jusou_nb.documents.paper import PaperKind
from jusou_nb.errors import PaperError

UNRECORDED = "控え・記録なし"
_KINDS = "|".join(kind.label for kind in PaperKind)
_NUMBER = re.compile(rf"(?:{_KINDS})[0-9A-Za-z_.-]*?-\d+-[0-9A-F]{{6}}(?![0-9A-Za-z])")
_FOOTER = re.compile(r"<footer><p>文書番号 ([^<]*)</p></footer>\s*</body>\s*</html>\s*$")
_TAG = re.compile(r"<[^>]*>")
_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A file as it was handed over.

    Attributes:
        name: The name of the file.
        content: SHA-256 of its bytes.
        own: The number that it bears as its own, where it is a page as this program makes them.
        numbers: Every document number that stands anywhere in it, in the order of the text.
        is_unrecorded: Whether it says itself that it was made without a record.
    """

    name: str
    content: str
    own: str
    numbers: tuple[str, ...]
    is_unrecorded: bool


def read(path: Path) -> Handed:
    """Read a file: a page, a PDF, a Word or Excel file, or any text.

    Raises:
        PaperError: It is not there, or cannot be read.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise PaperError(f"「{path.name}」が見つかりません。場所を確かめてください") from None
    except OSError as fault:
        raise PaperError(
            f"「{path.name}」を読めません（{fault.strerror}）。場所を確かめてください"
        ) from None
    text = _text(raw, path.name)
    footer = _FOOTER.search(text)
    own = html.unescape(footer[1]) if footer else ""
    return Handed(
        name=path.name,
        content=hashlib.sha256(raw).hexdigest(),
        own="" if own == UNRECORDED else own,
        numbers=tuple(dict.fromkeys(_NUMBER.findall(html.unescape(_TAG.sub("", text))))),
        is_unrecorded=own == UNRECORDED,
    )


def _text(raw: bytes, name: str) -> str:
    if raw.startswith(_ZIP):
        return "\n".join(_office_texts(raw, name))
    if raw.startswith(_PDF):
        return _pdf_text(raw, name)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")


def _office_texts(raw: bytes, name: str) -> Iterator[str]:
    """Give the texts of a Word or Excel file, its properties among them; runs stand together."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as parts:
            for part in parts.infolist():
                if part.filename.endswith((".xml", ".rels")) and part.file_size < _LARGEST:
                    yield _TAG.sub("", parts.read(part).decode("utf-8", errors="replace"))
    except zipfile.BadZipFile:
        raise PaperError(f"「{name}」は途中で切れています。もう一度もらってください") from None


def _pdf_text(raw: bytes, name: str) -> str:
    """Give the words of a PDF; blanks within a number come from how it was set."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an extra that may be missing
        from pypdf.errors import PyPdfError  # noqa: PLC0415 - the same
    except ModuleNotFoundError:
        raise PaperError(
            "PDF を調べる部品がありません。管理者に pip install 'jusou-nb[pdf]' を頼んでください"
        ) from None
    try:
        pages = [page.extract_text() for page in PdfReader(BytesIO(raw)).pages]
    except PyPdfError:
        raise PaperError(f"「{name}」は PDF として読めません。もう一度もらってください") from None
    return "\n".join(pages)
