"""accredit standards: what a college's author needs, and how an edition comes into the records."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.publish_edition import publish_edition
from accreditation.commands.office import OFFICE
from accreditation.errors import NotFound, StandardsFaulty
from accreditation.library import load
from accreditation.records import editions
from accreditation.rules.cases import run_case
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import Standard
from accreditation.wiring import House, house

app = typer.Typer(help="Check standards files with their worked cases, and publish them.", no_args_is_help=True)
_out = Console(highlight=False, soft_wrap=True)


Folders = Annotated[list[Path], typer.Argument(help="Folders that each hold a scheme.yaml.")]


@app.command()
def check(folders: Folders) -> None:
    """Check schemes: every fault with file, line and column, then every worked case. Exit code 1 if any is wrong."""
    faulty = [folder for folder in folders if not _check(folder)]
    if faulty:
        raise typer.Exit(1)


@app.command()
def publish(folders: Folders) -> None:
    """Publish editions of schemes: all of them, or none where one has a fault or a worked case that disagrees.

    A published edition never changes. The same one again changes nothing.
    """
    standards = [publishable(folder) for folder in folders]
    right = [standard for standard in standards if standard is not None]
    if len(right) < len(standards):
        _out.print("Nothing was published.", style="red")
        raise typer.Exit(1)
    for standard in right:
        _publish(house(), standard.scheme)


def publishable(folder: Path) -> Standard | None:
    """The standard in this folder; None where it is faulty or a case disagrees, which is said."""
    standard = _load(folder)
    if standard is None:
        return None
    wrong = _disagreeing(folder, standard)
    if wrong:
        right = len(standard.cases) - wrong
        _out.print(f"{folder}: {right} of {len(standard.cases)} worked cases give what they expect.", markup=False)
        return None
    return standard


def _publish(house: House, scheme: Scheme) -> None:
    already = _is_published(house, scheme)
    digest = publish_edition(house.database, principal=OFFICE, scheme=scheme, at=house.now())
    _out.print(f"{scheme.title}, edition {scheme.edition}", style="bold", markup=False)
    _out.print(f"  digest {digest}")
    _out.print("  published already; nothing was changed" if already else "  published now")


def _is_published(house: House, scheme: Scheme) -> bool:
    try:
        with house.database.reading() as session:
            editions.get(session, scheme.digest)
    except NotFound:
        return False
    return True


def _check(folder: Path) -> bool:
    """Check one folder and say what was found; True where nothing is wrong."""
    standard = _load(folder)
    return standard is not None and _cases(folder, standard)


def _load(folder: Path) -> Standard | None:
    """The standard in this folder; None where it has faults, each of which is said."""
    try:
        return load(folder)
    except StandardsFaulty as faulty:
        for fault in faulty.faults:
            _out.print(str(fault), style="red", markup=False)
        number = len(faulty.faults)
        _out.print(
            f"{folder}: {number} {'fault' if number == 1 else 'faults'}; nothing is loaded until they are mended.",
            markup=False,
        )
        return None


def _disagreeing(folder: Path, standard: Standard) -> int:
    """How many worked cases give something else than they expect? Each difference is said."""
    wrong = 0
    for result in (run_case(scheme=standard.scheme, case=case) for case in standard.cases):
        for difference in result.differences:
            _out.print(f"{folder}: the case '{result.case.case}': {difference}", style="red", markup=False)
        wrong += bool(result.differences)
    return wrong


def _cases(folder: Path, standard: Standard) -> bool:
    wrong = _disagreeing(folder, standard)
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
