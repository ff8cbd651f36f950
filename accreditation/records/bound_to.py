"""What a role can be bound to, by name: which there are, and how people call them."""

from collections.abc import Iterable, Iterator

from sqlmodel import Session

from accreditation.records import cycles, editions, reviewers, teams
from accreditation.rules.grants import TITLES, Grant

_ALL = 2**31 - 1

Key = int | str
"""An id of the records; a scheme's own."""


def candidates(session: Session, kind: str) -> Iterator[tuple[Key, str]]:
    """Everything of this kind (team, organisation, reviewer, scheme or round): its key, and its name."""
    match kind:
        case "team":
            for team, organisation in teams.page(session, after=0, limit=_ALL):
                yield team.id or 0, f"{team.name}, {organisation.name}"
        case "organisation":
            yield from ((one.id or 0, one.name) for one in teams.organisations(session, after=0, limit=_ALL))
        case "reviewer":
            yield from ((one.id or 0, one.name) for one in reviewers.pool(session))
        case "scheme":
            yield from {one.scheme: one.scheme for one in editions.all_of(session)}.items()
        case "round":
            yield from ((one.id or 0, _round(one)) for one in cycles.rounds(session))


def told(session: Session, grants: Iterable[Grant]) -> dict[int, str]:
    """These grants as people say them, by their ids: 'Team lead, Stroke unit, North Hospital'."""
    return {one.id: ", ".join([TITLES[one.role], *_bound(session, one)]) for one in grants}


def _bound(session: Session, grant: Grant) -> Iterator[str]:
    if grant.team is not None:
        team, organisation = teams.get(session, grant.team)
        yield f"{team.name}, {organisation.name}"
    if grant.organisation is not None:
        yield f"every team of {teams.get_organisation(session, grant.organisation).name}"
    if grant.reviewer is not None:
        yield reviewers.get(session, grant.reviewer).name
    if grant.scheme is not None:
        yield f"scheme {grant.scheme}"
    if grant.round is not None:
        yield f"round {_round(cycles.get_round(session, grant.round))}"


def _round(row: cycles.Round) -> str:
    return f"{row.name} of {row.scheme}"
