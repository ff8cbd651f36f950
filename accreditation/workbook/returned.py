"""From a workbook that came back to the files of the standard: only what was edited differs from what they were."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accreditation.errors import Fault, FileFault
from accreditation.scheme.document import Path
from accreditation.scheme.problem import NOWHERE
from accreditation.scheme.source import read_document
from accreditation.scheme.splice import remarked, spliced
from accreditation.scheme.was import Place
from accreditation.workbook.filled import SheetRead
from accreditation.workbook.gather import gathered
from accreditation.workbook.reading import opened
from accreditation.workbook.rows import rows_of
from accreditation.workbook.sheets import SHEETS
from accreditation.workbook.writing import data_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The files as the workbook has them now, as they were when it was made, and what is wrong in its cells.

    `cells` says in which cell a piece of a file stands; `ids_at_fault`, whether an id cannot be read as it is meant.
    """

    files: Mapping[str, bytes]
    originals: Mapping[str, bytes]
    faults: tuple[Fault, ...]
    cells: Mapping[Place, str]
    ids_at_fault: bool = False

    def with_faults(self, found: Iterable[FileFault]) -> tuple[Fault, ...]:
        """All faults: those of the cells, and these ones of the files, named by their cells where they have one.

        A cell at fault is told once. Where an id is at fault, names that lead nowhere are not told yet: many of them
        may mean that very id.
        """
        told = {fault.where for fault in self.faults}
        meant = [fault for fault in found if not (self.ids_at_fault and fault.found.startswith(NOWHERE))]
        here = [fault for fault in map(self._in_sheet, meant) if fault.where not in told]
        return (*self.faults, *dict.fromkeys(here))

    def _in_sheet(self, fault: FileFault) -> Fault:
        return Fault(where=self._where(fault), found=fault.found, allowed=fault.allowed)

    def _where(self, fault: FileFault) -> str:
        content = self.files.get(fault.file, b"")
        read = read_document(file=fault.file, content=content)
        paths = [
            path for path, place in read.places.items() if (place.line, place.column) == (fault.line, fault.column)
        ]
        for path in sorted(paths, key=len):
            known = self._cell(fault.file, path)
            if known is not None:
                return known
        return f"{fault.file}:{fault.line}:{fault.column}" if fault.line else fault.file

    def _cell(self, file: str, path: Path) -> str | None:
        return next(
            (self.cells[file, path[:n]] for n in range(len(path), 0, -1) if (file, path[:n]) in self.cells), None
        )


def returned(content: bytes, *, name: str) -> Returned:
    """What do the files of the standard say after this workbook? Raises Invalid where it is refused as a whole."""
    book = opened(content, name=name)
    before = data_of(book.files)
    reads = {
        sheet.title: SheetRead(sheet, book.grids[sheet.title], rows_of(sheet, before))
        for sheet in SHEETS
        if sheet.title in book.grids
    }
    found = gathered(reads, before)
    files = spliced(book.files, found.data)
    for file in files:
        notes = [(path, text) for (noted, path), text in found.notes if noted == file]
        files[file] = remarked(files[file], notes, name=file)
    return Returned(
        files=files,
        originals=book.files,
        faults=tuple(found.faults),
        cells=found.cells,
        ids_at_fault=found.ids_at_fault,
    )
