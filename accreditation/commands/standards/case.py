"""accredit standards case: one worked case, what it expects, what it gives, and why."""

from pathlib import Path
from typing import Annotated

import typer

from accreditation.commands.office import called
from accreditation.commands.standards.choosing import chosen, list_cases
from accreditation.commands.standards.drawing import show_outcomes
from accreditation.commands.standards.folder import Folder, loaded_or_exit, out
from accreditation.rules.cases import CaseResult, run_case
from accreditation.scheme.model import Scheme

Name = Annotated[str, typer.Argument(metavar="[CASE]", help="Its name, how it begins, or its number; none lists all.")]


def case(folder: Folder, name: Name = "") -> None:
    """Run one worked case: what it expects, what it gives, and the working. Without a name, list all cases."""
    standard = loaded_or_exit(folder)
    if not name:
        out.print(f"{folder}: {len(standard.cases)} worked cases", style="bold", markup=False)
        list_cases(standard.cases)
        return
    number, one = chosen(standard.cases, name)
    result = run_case(scheme=standard.scheme, case=one)
    tell_case(number, result, standard.scheme)
    show_outcomes(out, result.award, standard.scheme)
    out.print(f"\nMore: {called()} standards explain {_quoted(folder)} {number}", markup=False)
    if result.differences:
        raise typer.Exit(1)


def tell_case(number: int, result: CaseResult, scheme: Scheme) -> None:
    """What the case is, what it expects, and what it gave."""
    expect = result.case.expect
    out.print(f"Case {number}: {result.case.case}", style="bold", markup=False)
    if expect.why:
        out.print(f"  {' '.join(expect.why.split())}", markup=False)
    if expect.outcome is not None:
        out.print(f"  expected: {scheme.outcome(expect.outcome).title} ({expect.outcome})", markup=False)
    given = result.award
    lasts = f", valid for {given.valid_for}" if given.valid_for is not None else ""
    silent = "; the rules are silent here, and people decide" if given.judgement else ""
    out.print(f"  given:    {given.title} ({given.outcome}){lasts}{silent}", markup=False)
    for difference in result.differences:
        out.print(f"  differs:  {difference}", style="red", markup=False)
    if not result.differences:
        out.print("  It gives what it expects.", style="green")


def _quoted(folder: Path) -> str:
    return f"'{folder}'" if " " in str(folder) else str(folder)
