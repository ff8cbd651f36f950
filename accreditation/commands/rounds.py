"""accredit round: open a round on an edition, with an audit's published results where the scheme takes them."""

import hashlib
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, track

from accreditation.actions.enrol import enrol
from accreditation.actions.import_indicators import OfFile, import_indicators
from accreditation.actions.import_teams import import_teams
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.commands import proposals
from accreditation.commands.agreeing import agreement
from accreditation.commands.audits import Published, audit_of, in_one_network, read_audit
from accreditation.commands.counting import many
from accreditation.commands.gaps import show_gaps
from accreditation.commands.office import OFFICE
from accreditation.commands.standards import publishable
from accreditation.commands.working import work_until_idle
from accreditation.errors import Contradiction, Fault, Invalid
from accreditation.rules.indicators.periods import FORMS, Period, read_period
from accreditation.scheme.read import Standard
from accreditation.views.round_list import rounds
from accreditation.views.rounds import round_gaps
from accreditation.views.schemes import edition as edition_whole
from accreditation.views.schemes import which_edition
from accreditation.wiring import House, house

app = typer.Typer(help="Rounds: batches of cycles that run on one edition.", no_args_is_help=True)


app.command("propose")(proposals.propose)
app.command("confirm")(proposals.confirm)
app.command("agreement")(agreement)


@app.command("open")
def open_(
    edition: Annotated[
        list[str],
        typer.Argument(
            metavar="EDITION",
            help="A published edition, as in stroke 2026.4, or its digest; or a folder, standards/stroke.",
        ),
    ],
    audit: Annotated[
        Path | None, typer.Option(help="An audit's published results, a CSV file: enrol every team in it.")
    ] = None,
    quarter: Annotated[
        str, typer.Option(help="With --audit: the period in that file, as it is written there: 2023-10-01.")
    ] = "",
    name: Annotated[
        str, typer.Option(help="The round's name; with --audit it is named after audit and period where none is given.")
    ] = "",
    audit_name: Annotated[
        str, typer.Option(help="With --audit: which audit of the scheme it is, where there are several.")
    ] = "",
) -> None:
    """Open a round of this name on an edition; the same again changes nothing.

    A folder's edition is published first. With --audit every team that the audit published is enrolled, its levels are
    taken as measured ratings and the gaps are reported. Nothing is invented: what was not published is left for the
    team to answer, and no award is given.
    """
    period = _asked(audit=audit, quarter=quarter, name=name)
    standard = _standard(house(), " ".join(edition))
    if audit is None or period is None:
        _open(house(), standard, name)
    else:
        _with_audit(house(), standard, audit, period=period, name=name, audit_name=audit_name)


@app.command("list")
def list_() -> None:
    """Show the rounds, a line each, the newest first, with the number by which they are named."""
    database, out = house().database, Console(highlight=False, soft_wrap=True)
    found = rounds(database, principal=OFFICE).rounds
    for one in found:
        edition = edition_whole(database, principal=OFFICE, digest=one.edition_digest)
        opened = f"opened {one.opened_at:%-d %B %Y}"
        out.print(f"{one.id}  {one.name}: {one.scheme} {edition.edition}, {opened}", markup=False)
    if not found:
        out.print("No round is open yet. To open one: accredit round open EDITION --name NAME", markup=False)


def _asked(*, audit: Path | None, quarter: str, name: str) -> Period | None:
    """The period of the audit that is meant, where one is. Raises Invalid naming what is missing."""
    if audit is None:
        if not name.strip():
            raise Invalid([Fault(where="--name", found="not given", allowed="the round's name, as in 'Spring 2027'")])
        return None
    if not quarter:
        allowed = "with --audit, the period in that file, as it is written there: 2023-10-01"
        raise Invalid([Fault(where="--quarter", found="not given", allowed=allowed)])
    period = read_period(quarter)
    if period is None:
        raise Invalid([Fault(where="--quarter", found=f"'{quarter}'", allowed=FORMS)])
    return period


