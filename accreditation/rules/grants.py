"""What a person may be here: roles that were given to them, each bound to something, and which of them counts now.

A person holds any number of grants: the lead of one team, a member of another, a reviewer, the office of one scheme.
On a page they act in exactly one of them, as a `Principal`, and this file says in which and why. So whoever is a lead
here and a reviewer there is never both at once: the area of the site they are in decides.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accreditation.errors import Fault, NotFound, NotPermitted
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import ROLE_TABLE, Permission


class Area(StrEnum):
    """A part of the site, made for one kind of people."""

    TEAM = "team"
    REVIEW = "review"
    COLLEGE = "college"


ROLES_OF: Mapping[Area, tuple[Role, ...]] = {
    Area.TEAM: (Role.TEAM_LEAD, Role.TEAM_MEMBER),
    Area.REVIEW: (Role.REVIEWER,),
    Area.COLLEGE: (Role.OFFICE, Role.COMMITTEE),
}
"""In which roles people are in an area; the first of two that fit equally well is taken."""

BOUNDS: Mapping[Role, tuple[str, ...]] = {
    Role.TEAM_LEAD: ("team", "organisation"),
    Role.TEAM_MEMBER: ("team", "organisation"),
    Role.REVIEWER: ("reviewer",),
    Role.OFFICE: ("scheme", "round"),
    Role.COMMITTEE: ("scheme", "round"),
}
"""What a role can be bound to. A team's and a reviewer's must be bound to one of these, the college's may be.

