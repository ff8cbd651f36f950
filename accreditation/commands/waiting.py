"""accredit evidence waiting: files that wait to be looked at, or are kept back."""

from rich.console import Console

from accreditation.commands.kept_back import to_do
from accreditation.commands.office import OFFICE
from accreditation.views.clearance import ClosedFile, closed_files
from accreditation.wiring import house

PAGE = 200


def waiting() -> None:
    """List the files of running cycles that only their team can open: how each stands, why, and what to do."""
    out, after, told = Console(highlight=False, soft_wrap=True), 0, 0
    while True:
        found = closed_files(house().database, principal=OFFICE, after=after, limit=PAGE)
        for one in found.items:
            out.print(_line(one), markup=False)
            for place in one.found:
                out.print(f"  {place.label}: {place.masked}", markup=False)
            out.print(f"  {to_do(one)}", markup=False)
        told += len(found.items)
        if found.next_after is None:
            break
        after = found.next_after
    if not told:
        out.print("Nothing waits and nothing is kept back: every file of a running cycle is cleared.")


def _line(one: ClosedFile) -> str:
    why = f": {one.reason}" if one.reason else ""
    return (
        f"cycle {one.cycle}, {one.team} ({one.organisation}), evidence {one.evidence} for {', '.join(one.criteria)}: "
        f"{one.state.value} since {one.since:%Y-%m-%d %H:%M} UTC{why}"
    )
