"""accredit evidence release, uphold and look-again: the college office's answer about a file that is kept back."""

from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.answer_clearance import answer_clearance
from accreditation.commands.office import OFFICE
from accreditation.rules.clearance import STATE_MEANINGS, Step, steps_of
from accreditation.rules.people import Role
from accreditation.views.clearance import ClosedFile
from accreditation.wiring import house

Evidence = Annotated[int, typer.Argument(metavar="EVIDENCE", min=1, max=2**31 - 1, help="The file's number.")]
Cycle = Annotated[int, typer.Option(min=1, max=2**31 - 1, help="The cycle that it is evidence of.")]
Seen = Annotated[int, typer.Option(min=0, max=2**31 - 1, help="The step that you answer, as 'waiting' names it.")]
Reason = Annotated[str, typer.Option(help="Why, in a sentence. Never write a patient's number here.")]

COMMANDS = {Step.RELEASE: "release", Step.UPHOLD: "uphold", Step.LOOK_AGAIN: "look-again"}
"""The command of each step that the college office takes."""


def release(evidence: Evidence, cycle: Cycle, seen: Seen, reason: Reason) -> None:
    """Let a file be opened that its team has explained, or whose being kept back was upheld by mistake."""
    _answer(Step.RELEASE, evidence, cycle=cycle, seen=seen, reason=reason)


def uphold(evidence: Evidence, cycle: Cycle, seen: Seen, reason: Reason) -> None:
    """Keep a file back although its team has explained it, or one that was released by mistake."""
    _answer(Step.UPHOLD, evidence, cycle=cycle, seen=seen, reason=reason)


def look_again(evidence: Evidence, cycle: Cycle, seen: Seen, reason: Reason) -> None:
    """Have the engine look again at a file that it held or refused."""
    _answer(Step.LOOK_AGAIN, evidence, cycle=cycle, seen=seen, reason=reason)


def _answer(step: Step, evidence: int, *, cycle: int, seen: int, reason: str) -> None:
    state = answer_clearance(
        house().database, principal=OFFICE, cycle_id=cycle, evidence_id=evidence, step=step, reason=reason,
        seen_version=seen, at=house().now(),
    )  # fmt: skip
    Console(highlight=False, soft_wrap=True).print(
        f"Evidence {evidence} of cycle {cycle} is {state.value}: {STATE_MEANINGS[state]}.", markup=False
    )


def to_do(one: ClosedFile) -> str:
    """What may the college office do about this file, as one types it? Else whose turn it is."""
    steps = steps_of(one.state, Role.OFFICE)
    if not steps:
        return "nothing for the office to do now"
    told = f"{one.evidence} --cycle {one.cycle} --seen {one.version} --reason '...'"
    return "; or ".join(f"accredit evidence {COMMANDS[step]} {told}" for step in steps)
