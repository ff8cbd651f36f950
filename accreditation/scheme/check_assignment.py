"""Faults in review teams: seats that no team could fill as written, and answers that nobody would be asked for."""

from collections.abc import Iterator
from typing import Protocol

from accreditation.scheme.document import Path
from accreditation.scheme.model import Scheme
from accreditation.scheme.problem import Problem, repeated, unknown
from accreditation.scheme.process import AssignmentRules, Seat

_HERE: Path = ("assignment",)


class TeamRules(Protocol):
    """Who makes a review team and by which rules, wherever it is written."""

    @property
    def review_team(self) -> tuple[Seat, ...]: ...  # noqa: D102  the protocol's docstring says it
    @property
    def assignment(self) -> AssignmentRules: ...  # noqa: D102
    @property
    def raters(self) -> tuple[Seat, ...]: ...  # noqa: D102
    @property
    def team_size(self) -> int: ...  # noqa: D102


def problems_of_assignment(scheme: Scheme) -> Iterator[Problem]:
    """Can a review team be put together and confirmed as the scheme says?"""
    settles = scheme.consensus.settled_by
    roles = [seat.role for seat in scheme.review_team]
    yield from unknown(("consensus", "settled_by"), [settles], roles, "role in the review team", at_key=False)
    for position, seat in enumerate(scheme.review_team):
        if seat.role == settles:
            yield from _settles(seat, ("review_team", position))
    yield from problems_of_team(scheme)
    yield from _answers(scheme)


def problems_of_team(rules: TeamRules) -> Iterator[Problem]:
    """Can a review team be put together as these rules say?"""
    yield from repeated(("review_team",), [seat.role for seat in rules.review_team], "")
    for position, seat in enumerate(rules.review_team):
        path: Path = ("review_team", position)
        yield from repeated((*path, "specialties"), seat.specialties, "the specialty ")
        if seat.minimum > seat.maximum:
            found = f"minimum {seat.minimum} is more than maximum {seat.maximum}"
            yield Problem(path=path, found=found, allowed="minimum at most maximum")
        if seat.observes:
            yield from _observer(rules, seat, path)
    yield from _size(rules)
    yield from _travel(rules)


def _settles(seat: Seat, path: Path) -> Iterator[Problem]:
    if seat.observes:
        found = "who settles differences would only observe"
        yield Problem(path=(*path, "observes"), found=found, allowed="false, or name another role under consensus")
    elif seat.minimum < 1:
        found = "nobody would be there to settle differences"
        allowed = "at least 1, or name another role under consensus"
        yield Problem(path=(*path, "minimum"), found=found, allowed=allowed)


def _observer(rules: TeamRules, seat: Seat, path: Path) -> Iterator[Problem]:
    if seat.minimum > 0:
        found = f"every visit would wait for {seat.minimum} who only observes"
        yield Problem(path=(*path, "minimum"), found=found, allowed="0: an observer joins where there is one")
    if rules.assignment.experienced is None:
        found = "an observer sits beside an experienced reviewer, and nothing says who is experienced"
        yield Problem(path=(*path, "observes"), found=found, allowed="false, or experienced under assignment")


def _size(rules: TeamRules) -> Iterator[Problem]:
    least = sum(seat.minimum for seat in rules.raters)
    most = sum(seat.maximum for seat in rules.raters)
    size, experienced = rules.assignment.team_size, rules.assignment.experienced
    path: Path = (*_HERE, "team_size")
    if size is not None and size < least:
        found = f"{size}, but the seats need {least} at least"
        yield Problem(path=path, found=found, allowed="the sum of the minimums or more")
    if size is not None and size > most:
        found = f"{size}, but the seats take {most} at most"
        yield Problem(path=path, found=found, allowed="the sum of the maximums or less")
    if experienced is not None and experienced.at_least > rules.team_size:
        found = f"{experienced.at_least} experienced of {rules.team_size} in the team"
        yield Problem(path=(*_HERE, "experienced", "at_least"), found=found, allowed="the size of the team or less")


def _travel(rules: TeamRules) -> Iterator[Problem]:
    travel = rules.assignment.travel
    if travel is None or travel.at_least is None or travel.at_most is None or travel.at_least <= travel.at_most:
        return
    found = f"at_least {travel.at_least} is more than at_most {travel.at_most}"
    yield Problem(path=(*_HERE, "travel"), found=found, allowed="at_least no more than at_most")


def _answers(scheme: Scheme) -> Iterator[Problem]:
    rules = scheme.assignment
    if rules.confirmed_by == "office":
        return
    for key, given in (("service_answers", rules.service_answers), ("reviewer_answers", rules.reviewer_answers)):
        if given is not None:
            found = "the engine seats teams as it finds them, so nobody would be asked"
            yield Problem(path=(*_HERE, key), found=found, allowed="confirmed_by: office beside it, or leave this out")
