"""The files of a round together: what one says of another's people is found there, and a question is made of all."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from accreditation.commands.round_files.between import ConflictLine, LockLine, read_conflicts, read_locks
from accreditation.commands.round_files.numbers import Numbers
from accreditation.commands.round_files.travel import read_travel
from accreditation.commands.round_files.visited import ServiceLine, read_services
from accreditation.errors import Fault, Invalid
from accreditation.rules.conflicts import Days, Declared, Reviewer, Visit
from accreditation.rules.matching import Question, Seated, Waiver
from accreditation.rules.matching.travel import Travel
from accreditation.rules.matching.values import vain_preferences
from accreditation.rules.places import point_of
from accreditation.rules.reviewer_facts import Preference, Worked
from accreditation.scheme.process import AssignmentRules, Seat
from accreditation.workbook.lines import Faults
from accreditation.workbook.reviewers import ReviewerLine, read_reviewers

_NEARLY = 0.85
"""How alike two names are of which one may be meant for the other; trusts have long names that are much alike."""

_SHOWN = 5
"""So many names are shown of those that have no place in the table of travel times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Which files make the round; those that are not there are None."""

    reviewers: Path
    services: Path
    conflicts: Path | None = None
    travel: Path | None = None
    locks: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FromFiles:
    """A round as its files say, and the names of what has a number in it. `notes` are what a person should look at."""

    asked: Question
    organisations: Mapping[int, str]
    notes: tuple[str, ...]

    @property
    def visits(self) -> Mapping[int, Visit]:
        """The visits by number."""
        return {one.cycle: one for one in self.asked.visits}

    @property
    def reviewers(self) -> Mapping[int, Reviewer]:
        """The reviewers by number."""
        return {one.id: one for one in self.asked.reviewers}

    def service(self, cycle: int) -> str:
        """The team of this visit as it is told, with its organisation."""
        visit = self.visits[cycle]
        return f"{visit.team_name} ({self.organisations[visit.organisation]})"


@dataclass(slots=True, kw_only=True)
class _Lines:
    """What stands in the files, and what was noticed about it."""

    reviewers: list[ReviewerLine]
    services: list[ServiceLine]
    conflicts: list[ConflictLine]
    locks: list[LockLine]
    minutes: Mapping[tuple[str, str], int]
    notes: list[str] = field(default_factory=list)


def read_round(files: Files, *, seats: Sequence[Seat], rules: AssignmentRules, at: date | None) -> FromFiles:
    """What round do these files describe, where review teams are put together by these seats and rules?

    `at` is the day of visits whose days are not told; without one, whoever ever worked there counts as lately.
    Raises Invalid with every fault of every file; nothing is matched while there is one.
    """
    faults = Faults()
    lines = _read(files, tuple(seat.role for seat in seats), faults)
    if faults.whole(files.reviewers) or faults.whole(files.services):
        raise Invalid(faults.told)  # whoever is named elsewhere would only seem not to be listed
    numbers = Numbers(reviewers=lines.reviewers, services=lines.services)
    asked = Question(
        visits=tuple(_visit(line, numbers) for line in lines.services),
        reviewers=tuple(_reviewer(line, numbers, lines) for line in lines.reviewers),
        seats=tuple(seats),
        rules=rules,
        travel=_travel(lines.minutes),
        at=at,
        declared=tuple(_declared(lines, numbers)),
        locks=tuple(_locks(lines, numbers)),
        waived=tuple(_waived(lines, numbers)),
    )
    if wrong := faults.told:
        raise Invalid(wrong)
    lines.notes += [*_roles_left_out(lines), *_without_a_place(asked)]
    names = {number: name for name, number in numbers.organisations.items()}
    lines.notes += vain_preferences(asked, organisations=names)
    return FromFiles(asked=asked, organisations=names, notes=tuple(dict.fromkeys(lines.notes)))


def _read(files: Files, roles: tuple[str, ...], faults: Faults) -> _Lines:
    lines = _Lines(
        reviewers=read_reviewers(files.reviewers, faults=faults, roles=roles),
        services=read_services(files.services, faults=faults),
        conflicts=read_conflicts(files.conflicts, faults=faults) if files.conflicts else [],
        minutes=read_travel(files.travel, faults=faults) if files.travel else {},
        locks=read_locks(files.locks, faults=faults, roles=roles) if files.locks else [],
    )
    if not lines.services and not faults.told:
        found, allowed = "no service is listed", "a line for each service that is to be visited"
        faults.add(files.services, 0, Fault(where=str(files.services), found=found, allowed=allowed))
    if not lines.reviewers:
        lines.notes.append(f"{files.reviewers}: no reviewer is listed, so every seat stays empty")
    return lines


def _visit(line: ServiceLine, numbers: Numbers) -> Visit:
    return Visit(
        cycle=numbers.services[line.team, line.organisation],
        team_name=line.team,
        organisation=numbers.organisations[line.organisation],
        days=Days(first=line.days[0], last=line.days[1]) if line.days else None,
        specialties=frozenset(line.specialties),
        network=line.network or None,
        region=line.region or None,
        place=line.place or None,
        point=point_of(line.place),
        last_reviewers=frozenset(numbers.reviewers[name] for name in line.last_reviewers if name in numbers.reviewers),
    )


def _reviewer(line: ReviewerLine, numbers: Numbers, lines: _Lines) -> Reviewer:
    network = next((one.network for one in lines.services if one.organisation == line.employer and one.network), "")
    _look_elsewhere(line, numbers, lines)
    wishes = {"prefers": line.prefers, "rather_not": line.rather_not}
    return Reviewer(
        id=numbers.reviewers[line.name],
        name=line.name,
        roles=frozenset(line.roles),
        organisation=numbers.organisations[line.employer] if line.employer else None,
        capacity=line.capacity,
        specialties=frozenset(line.specialties),
        visits_done=line.visits_done,
        worked_at=tuple(
            Worked(organisation=numbers.organisations[name], until=until) for name, until in line.worked_at
        ),
        unavailable=line.unavailable,
        preferences=tuple(
            Preference(organisation=number, how="prefers" if column == "prefers" else "rather_not")
            for column, names in wishes.items()
            for name in names
            if (number := numbers.organisation(line.row, column, name)) is not None
        ),
        network=line.network or network or None,
        region=line.region or None,
        place=line.place or None,
        point=point_of(line.place),
    )


def _look_elsewhere(line: ReviewerLine, numbers: Numbers, lines: _Lines) -> None:
    """Is an employer, now or before, perhaps a listed one that is written differently? Then it would bar nobody."""
    named = [("employer", line.employer), *(("worked_at", name) for name, _ in line.worked_at)]
    for column, name in named:
        if not name or name in numbers.visited:
            continue
        for near in get_close_matches(name, sorted(numbers.visited), n=1, cutoff=_NEARLY):
            lines.notes.append(
                f"{line.row.where} column '{column}': '{name}' runs no service that is listed (did you mean {near}?); "
                "where it is that one, write it the same, or it keeps nobody from visiting it"
            )


def _travel(minutes: Mapping[tuple[str, str], int]) -> Travel:
    places = tuple(sorted({place for way in minutes for place in way}))
    return Travel(places=places, minutes=tuple(tuple(minutes.get((a, b)) for b in places) for a in places))


def _declared(lines: _Lines, numbers: Numbers) -> Iterator[Declared]:
    """Each conflict once; what is said twice is noted, and does no harm."""
    seen: dict[tuple[int, int, int | None, str], int] = {}
    for line in lines.conflicts:
        reviewer = numbers.reviewer(line.row, line.reviewer)
        organisation = numbers.organisation(line.row, "organisation", line.organisation)
        about = numbers.visit(line.row, team=line.team, organisation=line.organisation) if line.team else None
        if reviewer is None or organisation is None or (line.team and about is None):
            continue
        first = seen.setdefault((reviewer, organisation, about, line.by), line.row.line)
        if first != line.row.line:
            lines.notes.append(f"{line.row.where}: the same conflict stands in line {first}; once is enough")
            continue
        yield Declared(
            reviewer=reviewer, organisation=organisation, reason=line.reason, cycle=about,
            by="service" if line.by == "service" else "reviewer",
        )  # fmt: skip


def _locks(lines: _Lines, numbers: Numbers) -> Iterator[Seated]:
    """Each seat that must stand; that somebody is to sit in one team in two roles is a fault."""
    held: dict[tuple[int, int], LockLine] = {}
    for line in lines.locks:
        cycle = numbers.visit(line.row, team=line.team, organisation=line.organisation)
        reviewer = numbers.reviewer(line.row, line.reviewer)
        if cycle is None or reviewer is None:
            continue
        before = held.setdefault((cycle, reviewer), line)
        if before.role != line.role:
            found = f"'{line.reviewer}' is to be {before.role} in that team in line {before.row.line}"
            line.row.wrong("role", found=found, allowed="one role in a team")
        elif before is line:
            yield Seated(cycle=cycle, role=line.role, reviewer=reviewer)


def _roles_left_out(lines: _Lines) -> Iterator[str]:
    """Which roles of the file has the scheme not?"""
    for role, number in sorted(Counter(role for line in lines.reviewers for role in line.left_out).items()):
        held = "1 reviewer holds" if number == 1 else f"{number} reviewers hold"
        yield f"{held} the role {role}, which no team has here; it is left out"


def _waived(lines: _Lines, numbers: Numbers) -> Iterator[Waiver]:
    """Which rules do not keep those who are locked from their seats?"""
    for line in (one for one in lines.locks if one.whatever):
        cycle = numbers.visit(line.row, team=line.team, organisation=line.organisation)
        reviewer = numbers.reviewer(line.row, line.reviewer)
        if cycle is not None and reviewer is not None:
            yield from (Waiver(cycle=cycle, reviewer=reviewer, rule=rule) for rule in line.whatever)


def _without_a_place(asked: Question) -> Iterator[str]:
    """Who lies nowhere that travel can be told from, where travel times are given at all?"""
    known = set(asked.travel.places)
    points = any(one.point for one in asked.visits) or any(one.point for one in asked.reviewers)
    if not known and asked.rules.travel is None and not points:
        return
    lost = [one.team_name for one in asked.visits if one.place not in known and one.point is None]
    lost += [one.name for one in asked.reviewers if one.place not in known and one.point is None]
    if lost:
        more = f" and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
        where = "not in the table" if known else "not told as latitude, longitude, and there is no table of minutes"
        yield f"no travel time is known for {', '.join(lost[:_SHOWN])}{more}: their place is {where}"
