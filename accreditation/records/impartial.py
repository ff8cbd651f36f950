"""Who of the committee is too close to a service to decide about it: is or was of it, was on the visit, or is in
conflict with it.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from accreditation.records import colleagues, peers, people
from accreditation.records.cycles import CycleNow
from accreditation.rules.conflicts import IN_SERVICE
from accreditation.rules.grants import Thing, reaches
from accreditation.rules.panels import PanelCase, PanelKind, against
from accreditation.rules.people import Role
from accreditation.scheme.model import Scheme


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


def close_members(
    session: Session, now: CycleNow, scheme: Scheme, about: Thing, *, on: date
) -> Iterator[tuple[str, str]]:
    """Who of the committee that may decide here is hindered? Each by name, with what hinders them."""
    held = people.holding(session, Role.COMMITTEE)
    theirs = {
        person: {one.reviewer for one in grants if one.reviewer is not None}
        for person, grants in held.items()
        if any(one.role is Role.COMMITTEE and reaches(one, about) for one in grants)
    }
    ever = colleagues.ever_of_organisation(session, now.organisation.id or 0)
    asked = {person: own for person, own in theirs.items() if own or person in ever}
    if not asked:
        return
    case = peers.panel_case(session, now, scheme.assignment, {one for own in asked.values() for one in own})
    for person, detail in sorted(people.details_of(session, asked).items()):
        if why := (((IN_SERVICE,) if person in ever else ()) + _against(case, asked[person], on)):
            yield detail.name, "; ".join(dict.fromkeys(why))


def _against(case: PanelCase, own: Collection[int], on: date) -> tuple[str, ...]:
    alone = replace(case, panels={})
    found = (why for one in sorted(own) for why in against(alone, kind=PanelKind.APPEAL, reviewer=one, at=on))
    return tuple(dict.fromkeys(found))
