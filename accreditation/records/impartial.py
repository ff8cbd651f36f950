"""Who of the committee is too close to a service to decide about it: is or was of it, was on the visit, or is in
conflict with it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, or_, union
from sqlalchemy import select as columns_of
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from accreditation.records import colleagues, peers, people
from accreditation.records.cycles import Cycle, CycleNow
from accreditation.records.invitations import Invitation
from accreditation.records.reviewer_facts import facts_of
from accreditation.records.reviewers import Assignment, DeclaredConflict, Reviewer
from accreditation.records.teams import Organisation, Team
from accreditation.rules.conflicts import IN_SERVICE
from accreditation.rules.grants import Grant, Thing, reaches
from accreditation.rules.panels import PanelCase, PanelKind, against
from accreditation.rules.people import Role
from accreditation.scheme.model import Scheme
from accreditation.scheme.process import AssignmentRules


def hinders(session: Session, now: CycleNow, scheme: Scheme, *, name: str, on: date) -> tuple[str, ...]:
    """What keeps whoever acts under this name from deciding about this cycle? Each as it is said after their name.

    Nobody decides about a service in which they have or had a role, be it of another of its teams: a role given back
    the day before makes nobody a stranger. Somebody who may review as well is judged as the reviewer they are: nobody
    decides about a visit that they made, or about a service with which they have a conflict of interest.
    """
    own = people.reviewers_named(session, name)
    judged = _against(peers.panel_case(session, now, scheme.assignment, own), own, on) if own else ()
    found = ((IN_SERVICE,) if is_of_service(session, now.organisation.id or 0, name=name) else ()) + judged
    return tuple(dict.fromkeys(found))


def is_of_service(session: Session, organisation_id: int, *, name: str) -> bool:
    """Has, or had, whoever acts under this name a role in this organisation or in a team of it?"""
    ever = colleagues.ever_of_organisation(session, organisation_id)
    return any(one.acts_as == name for one in people.details_of(session, ever).values())


def close_members(session: Session, now: CycleNow, scheme: Scheme, *, on: date) -> Iterator[tuple[str, str]]:
    """Who of the committee that may decide here is hindered? Each by name, with what hinders them."""
    held = people.holding(session, Role.COMMITTEE)
    about = Thing(scheme=now.round.scheme, round=now.cycle.round_id)
    members = {person for person, grants in held.items() if decides(grants, about)}
    found = hindered(session, [now], members, {now.id: scheme.assignment}, on=on)[now.id]
    for person, detail in sorted(people.details_of(session, found).items()):
        yield detail.name, found[person]


def decides(grants: Iterable[Grant], about: Thing) -> bool:
    """Do these grants let somebody decide about this, as the committee does?"""
    return any(one.role is Role.COMMITTEE and reaches(one, about) for one in grants)


def hindered(
    session: Session, several: Sequence[CycleNow], members: Collection[int], rules: Mapping[int, AssignmentRules], *,
    on: date,
) -> dict[int, dict[int, str]]:  # fmt: skip
    """Cycle -> who of these people is too close to decide about it -> why: by as many questions for many as for one.

    `rules` are those of each cycle's edition. Whoever reviewed once is judged as the reviewer that they were.
    """
    own, served = people.reviewers_of(session, members), colleagues.services_of(session, members)
    reviewing = {one for numbers in own.values() for one in numbers}
    cases = peers.panel_cases(session, several, rules, reviewing) if reviewing else {}
    found: dict[int, dict[int, str]] = {}
    for now in several:
        found[now.id] = {}
        for person in members:
            why = [IN_SERVICE] if now.organisation.id in served[person] else []
            why += _against(cases[now.id], own[person], on) if own[person] else ()
            if why:
                found[now.id][person] = "; ".join(dict.fromkeys(why))
    return found


def near(session: Session, members: Collection[int]) -> dict[int, set[int]]:
    """Person -> every organisation about whose cycles they may be hindered from deciding; not so about any other.

    Of these alone need be asked what `hindered` asks, which is dear.
    """
    found, own = colleagues.services_of(session, members), people.reviewers_of(session, members)
    reviewing = {one for numbers in own.values() for one in numbers}
    known = _near_reviewers(session, reviewing) if reviewing else {}
    return {person: found[person].union(*(known[one] for one in own[person])) for person in found}


def _near_reviewers(session: Session, only: Collection[int]) -> dict[int, set[int]]:
    served = colleagues.served(session, only)
    found = {one: set(served.get(one, ())) for one in only}
    for one, facts in facts_of(session, only).items():
        found[one] |= {worked.organisation for worked in facts.worked_at}
    for one, organisation in session.execute(_known_to_them(), {"only": list(only)}):
        found[one].add(organisation)
    return found


@cache
def _known_to_them() -> Any:
    """(reviewer, organisation): of it or its network, in conflict with it, or ever asked to a visit of it or on one.

    It is made once: to make it costs more than to ask it.
    """
    only: Any = bindparam("only", expanding=True)
    own, one = aliased(Organisation), aliased(Organisation)
    same = or_(col(one.id) == col(own.id), and_(col(own.network) != "", col(one.network) == col(own.network)))
    return union(
        columns_of(col(Reviewer.id), col(one.id))
        .join(own, col(own.id) == Reviewer.organisation_id)
        .join(one, same)
        .where(col(Reviewer.id).in_(only)),
        columns_of(col(DeclaredConflict.reviewer_id), col(DeclaredConflict.organisation_id)).where(
            col(DeclaredConflict.reviewer_id).in_(only)
        ),
        *(
            columns_of(col(row.reviewer_id), col(Team.organisation_id))
            .join(Cycle, col(Cycle.id) == row.cycle_id)
            .join(Team, col(Team.id) == Cycle.team_id)
            .where(col(row.reviewer_id).in_(only))
            for row in (Assignment, Invitation)
        ),
    )


def _against(case: PanelCase, own: Collection[int], on: date) -> tuple[str, ...]:
    alone = replace(case, panels={})
    found = (why for one in sorted(own) for why in against(alone, kind=PanelKind.APPEAL, reviewer=one, at=on))
    return tuple(dict.fromkeys(found))