The public and the engine are given to nobody.
"""

UNBOUND = frozenset({Role.OFFICE, Role.COMMITTEE})
"""Roles that may be bound to nothing: then they hold for the whole college."""

TITLES: Mapping[Role, str] = {
    Role.TEAM_LEAD: "Team lead",
    Role.TEAM_MEMBER: "Team member",
    Role.REVIEWER: "Reviewer",
    Role.OFFICE: "College office",
    Role.COMMITTEE: "Committee",
}
"""What somebody is called who was given this role."""

NOT_OF_TEAM = "There is no such role in your team, or it is for the college office to take back."

_ALL_BOUNDS = ("team", "organisation", "reviewer", "scheme", "round")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role that a person was given, and what it is bound to: ids of the records, but a scheme's own id."""

    role: Role
    team: int | None = None
    organisation: int | None = None
    reviewer: int | None = None
    scheme: str | None = None
    round: int | None = None
    id: int = 0

    @classmethod
    def bound_to(cls, role: Role, kind: str, key: int | str) -> "Grant":
        """This role, bound to the team, organisation, reviewer, scheme or round of this key."""
        one: dict[str, Any] = {kind: key}
        return cls(role=role, **one)

    @property
    def bounds(self) -> tuple[str, ...]:
        """The names of what it is bound to."""
        return tuple(name for name in _ALL_BOUNDS if getattr(self, name) is not None)

    @property
    def words(self) -> str:
        """The grant as people say it: 'Team lead, team 7'; what is bound by its number, as names are elsewhere."""
        return ", ".join(
            [TITLES.get(self.role, self.role.value), *(f"{name} {getattr(self, name)}" for name in self.bounds)]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a page is about, as far as grants are bound to such: a cycle has all of these, a team the first two."""

    team: int | None = None
    organisation: int | None = None
    scheme: str | None = None
    round: int | None = None
    reviewers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who somebody is on a page, and why it is this and no other of their grants."""

    principal: Principal
    grant: Grant
    why: str


def faults_of(grant: Grant) -> tuple[Fault, ...]:
    """What is wrong with this grant before it is given?"""
    if grant.role not in BOUNDS:
        allowed = ", ".join(role.value for role in BOUNDS)
        return (Fault(where="role", found=grant.role.value, allowed=f"one of {allowed}"),)
    fitting, found = BOUNDS[grant.role], grant.bounds
    least = 0 if grant.role in UNBOUND else 1
    if least <= len(found) <= 1 and set(found) <= set(fitting):
        return ()
    how = "nothing or one" if not least else "exactly one"
    told = " and ".join(found) or "nothing"
    allowed = f"{how} of: {', '.join(fitting)}"
    return (Fault(where=f"what {grant.role.value} is bound to", found=told, allowed=allowed),)


def may_give(principal: Principal, grant: Grant) -> None:
    """May this principal give this grant? The office any, a team's lead those of their own team. Raises NotPermitted.

    The difference to a permission: that says who gives grants at all, this says which.
    """
    if principal.role is Role.OFFICE:
        return
    if principal.role is Role.TEAM_LEAD and grant.role in ROLES_OF[Area.TEAM] and grant.bounds == ("team",):
        if grant.team == principal.team:
            return
        raise NotFound("There is no such team, or it is not yours.")
    raise NotPermitted(
        f"To let somebody in as '{grant.words}' is for the college office; a team's lead lets people into the own team "
        "only."
    )


def may_take_back(principal: Principal, grant: Grant) -> None:
    """May this lead of a team take this grant back? Only a role in their own team alone. Raises NotFound.

    A role for every team of an organisation is more than the team's, and is the college office's to take back.
    """
    if grant.role not in ROLES_OF[Area.TEAM] or grant.team is None or grant.team != principal.team:
        raise NotFound(NOT_OF_TEAM)


def principals(
    *, name: str, grants: Iterable[Grant], area: Area, teams_of: Mapping[int, Sequence[int]]
) -> tuple[Principal, ...]:
    """Everybody this person is in an area, for lists of all that is theirs; each once, in the order of the grants.

    `teams_of` says which teams an organisation has. A college's role that is bound to a scheme or a round is left out:
    a list of the whole college is not for it.
    """
    found: dict[tuple[int | None, int | None], Principal] = {}
    for grant in sorted(grants, key=_order(area)):
        if grant.role not in ROLES_OF[area] or (area is Area.COLLEGE and grant.bounds):
            continue
        teams = [grant.team] if grant.organisation is None else list(teams_of.get(grant.organisation, ()))
        for team in teams:
            one = Principal(name=name, role=grant.role, team=team, reviewer=grant.reviewer)
            found.setdefault((team, grant.reviewer) if area is not Area.COLLEGE else (None, -grant.id), one)
    return tuple(found.values())


def acting(
    *, name: str, grants: Iterable[Grant], area: Area, permission: Permission, thing: Thing | None
) -> Acting | None:
    """Who is this person in this area, where this permission is asked for (and this thing, where one is concerned)?

    None where no grant of theirs fits: then they may not know of the thing. Of several that fit, one whose role holds
    the permission goes before one whose does not; then the role that may do more in this area; then the one that is
    bound more closely; then the one that was given first.
    """
    fitting = [one for one in grants if one.role in ROLES_OF[area] and _fits(one, thing)]
    if not fitting:
        return None
    rank = _order(area)
    chosen = min(
        fitting,
        key=lambda one: (
            permission not in ROLE_TABLE[one.role],
            thing is not None and one.reviewer is not None and one.reviewer not in thing.reviewers,
            rank(one),
        ),
    )
    team = chosen.team if chosen.organisation is None or thing is None else thing.team
    principal = Principal(name=name, role=chosen.role, team=team, reviewer=chosen.reviewer)
    return Acting(principal=principal, grant=chosen, why=_why(chosen, fitting, permission))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far somebody's role at the college reaches: to all of it, or to these schemes and rounds alone."""

    whole: bool = False
    schemes: frozenset[str] = frozenset()
    rounds: frozenset[int] = frozenset()

    def has(self, *, scheme: str, round: int) -> bool:  # noqa: A002  (what a grant calls it)
        """Does it reach this round of this scheme?"""
        return self.whole or scheme in self.schemes or round in self.rounds


WHOLE = Reach(whole=True)
"""The whole college."""


def reaching(*, name: str, grants: Iterable[Grant], permission: Permission) -> tuple[Principal, Reach] | None:
    """Who is this person in a list of the college, and how far do they reach in it? None where they are nobody there.

    A list has what all their roles that hold the permission reach; where none holds it, the first of their roles asks.
    """
    mine = sorted((one for one in grants if one.role in ROLES_OF[Area.COLLEGE]), key=_order(Area.COLLEGE))
    holding = [one for one in mine if permission in ROLE_TABLE[one.role]]
    if not mine:
        return None
    return Principal(name=name, role=(holding or mine)[0].role), Reach(
        whole=any(not one.bounds for one in holding),
        schemes=frozenset(one.scheme for one in holding if one.scheme is not None),
        rounds=frozenset(one.round for one in holding if one.round is not None),
    )


def reaches_anything(grants: Iterable[Grant], *, permission: Permission) -> bool:
    """Does a list of the college have anything that somebody with these grants may do this with?"""
    found = reaching(name="", grants=grants, permission=permission)
    return found is not None and found[1] != Reach()


def _fits(grant: Grant, thing: Thing | None) -> bool:
    if thing is None:  # a page about nothing in particular: an organisation is many teams, a scheme is not the college
        return grant.bounds in ((), ("team",), ("reviewer",))
    return reaches(grant, thing)


def reaches(grant: Grant, thing: Thing) -> bool:
    """Does this grant reach this thing? Whether a reviewer may know of a cycle is said by who reviews it, not here."""
    return all(
        name == "reviewer" or getattr(grant, name) == getattr(thing, name)
        for name in grant.bounds
    )  # fmt: skip


def _order(area: Area) -> Callable[[Grant], tuple[int, int, int]]:
    """The order in which grants are taken: by role, the more closely bound first, the older first."""
    roles = ROLES_OF[area]

    def rank(grant: Grant) -> tuple[int, int, int]:
        role = roles.index(grant.role) if grant.role in roles else len(roles)
        return role, _WIDTH.get(grant.bounds, 0), grant.id

    return rank


_WIDTH = {(): 3, ("organisation",): 2, ("scheme",): 2, ("round",): 1}
"""How much a grant reaches, by what it is bound to."""


def _why(chosen: Grant, fitting: Sequence[Grant], permission: Permission) -> str:
    """Why this one, in a sentence."""
    told = f"You act as '{chosen.words}'"
    if len(fitting) == 1:
        return f"{told}: no other role of yours is for this."
    holding = [one for one in fitting if permission in ROLE_TABLE[one.role]]
    if holding == [chosen]:
        return f"{told}: of your {len(fitting)} roles here it alone may do this."
    return f"{told}: of your {len(fitting)} roles here it may do the most, or is meant for just this."


def may_anywhere(grants: Iterable[Grant], *, area: Area, permission: Permission) -> bool:
    """May a person with these grants do this in this area, where it is about nothing in particular?"""
    found = acting(name="", grants=grants, area=area, permission=permission, thing=None)
    return found is not None and permission in ROLE_TABLE[found.principal.role]
