"""What a role can be bound to, by name: which there are, and how people call them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sqlmodel import Session

from accreditation.records import cycles, editions, reviewers, teams
from accreditation.rules.grants import TITLES, Grant

_ALL = 2**31 - 1

Key = int | str
"""An id of the records; a scheme's own."""


def candidates(session: Session, kind: str) -> list[tuple[Key, str]]:
    """Every team, organisation, reviewer, scheme or round: its key, and a name that no other of the kind has."""
    rows = list(_candidates(session, kind))
    number = Counter(name for _, name, _ in rows)
    return [(key, name if number[name] == 1 else f"{name} ({apart})") for key, name, apart in rows]


def _candidates(session: Session, kind: str) -> Iterator[tuple[Key, str, str]]:
    """Key, name, and what tells two of one name apart."""
    match kind:
        case "team":
            for team, organisation in teams.page(session, after=0, limit=_ALL):
                yield team.id or 0, f"{team.name}, {organisation.name}", team.service_line
        case "organisation":
            yield from ((one.id or 0, one.name, "") for one in teams.organisations(session, after=0, limit=_ALL))
        case "reviewer":
            yield from ((one.id or 0, one.name, "") for one in reviewers.pool(session))
        case "scheme":
            yield from ((key, title, key) for key, title in editions.titles(session).items())
        case "round":
            titles = editions.titles(session)
            yield from ((one.id or 0, _round(one, titles), one.scheme) for one in cycles.rounds(session))


def told(session: Session, grants: Iterable[Grant]) -> dict[int, str]:
    """These grants as people say them, by their ids: 'Team lead, Stroke unit, North Hospital'."""
    several = tuple(grants)
    titles = editions.titles(session) if any({"scheme", "round"} & set(one.bounds) for one in several) else {}
    return {one.id: ", ".join([TITLES[one.role], *_bound(session, one, titles)]) for one in several}


def _bound(session: Session, grant: Grant, titles: Mapping[str, str]) -> Iterator[str]:
    if grant.team is not None:
        team, organisation = teams.get(session, grant.team)
        yield f"{team.name}, {organisation.name}"
    if grant.organisation is not None:
        yield f"every team of {teams.get_organisation(session, grant.organisation).name}"
    if grant.reviewer is not None:
        yield reviewers.get(session, grant.reviewer).name
    if grant.scheme is not None:
        yield f"scheme {titles.get(grant.scheme, grant.scheme)}"
    if grant.round is not None:
        yield f"round {_round(cycles.get_round(session, grant.round), titles)}"


def _round(row: cycles.Round, titles: Mapping[str, str]) -> str:
    return f"{row.name} of {titles.get(row.scheme, row.scheme)}"
