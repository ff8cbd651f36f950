"""accredit standards check: every fault by file, line and column, then every worked case."""

from pathlib import Path

import typer

from accreditation.commands.standards.folder import Folders, disagreeing, loaded, out
from accreditation.scheme.read import Standard


def check(folders: Folders) -> None:
    """Check schemes: every fault with file, line and column, then every worked case. Exit code 1 if any is wrong."""
    faulty = [folder for folder in folders if not _is_right(folder)]
    if faulty:
        raise typer.Exit(1)


def _is_right(folder: Path) -> bool:
    """Check one folder and say what was found; True where nothing is wrong."""
    standard = loaded(folder)
    return standard is not None and _cases_agree(standard)


def _cases_agree(standard: Standard) -> bool:
    wrong = disagreeing(standard)
    scheme = standard.scheme
    kinds = ", ".join(
        f"{sum(criterion.type == kind for criterion in scheme.criteria)} {about.title.lower()}"
        for kind, about in scheme.types.items()
    )
    out.print(
        f"{scheme.title}, edition {scheme.edition}, in force from {scheme.effective:%-d %B %Y}",
        style="bold",
        markup=False,
    )
    out.print(f"  {len(scheme.criteria)} criteria in {len(scheme.domains)} domains: {kinds}", markup=False)
    out.print(f"  {len(standard.cases) - wrong} of {len(standard.cases)} worked cases give what they expect")
    out.print(f"  digest {scheme.digest}")
    return wrong == 0
