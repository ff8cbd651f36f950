"""accredit cycle carry-over: what it would do to let a running cycle go on under another edition, and do it."""

from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.carry_over import carry_over_cycle
from accreditation.commands.office import OFFICE, called
from accreditation.rules.carrying_over import CarryOver, Concerned
from accreditation.views.carry_over import CarryOverPreview, carry_over_preview, edition_for
from accreditation.wiring import house

CycleId = Annotated[int, typer.Argument(min=1, max=2**31 - 1, help="The cycle's id.")]
To = Annotated[
    str, typer.Option(help="The edition: its label or its digest; without it, the one that was published last.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without this, only say what would happen.")]


def carry_over(cycle: CycleId, to: To = "", yes: Yes = False) -> None:
    """Say what carrying a running cycle over to another edition would do; with --yes, do it.

    Answers that mean the same stay. The others are asked for again and stay in the records.
    """
    out = Console(highlight=False, soft_wrap=True)
    database, at = house().database, house().now()
    digest = edition_for(database, principal=OFFICE, cycle_id=cycle, named=to, where="--to") if to else None
    shown = carry_over_preview(database, principal=OFFICE, cycle_id=cycle, digest=digest, at=at)
    _edition(out, shown)
    if shown.would_do is None:
        out.print("The cycle runs on this edition already; nothing is to be done.")
        return
    _told(out, shown.would_do)
    if yes or shown.would_do.refused:
        carry_over_cycle(database, principal=OFFICE, cycle_id=cycle, digest=shown.would_do.to_digest, at=at)
    _ending(out, shown, shown.would_do, done=yes)


def _edition(out: Console, shown: CarryOverPreview) -> None:
    judged = shown.judged_by
    out.print(f"Cycle {shown.cycle} runs on edition {shown.edition} ({shown.edition_digest[:12]}).", style="bold")
    out.print(
        f"By the scheme's own rule edition {judged.edition} judges it{'' if judged.settled else ', as things stand'}. "
        f"{judged.because}",
        markup=False,
    )


def _told(out: Console, found: CarryOver) -> None:
    if found.refused:
        return
    out.print(f"\nTo edition {found.to_edition} ({found.to_digest[:12]}):", style="bold")
    out.print(f"  {len(found.kept)} answers are kept.")
    _listed(out, "to be answered again", found.again)
    _listed(out, "to be answered", found.new)
    _listed(out, "evidence to be attached", found.evidence)
    for one in found.facts:
        out.print(f"  to be stated: {one.question} ({one.because})", markup=False)
    _listed(out, "kept, but look again", found.look_again)
    _listed(out, "no longer asked", found.withdrawn)
    again = sum(found.reviews.values())
    if found.reviews_begin_anew:
        out.print("  The review begins anew: one that was handed in would not mean the same.")
    elif again:
        out.print(f"  {again} {'rating' if again == 1 else 'ratings'} of reviewers are to be given again.")


def _listed(out: Console, words: str, concerned: Iterable[Concerned]) -> None:
    for one in concerned:
        out.print(f"  {words}: {one.criterion} {one.title} ({one.because})", markup=False)


def _ending(out: Console, shown: CarryOverPreview, found: CarryOver, *, done: bool) -> None:
    where = shown.leads_to.value.replace("_", " ")
    verb = ("is" if done else "would be") if shown.leads_to is not found.stage else ("stays" if done else "would stay")
    back = " again, and its team finds the reason at each criterion" if shown.leads_to is not found.stage else ""
    out.print(f"The cycle {verb} in the stage '{where}'{back}.")
    if done:
        out.print("Carried over.", style="bold")
    else:
        again = f"{called()} cycle carry-over {shown.cycle} --to {found.to_edition} --yes"
        out.print(f"Nothing was changed. To do it: {again}")
