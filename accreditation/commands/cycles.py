"""accredit cycle: where a cycle stands, drawn for a terminal."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from accreditation.commands import archives, visits
from accreditation.commands.aftermath import decided_by, show_decision, show_report
from accreditation.commands.carrying import carry_over
from accreditation.commands.demonstration.screen import in_the_way
from accreditation.commands.office import OFFICE
from accreditation.errors import NotFound
from accreditation.views.accuracy import report
from accreditation.views.awards import RecommendationShown, decision, recommendation
from accreditation.views.cycles import CycleWhole, FactShown, cycle_whole
from accreditation.views.history import History, history
from accreditation.views.progress import Progress, progress
from accreditation.views.working import ScoreShown
from accreditation.wiring import house

app = typer.Typer(help="One team's run through an edition.", no_args_is_help=True)


app.command("carry-over")(carry_over)
app.command("export")(archives.export)
app.command("date-visit")(visits.date_visit)
app.command("take-off")(visits.take_off)


@app.command()
def show(cycle: Annotated[int, typer.Argument(metavar="CYCLE", min=1, max=2**31 - 1, help="The cycle's id.")]) -> None:
    """Show where a cycle stands, what is missing, and everything that happened to it."""
    database, at = house().database, house().now()
    whole = cycle_whole(database, principal=OFFICE, cycle_id=cycle, at=at)
    out = Console(highlight=False, soft_wrap=True)
    _heading(out, whole)
    _progress(out, progress(database, principal=OFFICE, cycle_id=cycle, at=at))
    with suppress(NotFound):  # no report was sent to the team
        show_report(out, report(database, principal=OFFICE, cycle_id=cycle))
    with suppress(NotFound):  # nothing is recommended or decided yet
        _recommendation(out, recommendation(database, principal=OFFICE, cycle_id=cycle))
        show_decision(out, decision(database, principal=OFFICE, cycle_id=cycle))
    _history(out, history(database, principal=OFFICE, cycle_id=cycle))


def _heading(out: Console, whole: CycleWhole) -> None:
    out.print(f"[bold]{escape(whole.team.name)}[/bold], {escape(whole.organisation.name)}")
    out.print(
        f"{whole.scheme}, edition {whole.edition} ({whole.edition_digest[:12]}), round '{escape(whole.round_name)}'"
    )
    until = "" if whole.due is None else f"; due {whole.due:%-d %B %Y}{', LATE' if whole.late else ''}"
    out.print(f"Stage: [bold]{whole.stage.value.replace('_', ' ')}[/bold] ({whole.stage_meaning}){until}")
    if whole.waits_for:
        out.print(f"[yellow]{escape(whole.waits_for)}[/yellow]")
    facts = ", ".join(f"{one.fact.replace('_', ' ')}: {_fact(one)}" for one in whole.profile)
    out.print(f"Profile: {escape(facts)}")


def _fact(one: FactShown) -> str:
    """What is stated of a fact, in words; a choice in the scheme's own."""
    match one.value:
        case None:
            return "not stated" if one.asked_of == "team" else "not stated yet by the college office"
        case bool():
            return "yes" if one.value else "no"
        case str():
            return (one.choices or {}).get(one.value, one.value)
        case _:
            return f"{one.value:f} {one.unit}"


def _progress(out: Console, found: Progress) -> None:
    table = Table(title="\nThe team's own answers", title_justify="left", title_style="bold", box=None, pad_edge=False)
    for heading, justify in (("domain", "left"), ("answered", "right"), ("met", "right")):
        table.add_column(heading, justify="right" if justify == "right" else "left")
    for domain in found.domains:
        table.add_row(f"{domain.domain} {escape(domain.title)}", f"{domain.answered} of {domain.of}", str(domain.met))
    out.print(table)
    out.print(f"Evidence: {found.evidence.attached} of {found.evidence.required} required criteria have it.")
    for old in found.evidence.outdated:
        out.print(f"  too old for a submission today: {old.id} {escape(old.because)}")
    out.print(f"By these answers: [bold]{escape(found.gap.title)}[/bold].")
    _scores(out, found.gap.scores)
    for limit in found.gap.limited:
        out.print(f"  not {limit.instead_of.replace('_', ' ')}: {escape(limit.because)}")
    for one in found.gap.improvements:
        out.print(f"  {one.size} to improve for {escape(in_the_way(one))}")


def _recommendation(out: Console, found: RecommendationShown) -> None:
    """What the rules recommend, with the working of every outcome that was tried, the highest first."""
    what = "The rules are silent; people decide" if found.judgement else "The rules recommend"
    valid = "" if found.valid_for is None else f", valid for {found.valid_for}"
    out.print(f"\n[bold]{what}: {escape(found.title)}[/bold]{valid}")
    if by := decided_by(found.body, found.confirmed_by):
        out.print(f"  to be decided by: {escape(by)}")
    for warning in found.warnings:
        out.print(f"  Mind: {warning}.", style="yellow", markup=False)
    _scores(out, found.scores)
    for tried in found.working:
        out.print(f"  {tried.outcome.replace('_', ' ')}: {'holds' if tried.holds else 'does not hold'}")
        for part in tried.parts:
            way = f"; in the way: {', '.join(part.in_the_way)}" if part.in_the_way else ""
            mark = "=" if part.holds is None else "✓" if part.holds else "✗"
            out.print(f"    {mark} {escape(part.rule)}: {escape(part.found)}{way}")
    for limit in found.limited:
        way = f"; in the way: {', '.join(limit.in_the_way)}" if limit.in_the_way else ""
        taken, left = (one.replace("_", " ") for one in (limit.instead_of, limit.at_best))
        out.print(f"  limited from {taken} to {left}: {escape(limit.because)}{way}")


def _scores(out: Console, scores: Sequence[ScoreShown]) -> None:
    for one in scores:
        level = "" if one.level in (None, one.shown) else f", level {one.level}"
        out.print(f"  {escape(one.title)}: {escape(one.shown)}{escape(level)}")


def _history(out: Console, found: History) -> None:
    out.print("\n[bold]What happened[/bold]")
    for one in found.stages:
        did = f"{one.move.replace('_', ' ')}, {one.by}" + (f": {one.reason}" if one.reason else "")
        out.print(f"  {one.at:%-d %b %Y %H:%M}  {one.to_stage.value.replace('_', ' ')} ({escape(did)})")
