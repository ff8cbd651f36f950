"""Which worked case does a person mean: by its name, the beginning of it, or its number?"""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated

import typer

from accreditation.commands.standards.folder import out
from accreditation.errors import NotFound
from accreditation.scheme.case import Case

CaseName = Annotated[str, typer.Argument(metavar="CASE", help="A worked case: its name, how it begins, or its number.")]


def chosen(cases: Sequence[Case], said: str) -> tuple[int, Case]:
    """The case that is meant, with its number (the first is 1). Raises NotFound with the cases that are close."""
    names = [case.case for case in cases]
    wanted = " ".join(said.split())
    if wanted.isdecimal() and 1 <= int(wanted) <= len(cases) and wanted not in names:
        return int(wanted), cases[int(wanted) - 1]
    exact = [number for number, name in enumerate(names, start=1) if name == wanted]
    begun = exact or [n for n, name in enumerate(names, start=1) if name.lower().startswith(wanted.lower())]
    if len(begun) == 1 or exact:
        return begun[0], cases[begun[0] - 1]
    if begun:
        raise NotFound(
            f"{len(begun)} cases begin with '{said}':\n{_listed(cases, begun)}\nSay more of it, or a number."
        )
    raise NotFound(_no_such(cases, said))


def _no_such(cases: Sequence[Case], said: str) -> str:
    if not cases:
        return "This standard has no worked cases. Write some in cases/, one for each outcome."
    by_name = {case.case.lower(): number for number, case in enumerate(cases, start=1)}
    close = [by_name[name] for name in get_close_matches(said.lower(), list(by_name), n=5, cutoff=0.4)]
    close = close or [n for name, n in by_name.items() if said.lower() in name][:5]
    hint = f" Did you mean:\n{_listed(cases, close)}" if close else ""
    return f"There is no case '{said}'; the cases have the numbers 1 to {len(cases)}.{hint}"


def _listed(cases: Sequence[Case], numbers: Sequence[int]) -> str:
    return "\n".join(f"  {number:3}  {cases[number - 1].case}" for number in numbers)


def list_cases(cases: Sequence[Case]) -> None:
    """All cases with their numbers, and what each expects."""
    for number, case in enumerate(cases, start=1):
        out.print(f"  {number:3}  {case.case}  [{case.expect.outcome or 'levels and scores'}]", markup=False)
