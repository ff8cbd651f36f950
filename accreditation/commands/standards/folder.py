"""A folder of standards as its author sees it: what is wrong with it is said, and what is right is handed on."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from accreditation.errors import FileFault, StandardsFaulty
from accreditation.library import load
from accreditation.rules.cases import run_case
from accreditation.scheme.read import Standard

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 120)

Folder = Annotated[Path, typer.Argument(help="A folder that holds a scheme.yaml, or a draft downloaded from the site.")]
Folders = Annotated[list[Path], typer.Argument(help="Folders that each hold a scheme.yaml.")]


def loaded(folder: Path) -> Standard | None:
    """The standard in this folder; None where it has faults, each of which is said."""
    try:
        return load(folder)
    except StandardsFaulty as faulty:
        tell_faults(folder, faulty.faults)
        return None


def loaded_or_exit(folder: Path) -> Standard:
    """The standard in this folder. Where it has faults each is said, and the command ends with code 1."""
    standard = loaded(folder)
    if standard is None:
        raise typer.Exit(1)
    return standard


def files_of(folder: Path) -> dict[str, bytes]:
    """The files that make up the standard in this folder, as they lie there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for pattern in ("*.yaml", "criteria/*.yaml", "cases/*.yaml")
        for path in sorted(folder.glob(pattern))
        if path.is_file()
    }


def tell_faults(of: Path, faults: Iterable[FileFault]) -> None:
    """Say every fault, and how many there are."""
    told = list(faults)
    for fault in told:
        out.print(str(fault), style="red", markup=False)
    number = len(told)
    out.print(
        f"{of}: {number} {'fault' if number == 1 else 'faults'}; nothing is loaded until they are mended.",
        markup=False,
    )


def disagreeing(standard: Standard) -> int:
    """How many worked cases give something else than they expect? Each difference is said, by file, line and column."""
    wrong = 0
    for case, place in zip(standard.cases, standard.places, strict=True):
        differences = run_case(scheme=standard.scheme, case=case).differences
        for difference in differences:
            where = f"{place.file}:{place.line}:{place.column}"
            out.print(f"{where}: the case '{case.case}': {difference}", style="red", markup=False)
        wrong += bool(differences)
    return wrong
