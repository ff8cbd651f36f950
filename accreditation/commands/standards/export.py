"""accredit standards export: a standard as a workbook that a college office can fill in and send back."""

from pathlib import Path
from typing import Annotated

import typer

from accreditation.commands.office import called
from accreditation.commands.standards.folder import Folder, files_of, loaded_or_exit, out
from accreditation.errors import Contradiction

Workbook = Annotated[Path, typer.Argument(help="The workbook to write, as in standard.xlsx.")]
Replace = Annotated[bool, typer.Option("--replace", help="Write over a workbook that is there already.")]


def export(folder: Folder, file: Workbook, replace: Replace = False) -> None:
    """Write a standard as an Excel workbook: fill it in, send it back, and import it with nothing lost."""
    from accreditation.workbook.writing import written  # noqa: PLC0415  (workbooks cost a while to load)

    standard = loaded_or_exit(folder)
    if file.suffix.lower() != ".xlsx":
        raise Contradiction(f"{file} does not end in .xlsx. Name the workbook as in standard.xlsx.")
    if file.exists() and not replace:
        raise Contradiction(f"{file} is there already. Name another file, or say --replace.")
    scheme = standard.scheme
    file.write_bytes(written(files_of(folder), title=f"{scheme.title}, edition {scheme.edition}"))
    criteria = f"{len(scheme.criteria)} criteria, {len(standard.cases)} worked cases"
    out.print(f"{file}: {scheme.title}, edition {scheme.edition}; {criteria}.", style="bold", markup=False)
    out.print(f"When it comes back: {called()} standards import {file} {folder}", markup=False)
