"""Opens a workbook that came back: the cells of its sheets, the files it was made from, and what is refused in it."""

import base64
import binascii
import io
import re
import warnings
import zlib
from dataclasses import dataclass
from typing import Any

from openpyxl.reader.excel import ExcelReader

from accreditation.errors import Fault, Invalid
from accreditation.workbook.filled import Cell, Grid, letters
from accreditation.workbook.safety import refuse_unsafe
from accreditation.workbook.sheets import SHEETS
from accreditation.workbook.writing import FILES

MAX_ROW, MAX_COLUMN = 20_000, 200
MAX_FILES = 4_000_000
"""Bytes of all files that a workbook can carry."""

_FILE = re.compile(r"(?:(?:criteria|cases)/)?[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.yaml\Z")
_THREAD = re.compile(r"\A\[Threaded comment\].*?\nComment:\s*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A workbook that may be read: its grids by title, and the files it was made from (none for one made by hand)."""

    grids: dict[str, Grid]
    files: dict[str, bytes]


def opened(content: bytes, *, name: str) -> Opened:
    """What does this workbook hold? Raises Invalid with all reasons where it is refused; a formula is named."""
    refuse_unsafe(content, name=name)
    book = book_of(content, name)
    faults: list[Fault] = []
    ours = {sheet.title for sheet in SHEETS}
    pages = {page.title: page for page in book.worksheets if page.title in ours}
    if not pages:
        allowed = f"its sheets are {', '.join(sheet.title for sheet in SHEETS)}; begin with an exported one"
        raise Invalid([Fault(where=name, found="it holds no sheet of a standard", allowed=allowed)])
    grids = {title: Grid(title=title, cells=cells_of(page, faults)) for title, page in pages.items()}
    files = _files(book[FILES], name) if FILES in book.sheetnames else {}
    if faults:
        raise Invalid(faults)
    return Opened(grids=grids, files=files)


def book_of(content: bytes, name: str, *, values: bool = False) -> Any:
    """The workbook in this file, which must be one that may be opened. Raises Invalid where it is damaged.

    Its formulas stand there as they are written, or with `values` as the value that was kept with each, if any.
    """
    reader: Any = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = ExcelReader(io.BytesIO(content), data_only=values, keep_links=False)
            reader.read()
    except Exception as trouble:  # the library raises whatever a damaged part leads it to
        allowed = "save it again as an Excel workbook (.xlsx)"
        found = f"it cannot be read as a workbook ({type(trouble).__name__}{_where(reader, trouble)})"
        raise Invalid([Fault(where=name, found=found, allowed=allowed)]) from trouble
    return reader.wb


def _where(reader: Any, trouble: Exception) -> str:
    """In which sheet did reading stop? It is the last that was begun; empty where no sheet was being read."""
    begun = reader.wb.worksheets if reader is not None and "read worksheets" in str(trouble) else []
    return f" in sheet '{begun[-1].title}'" if begun else ""


def cells_of(page: Any, faults: list[Fault]) -> dict[tuple[int, int], Cell]:
    """The cells of a sheet that hold something; formulas, errors and text far outside are added to the faults."""
    found = {}
    for (row, column), cell in sorted(page._cells.items()):  # the cells that are there, not all those between them
        value, note = cell.value, "" if cell.comment is None else _said(str(cell.comment.text or ""))
        where = f"{page.title}!{letters(column)}{row}"
        if cell.data_type == "f":
            allowed = "write the text itself; in Excel: copy the cell, then paste its values"
            faults.append(Fault(where=where, found="a formula where text belongs", allowed=allowed))
        elif cell.data_type == "e":
            faults.append(Fault(where=where, found=f"the error {value}", allowed="write the text itself"))
        elif (value is not None or note) and (row > MAX_ROW or column > MAX_COLUMN):
            faults.append(Fault(where=where, found="text far outside the table", allowed="delete it"))
        elif value is not None or note:
            found[row, column] = Cell(value=value, note=note)
    return found


def _said(note: str) -> str:
    """The words of a note, without what Excel writes around them."""
    return _THREAD.sub("", note.replace("\r\n", "\n")).strip()


def _files(page: Any, name: str) -> dict[str, bytes]:
    """The files that the workbook was made from, from the hidden sheet. Raises Invalid where it was changed."""
    packed: dict[str, str] = {}
    for row in range(1, min(page.max_row, MAX_ROW) + 1):
        file, part = page.cell(row, 1).value, page.cell(row, 2).value
        if file is not None:
            packed[str(file)] = packed.get(str(file), "") + str(part)
    files = {}
    try:
        for file, text in packed.items():
            files[file] = _unpacked(text)
            if not _FILE.match(file) or sum(map(len, files.values())) > MAX_FILES:
                raise ValueError(file)
    except (ValueError, binascii.Error, zlib.error) as trouble:
        allowed = "export the standard again, and make the changes there"
        raise Invalid([Fault(where=name, found="its hidden sheet was changed", allowed=allowed)]) from trouble
    return files


def _unpacked(text: str) -> bytes:
    inner = zlib.decompressobj()
    content = inner.decompress(base64.b64decode(text, validate=True), MAX_FILES)
    if not inner.eof:
        raise ValueError("more than a standard's file")
    return content
