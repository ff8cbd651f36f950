"""Rounds in the words of the college office: the list, one with its cycles, and who may still take part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accreditation.actions.enrol_several import Enrolled
from accreditation.rules.cycle import Stage
from accreditation.views.cycles import CycleRow
from accreditation.views.round_desk import Candidates, RoundAtAGlance, RoundDesk
from accreditation.views.schemes import EditionOffered
from api.presenting.college.in_force import briefly, warned
from api.presenting.college.no_way_in import Missing, missing
from api.presenting.college.pages import Paged, paged
from api.presenting.moments import day_of
from api.presenting.register import Told
from api.presenting.register_list import Choice
from api.presenting.review.visits import OVER, STAGES
from api.words import Words, marked

SAID: Mapping[str, str] = {
    "edition": marked("Choose the edition that the round runs on."),
    "teams": marked("Choose at least one team, or hand in a list."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""

OPENED: Mapping[str, str] = {
    "now": marked("The round is open. Let teams take part in it next."),
    "before": marked(
        "This round is open already, on this edition: nothing was changed. Give a new round another name."
    ),
}
"""Whether a round was opened just now, or was open before -> what is said of it."""

LABELS: Mapping[str, str] = {"name": marked("Name of the round")}
"""What a fault is about -> what its field is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A round in a list."""

    address: str
    name: str
    scheme: str
    opened: str
    teams: str
    waiting: str
    ended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InStage:
    """A stage: what it is called, how many cycles are in it, and where just these are listed."""

    name: str
    number: int
    address: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleLine:
    """A cycle in the list of a round."""

    address: str
    team: str
    organisation: str
    stage: str
    since: str
    by: str
    late: bool
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRound:
    """A round's page. `teams_found` says in a sentence how its review teams come about."""

    root: str
    name: str
    caption: str
    about: tuple[Told, ...]
    early: str
    stages: tuple[InStage, ...]
    chosen: str
    cycles: tuple[CycleLine, ...]
    more: str
    waiting: int
    teams_found: str
    proposal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A team that could take part."""

    id: int
    team: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """The page on which teams are chosen for a round."""

    root: str
    name: str
    words: str
    early: str
    teams: tuple[Candidate, ...]
    paged: Paged
    known: int


def row(one: RoundAtAGlance, words: Words) -> Row:
    """A round in the list."""
    return Row(
        address=f"/college/rounds/{one.id}", name=one.name, scheme=scheme_of(one, words),
        opened=words.day(day_of(one.opened_at)),
        teams=words.many("%(number)s team", "%(number)s teams", one.cycles),
        waiting=_waiting(one, words), ended=_ended(one, words),
    )  # fmt: skip


def scheme_of(one: RoundAtAGlance, words: Words) -> str:
    """The scheme and edition of this round."""
    return words("%(title)s, edition %(edition)s", title=one.title, edition=one.edition)


def one_round(one: RoundDesk, *, stage: Stage | None, words: Words, invites: bool, today: date) -> OneRound:
    """The page of this round; `stage` is the one whose cycles are listed, None for all.

    `invites` where whoever reads it can let people in; `today` says whether its edition is in force.
    """
    root = f"/college/rounds/{one.id}"
    following = one.rows.next_after
    query = "" if stage is None else f"&stage={stage.value}"
    waiting = one.stages.get(Stage.ASSIGNMENT, 0)
    return OneRound(
        root=root, name=one.name, caption=scheme_of(one, words),
        about=(
            Told(name=words("Opened"), value=words.day(day_of(one.opened_at))),
            Told(name=words("Teams"), value=str(one.cycles) if one.cycles else words("None yet")),
        ),
        early=warned(one.in_time, today, words),
        stages=tuple(_in_stage(one, each, stage, root, words) for each in one.stages),
        chosen="" if stage is None else words(STAGES[stage][0]),
        cycles=tuple(
            _line(each, missing(one.no_way_in[each.id], words, invites=invites), words) for each in one.rows.items
        ),
        more="" if following is None else f"{root}?after={following}{query}",
        waiting=waiting, teams_found=_teams_found(one, waiting, words),
        proposal="" if one.proposal is None else f"{root}/proposals/{one.proposal}",
    )  # fmt: skip


def choosing(one: Candidates, *, search: str, today: date, words: Words) -> Choosing:
    """The page on which teams are chosen."""
    root = f"/college/rounds/{one.round.id}"
    return Choosing(
        root=root, name=one.round.name, words=search, early=warned(one.in_time, today, words),
        teams=tuple(
            Candidate(
                id=each.id, team=each.name,
                about=", ".join(filter(None, (each.organisation.name, each.organisation.ods_code, each.service_line))),
            )
            for each in one.teams.items
        ),
        paged=paged(one.teams, at=f"{root}/teams", asked={"search": search}), known=one.round.cycles,
    )  # fmt: skip


def offered(editions: tuple[EditionOffered, ...], today: date, words: Words) -> tuple[Choice, ...]:
    """The editions that a round can run on, by scheme, the newest first; with each that is not in force, that."""
    return tuple((one.digest, _offer(one, today, words)) for one in editions)


def enrolled_words(done: Enrolled, words: Words) -> str:
    """What is said after teams were enrolled."""
    new = words.many("%(number)s team takes part from now on.", "%(number)s teams take part from now on.", done.new)
    if not done.known:
        return new
    known = words.many("%(number)s took part already.", "%(number)s took part already.", done.known)
    return f"{new} {known}"


def _offer(one: EditionOffered, today: date, words: Words) -> str:
    named = words("%(title)s, edition %(edition)s", title=one.title, edition=one.edition)
    standing = briefly(one.in_time, today, words)
    return words("%(edition)s (%(standing)s)", edition=named, standing=standing) if standing else named


def _in_stage(one: RoundDesk, each: Stage, stage: Stage | None, root: str, words: Words) -> InStage:
    return InStage(
        name=words(STAGES[each][0]), number=one.stages[each], address=f"{root}?stage={each.value}", here=each is stage
    )


def _line(one: CycleRow, unreached: tuple[Missing, ...], words: Words) -> CycleLine:
    return CycleLine(
        address=f"/college/cycles/{one.id}", team=one.team.name, organisation=one.organisation.name,
        stage=words(STAGES[one.stage][0]), since=words.day(day_of(one.since)), by=_by(one, words),
        late=one.late and one.stage not in OVER, missing=unreached,
    )  # fmt: skip


def _by(one: CycleRow, words: Words) -> str:
    if one.stage in OVER:
        return words("Finished")
    return words("No day is set") if one.due is None else words.day(day_of(one.due))


def _waiting(one: RoundAtAGlance, words: Words) -> str:
    number = one.stages.get(Stage.ASSIGNMENT, 0)
    return words.many("%(number)s waits for reviewers", "%(number)s wait for reviewers", number) if number else ""


def _ended(one: RoundAtAGlance, words: Words) -> str:
    number = sum(one.stages.get(each, 0) for each in OVER)
    return words.many("%(number)s has ended", "%(number)s have ended", number) if number else ""


def _teams_found(one: RoundDesk, waiting: int, words: Words) -> str:
    if not waiting:
        return words("No team waits for reviewers now. A team does once it has sent its evidence.")
    said = words.many("%(number)s team waits for reviewers.", "%(number)s teams wait for reviewers.", waiting)
    if not one.confirms:
        return words("%(said)s In this scheme they are seated as soon as they are found.", said=said)
    return words(
        "%(said)s In this scheme the college office looks at who is proposed, changes it where it likes, and confirms.",
        said=said,
    )
