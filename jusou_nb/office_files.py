"""Files of Word and Excel that tell nothing of who made them, and are the same made again.

Both are zip archives of XML. Programs write into them who made them, on which day, with which
template in whose folder; here all of that is replaced by the title and the day of the paper.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can name; it says nothing."""
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_DROPPED = re.compile(r"docProps/(?!core\.xml|app\.xml).*|word/people\.xml")
_TARGET = re.compile(r'<Relationship\b[^>]*\bTarget="/?([^"]*)"[^>]*/>')
_OVERRIDE = re.compile(r'<Override\b[^>]*\bPartName="/([^"]*)"[^>]*/>')
_OUTSIDE = re.compile(r'<Relationship\b[^>]*\battachedTemplate"[^>]*/>')
_OF_PEOPLE = (
    (re.compile(rb'(\s(?:w|w15):(?:author|initials|userId))="[^"]*"'), rb'\1=""'),
    (re.compile(rb"<w:attachedTemplate\b[^>]*/>"), b""),
    (re.compile(rb"<x15ac:absPath\b[^>]*/>"), b""),
)
_CORE_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator></dc:creator>"
    "<cp:lastModifiedBy></cp:lastModifiedBy>{days}</cp:coreProperties>"
)
_DAY_XML = '<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:{name}>'
_APP_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"></Properties>'
)


def settled(raw: bytes, *, title: str, day: date | None) -> bytes:
    """Give a file of Word or Excel the properties of the paper, and bytes that stay the same.

    Args:
        raw: The file as a program wrote it.
        title: What stands as its title: the document number.
        day: The day as which it was made; None leaves the days out.

    Raises:
        zipfile.BadZipFile: The bytes are no such file.
    """
    days = [_DAY_XML.format(name=n, day=day) for n in ("created", "modified") if day is not None]
    own = {
        _CORE: _CORE_XML.format(title=escape(title), days="".join(days)).encode(),
        _APP: _APP_XML.encode(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in _in_order(archive):
            data = own.get(name) or _without_people(name, archive.read(name))
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            made.writestr(entry, data)
    return out.getvalue()


def _in_order(archive: zipfile.ZipFile) -> list[str]:
    names = {name for name in archive.namelist() if not _DROPPED.fullmatch(name)}
    return [*(n for n in _FIRST if n in names), *sorted(names - set(_FIRST))]


def _without_people(name: str, data: bytes) -> bytes:
    """Take out of a part what names people, folders, or a part that is dropped."""
    if name.endswith(".rels") or name == _FIRST[0]:
        text = _OUTSIDE.sub("", data.decode())
        for pattern in (_TARGET, _OVERRIDE):
            text = pattern.sub(lambda m: "" if _is_dropped(name, m[1]) else m[0], text)
        return text.encode()
    if name.endswith(".xml"):
        for found, instead in _OF_PEOPLE:
            data = found.sub(instead, data)
    return data


def _is_dropped(listed_in: str, target: str) -> bool:
    folder = "word/" if listed_in.startswith("word/") else ""
    return bool(_DROPPED.fullmatch(target) or _DROPPED.fullmatch(f"{folder}{target}"))


def outside(raw: bytes) -> Iterator[str]:
    """Name what a file would fetch from elsewhere when it is opened (pictures, objects).

    A link that a reader may follow by hand fetches nothing by itself; a template of its own,
    from which a file was begun, is taken out by :func:`settled`.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            if not name.endswith(".rels"):
                continue
            for found in re.findall(r"<Relationship\b[^>]*/>", archive.read(name).decode()):
                if 'TargetMode="External"' in found and not re.search(
                    r'/(hyperlink|attachedTemplate)"', found
                ):
                    yield re.sub(r'.*\bTarget="([^"]*)".*', r"\1", found)


def holds_code(raw: bytes) -> bool:
    """Whether a file carries macros."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return any("vbaProject" in name or "activeX" in name for name in archive.namelist())
