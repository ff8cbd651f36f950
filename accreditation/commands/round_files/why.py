"""Why somebody sits, or does not sit, in a visit's team: told on a screen."""

from collections.abc import Collection

from rich.console import Console

from accreditation.commands.round_files.together import FromFiles
from accreditation.errors import Fault, Invalid
from accreditation.rules.matching import Match, explain
from accreditation.scheme.explain import did_you_mean


def say_why(screen: Console, told: FromFiles, found: Match, *, reviewer: str, team: str) -> None:
    """Say why. Raises Invalid where nobody, or no service, or several services are of that name."""
    people = {one.name: one.id for one in told.asked.reviewers}
    visits = {name: cycle for cycle in told.visits for name in (told.visits[cycle].team_name, told.service(cycle))}
    several = [told.service(cycle) for cycle, one in told.visits.items() if one.team_name == team]
    faults = [*_unknown("reviewer", reviewer, people), *_unknown("service", team, visits)]
    if len(several) > 1:
        allowed = f"one of {', '.join(sorted(several))}"
        faults.append(
            Fault(where="--explain", found=f"'{team}' is the team of {len(several)} services", allowed=allowed)
        )
    if faults:
        raise Invalid(faults)
    first, *more = explain(told.asked, found, reviewer=people[reviewer], cycle=visits[team]).words
    screen.print(first, markup=False)
    for words in more:
        screen.print(words if words.endswith(":") else f"  {words}", markup=False)


def _unknown(what: str, name: str, known: Collection[str]) -> list[Fault]:
    if name in known:
        return []
    found = f"there is no {what} '{name}'{did_you_mean(name, known)}"
    return [Fault(where="--explain", found=found, allowed=f"a {what} of the files, written as there")]
