"""What entries of the ledger are about, by name: 'cycle:7' is a team's cycle, 'round:2' a round that has a name."""

from collections.abc import Callable, Iterable, Mapping

from sqlmodel import Session, col, select

from accreditation.records import people, standing_answers
from accreditation.records.cycles import Round
from accreditation.records.editions import Edition
from accreditation.records.reviewers import Reviewer
from accreditation.records.teams import Organisation, Team


def names(session: Session, subjects: Iterable[str]) -> dict[str, str]:
    """Subject -> what it is called, of those that have a name; one statement for each kind among them."""
    keys: dict[str, set[str]] = {}
    for one in subjects:
        kind, _, key = one.partition(":")
        keys.setdefault(kind, set()).add(key)
    found: dict[str, str] = {}
    for kind, look in _KINDS.items():
        ids = {int(key) for key in keys.get(kind, ()) if key.isascii() and key.isdecimal() and len(key) < 10}
        if ids:
            found |= {f"{kind}:{key}": name for key, name in look(session, ids).items()}
    return found | _editions(session, keys.get("edition", set()))


def _cycles(session: Session, ids: set[int]) -> Mapping[int, str]:
    return {key: f"{team}, {of}" for key, (team, of) in standing_answers.names(session, ids).items()}


def _teams(session: Session, ids: set[int]) -> Mapping[int, str]:
    return {one.id or 0: one.name for one in session.exec(select(Team).where(col(Team.id).in_(ids)))}


def _organisations(session: Session, ids: set[int]) -> Mapping[int, str]:
    return {one.id or 0: one.name for one in session.exec(select(Organisation).where(col(Organisation.id).in_(ids)))}


def _reviewers(session: Session, ids: set[int]) -> Mapping[int, str]:
    return {one.id or 0: one.name for one in session.exec(select(Reviewer).where(col(Reviewer.id).in_(ids)))}


def _rounds(session: Session, ids: set[int]) -> Mapping[int, str]:
    return {
        one.id or 0: f"{one.name} ({one.scheme})" for one in session.exec(select(Round).where(col(Round.id).in_(ids)))
    }


def _people(session: Session, ids: set[int]) -> Mapping[int, str]:
    return {key: one.name for key, one in people.details_of(session, ids).items()}


def _editions(session: Session, digests: set[str]) -> dict[str, str]:
    if not digests:
        return {}
    query = select(Edition.digest, Edition.scheme, Edition.label).where(col(Edition.digest).in_(digests))
    return {f"edition:{digest}": f"{scheme} {label}" for digest, scheme, label in session.exec(query)}


_KINDS: Mapping[str, Callable[[Session, set[int]], Mapping[int, str]]] = {
    "cycle": _cycles, "team": _teams, "organisation": _organisations, "reviewer": _reviewers, "round": _rounds,
    "person": _people,
}  # fmt: skip