def _standard(house: House, given: str) -> Standard:
    """The standard in a folder, or the published edition that is named."""
    if Path(given).exists() or "/" in given:
        standard = publishable(Path(given))
        if standard is None:
            raise typer.Exit(1)
        return standard
    digest = which_edition(house.database, principal=OFFICE, named=given, where="EDITION")
    return Standard(scheme=edition_whole(house.database, principal=OFFICE, digest=digest).content, cases=())


def _open(house: House, standard: Standard, name: str) -> None:
    database, at, scheme = house.database, house.now(), standard.scheme
    digest = publish_edition(database, principal=OFFICE, scheme=scheme, cases=standard.cases, at=at)
    number = open_round(database, principal=OFFICE, digest=digest, name=name, at=at)
    Console(highlight=False, soft_wrap=True).print(
        f"Round {number}, '{name.strip()}', is open on {scheme.id} {scheme.edition} ({digest[:12]}).", markup=False
    )


def _with_audit(house: House, standard: Standard, audit: Path, *, period: Period, name: str, audit_name: str) -> None:
    """Enrol every team of the audit in the round, let the engine look at their answers, and report the gaps."""
    began, scheme = time.monotonic(), standard.scheme
    out = Console(highlight=False, soft_wrap=True)
    known, about = audit_of(scheme, audit_name)
    published = read_audit(audit, scheme=scheme, name=known, period=period)
    out.print(f"{about.title}, {period.label}: {many(len(published), 'team', 'teams')}", style="bold")
    of = OfFile(source=known, file_name=audit.name, digest=hashlib.sha256(audit.read_bytes()).hexdigest())
    round_id, changed, to_say = _enrol(house, standard, published, of=of, name=name or f"{known} {period.label}")
    for words in to_say:
        out.print(words, style="yellow", markup=False)
    runs = _work(house)
    with house.database.reading() as session:
        gaps = round_gaps(session, principal=OFFICE, round_id=round_id)
    show_gaps(out, gaps)
    by = "by the engine that runs already" if runs is None else many(runs, "flow run", "flow runs")
    out.print(f"{many(changed, 'answer was', 'answers were')} new. {time.monotonic() - began:.1f} s, {by}.")


def _enrol(
    house: House, standard: Standard, published: list[Published], *, of: OfFile, name: str
) -> tuple[int, int, list[str]]:
    """Enrol every team and keep its published answers.

    Says the round's id, how many answers were new, and what a person should know: which organisations the file lists in
    several networks, and why teams were left out whose cycle was withdrawn.
    """
    database = house.database
    digest = publish_edition(
        database, principal=OFFICE, scheme=standard.scheme, cases=standard.cases, at=house.now()
    )  # fmt: skip
    rows, notes = in_one_network([one.team for one in published])
    teams = import_teams(database, principal=OFFICE, rows=rows, at=house.now())
    round_id = open_round(database, principal=OFFICE, digest=digest, name=name, at=house.now())
    reported = [one.reported for one in published]
    until = reported[0].period.begins
    left_out = []
    for team_id in track(teams.team_ids, description="Enrolling", transient=True):
        try:
            enrol(
                database, principal=OFFICE, team_id=team_id, round_id=round_id, profile={}, until=until, at=house.now()
            )
        except Contradiction as withdrawn:
            left_out.append(f"left out: {withdrawn}")
    done = import_indicators(
        database, principal=OFFICE, round_id=round_id, reported=reported, of=of, until=until, at=house.now(),
    )  # fmt: skip
    return round_id, len(done.answers), [*notes, *left_out]


def _work(house: House) -> int | None:
    with Progress(transient=True) as progress:
        task = progress.add_task("Self-assessment flow", total=None)

        def left(number: int) -> None:
            progress.update(task, description=f"Self-assessment flow, {number} to do")

        return work_until_idle(house, progress=left)
