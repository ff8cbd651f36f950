"""accredit standards check: every fault by file, line and column, then every worked case."""

from pathlib import Path

import typer

from accreditation.commands.counting import many
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
    criteria = many(len(scheme.criteria), "criterion", "criteria")
    out.print(f"  {criteria} in {many(len(scheme.domains), 'domain', 'domains')}: {kinds}", markup=False)
    cases, right = len(standard.cases), len(standard.cases) - wrong
    words = "worked case gives what it expects" if cases == 1 else "worked cases give what they expect"
    out.print(f"  {right} of {cases} {words}")
    out.print(f"  digest {scheme.digest}")
    return wrong == 0
