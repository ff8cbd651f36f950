"""accredit standards explain: why a worked case gives what it gives, and what would be needed for more."""

from typing import Annotated

import typer

from accreditation.commands.standards.case import tell_case
from accreditation.commands.standards.choosing import CaseName, chosen
from accreditation.commands.standards.drawing import (
    drawn,
    show_improvements,
    show_in_the_way,
    show_outcomes,
    show_scores,
)
from accreditation.commands.standards.folder import Folder, loaded_or_exit, out
from accreditation.errors import NotFound
from accreditation.rules.award import Award
from accreditation.rules.cases import run_case
from accreditation.rules.judging import work
from accreditation.rules.scoring import Score, score
from accreditation.scheme.explain import did_you_mean

Only = Annotated[str, typer.Option("--outcome", help="Explain this outcome alone: why it is given, or why not.")]


def explain(folder: Folder, case: CaseName, outcome: Only = "") -> None:
    """Explain a worked case: its working, its scores, what stands in the way, and what would lead higher."""
    standard = loaded_or_exit(folder)
    scheme = standard.scheme
    number, one = chosen(standard.cases, case)
    known = [each.outcome for each in scheme.award]
    if outcome and outcome not in known:
        raise NotFound(f"There is no outcome '{outcome}'{did_you_mean(outcome, known)}; there are {', '.join(known)}.")
    result = run_case(scheme=scheme, case=one)
    standing = score(scheme=scheme, profile=one.profile, answers=one.answers(scheme), by=one.by)
    tell_case(number, result, scheme)
    if outcome:
        _one_outcome(outcome, result.award, standing)
        return
    show_outcomes(out, result.award, scheme)
    show_scores(out, result.award)
    show_in_the_way(out, result.award.stands_in_the_way, standing)
    _higher(result.award, standing)


def _higher(given: Award, standing: Score) -> None:
    """The way to every higher outcome, and those to which there is none."""
    show_improvements(out, given.improvements, standing.scheme)
    found = {one.outcome for one in given.improvements}
    for above in reversed(standing.scheme.award):
        if above.outcome == given.outcome or above.judgement or above.outcome in found:
            continue
        if standing.scheme.award.index(above) < standing.scheme.award.index(standing.scheme.outcome(given.outcome)):
            unknown = above.outcome in given.not_worked_out
            words = "could not be worked out" if unknown else "cannot be reached by improving criteria that count here"
            out.print(f"\n{above.title}{': the smallest improvement' if unknown else ''} {words}.", markup=False)
    if standing.scheme.award[0].outcome == given.outcome:
        out.print("\nThere is no higher outcome.")


def _one_outcome(wanted: str, given: Award, standing: Score) -> None:
    scheme = standing.scheme
    about = scheme.outcome(wanted)
    working = dict(given.working).get(wanted)
    if working is None and about.when is not None:
        out.print(f"\n{about.title} stands below the outcome given, so its rule was not needed. It says:", markup=False)
        working = work(about.when, standing)
    if working is None:
        out.print(f"\n{about.title} is what is left where no higher outcome is reached.", markup=False)
        return
    out.print(f"\n{about.title} ({wanted})", style="bold", markup=False)
    out.print(drawn(working))
    for limit in given.limited:
        if limit.instead_of == wanted:
            out.print(f"\nA limit took it away: {limit.because}", style="bold", markup=False)
            out.print(drawn(limit.working))
    show_in_the_way(out, working.in_the_way, standing)
    show_improvements(out, [one for one in given.improvements if one.outcome == wanted], scheme)
