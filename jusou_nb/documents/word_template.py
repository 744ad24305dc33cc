"""Fills a Word template (.docx) of the office, or ours, with the names and texts of a paper.

The template is looked through first: a wrong name, a macro, a picture from elsewhere or a
broken file is told in one line, and nothing is written.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from jusou_nb import office_files
from jusou_nb.documents.paper import straight
from jusou_nb.documents.word_check import check
from jusou_nb.documents.word_slots import Slots, Values
from jusou_nb.errors import TemplateError

_LARGEST = 64 * 1024 * 1024
"""Bytes of a template when unpacked; a form of an office is a thousandth of it."""
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_WIDE = re.compile("[｛{]\\s*[｛{%％]|[%％}｝]\\s*[}｝]")
_FOOTNOTES = "wordprocessingml.footnotes+xml"


def _written(value: Any) -> Any:
    """Write a text as Word can carry it: no control characters, no marks that turn it round."""
    return (
        _UNFIT.sub("", straight(value).replace("\r\n", "\n")) if isinstance(value, str) else value
    )


def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, finalize=_written
    )
    made.globals.clear()
    return made


def fill(raw: bytes, file: str, slots: Slots, values: Values, *, number: str, day: date) -> bytes:
    """Fill a template and give the finished file.

    Args:
        raw: The template.
        file: Its name, for what is told of it.
        slots: The names that it may use.
        values: What stands in their place.
        number: The document number, which becomes the file's title.
        day: The day as which the file is made.

    Raises:
        TemplateError: The template is broken, holds what none may, or uses a wrong name.
    """
    with _told_of(file):
        _look_at(raw)
        template = DocxTemplate(io.BytesIO(raw))
        environment = _environment()
        for source in _sources(template):
            _refuse_wide(source)
            check(environment.parse(source), slots)
        template.render(dict(values), environment)
        out = io.BytesIO()
        template.save(out)
        return office_files.settled(out.getvalue(), title=number, day=day)


@contextmanager
def _told_of(file: str) -> Iterator[None]:
    """Say of which template something is told, and that a broken one is broken."""
    try:
        yield
    except TemplateError as fault:
        raise TemplateError(f"「{file}」: {fault}") from None
    except jinja2.TemplateError as fault:
        raise TemplateError(
            f"「{file}」: {{{{ }}}} か {{% %}} の書き方が合っていません"
            f"（{_near(fault)}）。かっこと for・if の終わりを確かめてください"
        ) from fault
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError, LxmlError, OSError) as fault:
        raise TemplateError(
            f"「{file}」は Word の文書（.docx）として開けません。"
            "Word で開いて「名前を付けて保存」し直してください"
        ) from fault


def _near(fault: jinja2.TemplateError) -> str:
    """Give what Jinja says, and the text of the template around the place."""
    said = (fault.message or type(fault).__name__).splitlines()[0]
    return re.sub(r"<[^>]*>|\s+", " ", said)[:80]


def _look_at(raw: bytes) -> None:
    """Refuse what is no plain document before anything reads it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
            raise TemplateError("様式が大きすぎます。写真を小さくして保存し直してください")
    if office_files.holds_code(raw):
        raise TemplateError("マクロの入った様式は使えません。.docx で保存し直してください")
    elsewhere = next(office_files.outside(raw), None)
    if elsewhere is not None:
        name = re.split(r"[\\/]", elsewhere)[-1]
        raise TemplateError(
            f"様式がほかのファイル（{name}）を読み込もうとします。"
            "「リンク」をやめ、図を文書に埋め込んで保存し直してください"
        )


def _sources(template: DocxTemplate) -> Iterator[str]:
    """Give the XML of each part that is filled, with its braces put together."""
    template.init_docx()
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith(_FOOTNOTES):
            yield template.patch_xml(part.blob.decode())


def _refuse_wide(source: str) -> None:
    """Tell of braces typed in full width, which would stand on the paper as they are."""
    for found in _WIDE.finditer(re.sub(r"<[^>]*>", "", source)):
        if re.search("[｛｝％]", found[0]):
            raise TemplateError(f"「{found[0]}」が全角です。半角の {{{{ }}}} で書いてください")


def read(path: Path) -> bytes:
    """Read a template's file.

    Raises:
        TemplateError: It is not there or cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as fault:
        raise TemplateError(
            f"様式「{path.name}」を読めません（{fault.strerror}）。場所を確かめてください"
        ) from fault
