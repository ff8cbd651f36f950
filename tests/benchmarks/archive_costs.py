"""What an archive costs to export and to verify, beside what reading the same bytes costs without us."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from accreditation.actions.export_archive import export_archive
from accreditation.archive.verify import verify_archive
from accreditation.rules.cycle import Stage
from accreditation.views.archive import archive_of
from accreditation.wiring import House
from tests.benchmarks.measuring import peak_mb, print_table, resident_mb, seconds, shell
from tests.benchmarks.store_costs import MB
from tests.examining import seen
from tests.opened import opened
from tests.walking import AT, CYCLE, OFFICE, attach, walk, work

FILES, SIZE = 16, 32 * 1024 * 1024
"""Half a gibibyte: read from memory by all alike."""


def run() -> None:
    """Print the figures. An export reads every document twice: once to know that all are right, once to send them."""
    here = Path("var").absolute()
    here.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=here) as folder:
        house = _filled(Path(folder))
        before = resident_mb(os.getpid())
        file = Path(folder) / "cycle.zip"
        kept = f"find {folder}/evidence -type f -print0 | xargs -0"
        rows = [
            ("sha256sum of the documents, one process", seconds(lambda: shell(f"{kept} sha256sum"))),
            ("cat of the documents > file", seconds(lambda: shell(f"{kept} cat > {folder}/copy"))),
            ("exported by us", seconds(lambda: _export(house, file))),
            ("sha256sum of the archive", seconds(lambda: shell(f"sha256sum {file}"))),
            ("verified by us", seconds(lambda: _verify(file))),
        ]
        house.close()
        size = file.stat().st_size
        memory = f"{peak_mb() - before:.0f} MB more memory than idle at the most"
    print_table(
        f"A cycle with {FILES} documents of {SIZE // MB} MB as one archive; {memory}",
        ["", "wall s", "MB/s"],
        [(name, f"{took:.2f}", f"{size / MB / took:.0f}") for name, took in rows],
    )


def _filled(folder: Path) -> House:
    house = replace(opened(folder), examine=lambda *_: seen())
    walk(house, Stage.EVIDENCE)
    for number in range(FILES):
        attach(house, content=os.urandom(SIZE), title=f"Document {number}")
    work(house)
    return house


def _export(house: House, file: Path) -> None:
    archive = archive_of(house.database, house.evidence, principal=OFFICE, cycle_id=CYCLE)
    pieces = export_archive(house.database, house.evidence, principal=OFFICE, cycle_id=CYCLE, archive=archive, at=AT)
    with file.open("wb") as written:
        for piece in pieces:
            written.write(piece)


def _verify(file: Path) -> None:
    if verify_archive(file).faults:
        raise AssertionError("the archive does not verify")


if __name__ == "__main__":
    run()
