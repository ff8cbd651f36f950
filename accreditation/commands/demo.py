"""accredit demo: three demonstration teams, from self-assessment to a published result."""

import time
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console

from accreditation.actions.begin_demonstration import begin_demonstration
from accreditation.actions.create_token import create_token
from accreditation.actions.export_archive import export_archive
from accreditation.actions.publish_edition import publish_edition
from accreditation.archive.verify import verify_archive
from accreditation.commands.archives import write_whole
from accreditation.commands.demonstration.cast import Cast
from accreditation.commands.demonstration.elsewhere import OTHER, elsewhere
from accreditation.commands.demonstration.folder import HOME, fresh, kept_in
from accreditation.commands.demonstration.monday import LONG_AGO, Monday
from accreditation.commands.demonstration.people import Person
from accreditation.commands.demonstration.play import steps
from accreditation.commands.demonstration.scene import Scene, Tell
from accreditation.commands.demonstration.screen import Screen
from accreditation.commands.demonstration.story import TEAMS
from accreditation.commands.office import OFFICE, called
from accreditation.ledger.entries import verify
from accreditation.library import load
from accreditation.rules.cycle import Stage
from accreditation.rules.grants import Reach
from accreditation.rules.people import Role
from accreditation.scheme.read import Standard
from accreditation.views.archive import archive_of
from accreditation.views.endings import Ending, endings
from accreditation.views.glance import Asked, at_a_glance
from accreditation.wiring import House, house


def demo(
    data: Annotated[Path, typer.Option(help="Where the demonstration keeps its own records.")] = HOME,
    standards: Annotated[Path, typer.Option(help="The stroke scheme.")] = Path("standards/stroke"),
) -> None:
    """Run three demonstration teams through the whole cycle. Exit code 0 only if all three ended as they must."""
    from accreditation.commands.engine import Engine, quiet_logs  # noqa: PLC0415  (Prefect costs seconds)
    from flows.claims import only_one  # noqa: PLC0415

    began = time.monotonic()
    quiet_logs()
    standard = load(standards)
    scheme = standard.scheme
    out = Console(highlight=False, soft_wrap=True)
    out.print(f"[bold]{scheme.title}, edition {scheme.edition}[/bold]: {len(scheme.criteria)} criteria.")
    out.print("Three teams that do not exist go from self-assessment to a published result.")
    out.print(kept_in(data), markup=False)
    with only_one(home=data):
        with only_one(home=data / "prefect"):  # an engine that serves this folder keeps it
            fresh(data)
        out.print("[dim]Starting the API, Prefect and the dispatcher ...[/dim]")
        house().clock.behind = LONG_AGO
        with Engine(house(), port=0, prefect_port=0) as engine:
            started = time.monotonic()
            _play(engine.url, house(), standard, Screen(out).tell)
            ended = time.monotonic()
            runs = engine.dispatcher.runs if engine.dispatcher is not None else 0
        right = _end(out, house()) and _waits(out, house()) and _archived(out, house(), data / "cycle-1.zip")
        right = right and _elsewhere(out, house(), standards.parent / OTHER)
        out.print(f"Start {started - began:.1f} s, from enrolment to Monday {ended - started:.1f} s, {runs} flow runs.")
        out.print(f"Look at it again: ACCREDIT_DATA={data} {called()} cycle show 2", markup=False)
        out.print(f"Be one of its people: ACCREDIT_DATA={data} {called()} serve --demo", markup=False)
    if not right:
        raise typer.Exit(1)


def _play(url: str, house: House, standard: Standard, tell: Tell) -> None:
    """What happened before happens with the clock set back; it shows the present again at the end."""
    begin_demonstration(house.database, at=house.now())
    publish_edition(
        house.database, principal=OFFICE, scheme=standard.scheme, cases=standard.cases, at=house.now()
    )  # fmt: skip
    token = create_token(
        house.database, principal=OFFICE, name="demonstration office", role=Role.OFFICE, team_id=None,
        reviewer_id=None, valid_for=timedelta(days=365), at=house.now(),
    )  # fmt: skip

    def move(before: timedelta) -> None:
        house.clock.behind = before

    with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        office = Person(client, token=token)
        cast = Cast(office=office, person=lambda token: Person(client, token=token))
        scene = Scene(office=office, cast=cast, tell=tell, moment=house.now)
        for step in chain(steps(scene), Monday(scene, move=move).steps()):
            step()


def _end(out: Console, house: House) -> bool:
    """Show how it ended, by the records; True where that is how it must end."""
    with house.database.reading() as session:
        found = endings(session, principal=OFFICE, round_id=1)
        verified = verify(session)
    Screen(out).end(found)
    out.print(f"The ledger is whole: {verified.entries} entries, head {verified.head[:12]}.")
    wrong = [
        f"{story.team} should have ended published as {story.ends_as}"
        for story in TEAMS
        if not any(_fits(one, story.team, story.ends_as) for one in found)
    ]
    for line in wrong:
        out.print(line, style="red")
    return not wrong and len(found) == len(TEAMS)


def _waits(out: Console, house: House) -> bool:
    """Show what the office finds on its first page; True where nothing is missing that a Monday has."""
    found = at_a_glance(house.database, principal=OFFICE, reach=Reach(whole=True), asked=Asked(), at=house.now())
    numbers = {one.stage: one.number for one in found.stages}
    files, risks = (len(found.desk.files), len(found.desk.risks)) if found.desk is not None else (0, 0)
    waiting = (
        (sum(one.late for one in found.stages), "late"),
        (files, "with a document that is kept back and explained"),
        (risks, "with an immediate risk that is not answered"),
        (numbers.get(Stage.ASSIGNMENT, 0), "with a review team to confirm"),
        (numbers.get(Stage.DECISION, 0), "for the committee to decide"),
    )
    out.print("On a Monday, of the second round: " + ", ".join(f"{number} {what}" for number, what in waiting) + ".")
    return all(number for number, _ in waiting)


def _archived(out: Console, house: House, to: Path) -> bool:
    """Export the first team's cycle as one archive, and check it as anybody can who has nothing but the file."""
    database, store = house.database, house.evidence
    archive = archive_of(database, store, principal=OFFICE, cycle_id=1)
    write_whole(to, export_archive(database, store, principal=OFFICE, cycle_id=1, archive=archive, at=house.now()))
    checked = verify_archive(to, digest=archive.sha256)
    said = "everything is as it was exported" if checked.whole else "something is not as it was exported"
    out.print(f"Cycle 1 is one archive with {archive.documents} documents. Checked by itself: {said}.")
    out.print(f"Check it yourself: {called()} verify {to} --digest {archive.sha256}", markup=False)
    return checked.whole


def _elsewhere(out: Console, house: House, other: Path) -> bool:
    """Enrol the first team in another scheme that ships: what it has is offered, and another kind is not taken."""
    scheme = load(other).scheme
    found = elsewhere(house, scheme)
    out.print(f"{TEAMS[0].team} is enrolled for {scheme.title.lower()} too: {found.offered}.", markup=False)
    out.print(f"A file that this scheme does not take is refused: {found.refused}", markup=False)
    return bool(found.offered and found.refused)


def _fits(one: Ending, team: str, outcome: str) -> bool:
    return one.team == team and one.stage is Stage.PUBLISHED and one.outcome == outcome
