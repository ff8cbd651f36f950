"""accredit standards: what a college's author needs."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from accreditation.errors import StandardsFaulty
from accreditation.library import load
from accreditation.rules.cases import run_case
from accreditation.scheme.read import Standard

app = typer.Typer(help="Check standards files and their worked cases.", no_args_is_help=True)
_out = Console(highlight=False, soft_wrap=True)


@app.callback()
def _group() -> None:
    """Keep `check` a command of its own, beside those to come."""


@app.command()
def check(folders: Annotated[list[Path], typer.Argument(help="Folders that each hold a scheme.yaml.")]) -> None:
    """Check schemes: every fault with file, line and column, then every worked case. Exit code 1 if any is wrong."""
    faulty = [folder for folder in folders if not _check(folder)]
    if faulty:
        raise typer.Exit(1)


def _check(folder: Path) -> bool:
    """Check one folder and say what was found; True where nothing is wrong."""
    try:
        standard = load(folder)
    except StandardsFaulty as faulty:
        for fault in faulty.faults:
            _out.print(str(fault), style="red", markup=False)
        number = len(faulty.faults)
        _out.print(
            f"{folder}: {number} {'fault' if number == 1 else 'faults'}; nothing is loaded until they are mended.",
            markup=False,
        )
        return False
    return _cases(folder, standard)


def _cases(folder: Path, standard: Standard) -> bool:
    wrong = 0
    for result in (run_case(scheme=standard.scheme, case=case) for case in standard.cases):
        for difference in result.differences:
            _out.print(f"{folder}: the case '{result.case.case}': {difference}", style="red", markup=False)
        wrong += bool(result.differences)
    scheme = standard.scheme
    kinds = ", ".join(
        f"{sum(criterion.type == kind for criterion in scheme.criteria)} {about.title.lower()}"
        for kind, about in scheme.types.items()
    )
    _out.print(
        f"{scheme.title}, edition {scheme.edition}, in force from {scheme.effective:%-d %B %Y}",
        style="bold",
        markup=False,
    )
    _out.print(f"  {len(scheme.criteria)} criteria in {len(scheme.domains)} domains: {kinds}")
    _out.print(f"  {len(standard.cases) - wrong} of {len(standard.cases)} worked cases give what they expect")
    _out.print(f"  digest {scheme.digest}")
    return wrong == 0
