"""What is refused before a workbook is opened: what is no workbook, what could run, what is too large to be one."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from accreditation.errors import Fault, Invalid
from accreditation.workbook.swelling import Marks

MAX_BYTES = 10_000_000
"""A larger file is refused before it is opened; the workbook of the largest standard needs a tenth of this."""

MAX_PARTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a workbook may hold at most: bytes when unpacked, cells, and marks of XML.

    The first is looked at before it is unpacked. Each cell and each mark takes memory once it is opened.
    """

    unpacked: int = 20_000_000
    cells: int = 40_000
    marks: int = 250_000


STANDARD = Bounds()
"""The workbook of the largest standard, filled in, has half as many cells."""

FIGURES = Bounds(unpacked=60_000_000, cells=200_000, marks=1_600_000)
"""Ten years of the national audit are 120,564 cells in one sheet: 107 MiB and 4 s of CPU once they are opened."""

_CELL = re.compile(rb"[<:]c[ />]")

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 16
_XML = (".xml", ".rels", ".vml")


def refuse_unsafe(content: bytes, *, name: str, of: str = "a standard", bounds: Bounds = STANDARD) -> None:
    """Raises Invalid, with every reason, where this file must not be opened. `of` says what it should hold."""
    reasons = _reasons(content, name, of, bounds)
    faults = [Fault(where=name, found=found, allowed=allowed) for found, allowed in reasons]
    if faults:
        raise Invalid(faults)


def _reasons(content: bytes, name: str, of: str, bounds: Bounds) -> Iterator[tuple[str, str]]:
    if len(content) > MAX_BYTES:
        yield f"{len(content):,} bytes", f"a workbook of {of} has at most {MAX_BYTES:,} bytes"
        return
    if content.startswith(_OLD_OR_LOCKED):
        yield (
            "it is protected with a password, or an old .xls file",
            "remove the password, or save it as an Excel workbook (.xlsx)",
        )
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            yield from _parts(parts, name, of, bounds)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, OverflowError):
        yield "it is not an Excel workbook", "save it as an Excel workbook (.xlsx)"
    except Exception as trouble:  # a damaged part leaks what its decompressor raises
        yield f"it is damaged ({type(trouble).__name__})", "save it again as an Excel workbook (.xlsx)"


def _parts(parts: zipfile.ZipFile, name: str, of: str, bounds: Bounds) -> Iterator[tuple[str, str]]:
    infos = parts.infolist()
    names = [info.filename.lower() for info in infos]
    unpacked = sum(info.file_size for info in infos)
    if any(info.flag_bits & 1 for info in infos):
        yield "it is protected with a password", "remove the password and save it again"
        return
    if len(infos) > MAX_PARTS or unpacked > bounds.unpacked:
        yield f"it unpacks to {len(infos):,} parts of {unpacked:,} bytes", f"a workbook of {of} is far smaller"
        return
    if "xl/workbook.xml" not in names:
        yield "it is not an Excel workbook", "save it as an Excel workbook (.xlsx)"
        return
    if name.lower().endswith((".xlsm", ".xltm", ".xlam")) or any(
        "vbaproject" in one or "macrosheets" in one or "activex" in one for one in names
    ):
        yield "it holds macros, which could run", "save it as an Excel workbook without macros (.xlsx)"
    if any(one.startswith("xl/externallinks/") for one in names):
        yield "it holds links to other files", "break them in Excel (Data, Edit Links), and write the text itself"
    if any(one.startswith("xl/embeddings/") for one in names):
        yield "it holds other files within", "delete them; evidence and documents are sent elsewhere"
    faults = list(_xml(parts, infos, of, bounds))
    yield from faults or _swelling(parts, infos)


def _swelling(parts: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """What would swell once it is opened, in XML that was counted before and defines nothing of its own."""
    marks = Marks()
    for info in infos:
        if info.filename.lower().endswith(_XML):
            marks.look(parts, info)
    yield from marks.reasons()


def _xml(parts: zipfile.ZipFile, infos: list[zipfile.ZipInfo], of: str, bounds: Bounds) -> Iterator[tuple[str, str]]:
    """XML that defines things of its own, or has more marks than a standard could have, counted while unpacking."""
    marks = cells = 0
    for info in infos:
        if not info.filename.lower().endswith(_XML):
            continue
        with parts.open(info) as part:
            last = b""
            while chunk := part.read(_CHUNK):
                marks += chunk.count(b"<")
                cells += len(_CELL.findall(chunk))
                if b"<!DOCTYPE" in last + chunk or b"<!ENTITY" in last + chunk or b"\x00" in chunk:
                    yield "its XML is not that of a workbook", "save it again as an Excel workbook (.xlsx)"
                    return
                if marks > bounds.marks or cells > bounds.cells:
                    yield f"it holds far more cells than {of}", "delete empty rows and columns, then save it again"
                    return
                last = chunk[-10:]
