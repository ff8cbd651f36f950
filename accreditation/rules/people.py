"""Who somebody is to us: a principal with one role, and what it is bound to."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """In which capacity somebody acts."""

    PUBLIC = "public"
    TEAM_MEMBER = "team_member"
    TEAM_LEAD = "team_lead"
    REVIEWER = "reviewer"
    OFFICE = "office"
    COMMITTEE = "committee"
    ENGINE = "engine"

    @property
    def words(self) -> str:
        """The role as people say it."""
        return _WORDS[self]


_WORDS = {
    Role.PUBLIC: "anybody",
    Role.TEAM_MEMBER: "a member of the team",
    Role.TEAM_LEAD: "the team's lead",
    Role.REVIEWER: "a reviewer of this cycle",
    Role.OFFICE: "the college office",
    Role.COMMITTEE: "the committee",
    Role.ENGINE: "the engine",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who acts: a name for the ledger, a role, and the team or the reviewer that the role is bound to."""

    name: str
    role: Role
    team: int | None = None
    reviewer: int | None = None


PUBLIC = Principal(name="the public", role=Role.PUBLIC)
ENGINE = Principal(name="engine", role=Role.ENGINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleStanding:
    """What a permission needs to know of a cycle: whose it is, and who reviews it now."""

    team: int
    reviewers: frozenset[int] = frozenset()


def belongs(principal: Principal, standing: CycleStanding) -> bool:
    """May this principal know that the cycle exists?

    A team knows its own cycles, a reviewer those assigned to them, the college and the engine all.
    """
    match principal.role:
        case Role.TEAM_LEAD | Role.TEAM_MEMBER:
            return principal.team == standing.team
        case Role.REVIEWER:
            return principal.reviewer in standing.reviewers
        case Role.OFFICE | Role.COMMITTEE | Role.ENGINE:
            return True
        case Role.PUBLIC:
            return False
