"""Teams, organisations and reviewers found by words of theirs: a part of what fits, by name, and how much there is.

Teams and organisations are found by the words of former names, too.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from accreditation.records.cycles import Cycle, StageChange, newest_stage
from accreditation.records.reviewers import Assignment, AssignmentEnd, Reviewer
from accreditation.records.teams import Organisation, OrganisationMerger, OrganisationName, Team, TeamName
from accreditation.rules.cycle import Stage
from accreditation.rules.named import same_name

_SPACE = " "


def teams(
    session: Session, words: str, *, skip: int, limit: int, outside: int | None = None
) -> tuple[list[tuple[Team, Organisation]], int]:
    """Teams of which every word stands in their name, organisation, ODS code or service line; and how many there are.

    By organisation and name; with `outside` only those that have no cycle in the round of this id.
    """
    told = (
        col(Team.name) + _SPACE + col(Organisation.name) + _SPACE + func.coalesce(Organisation.ods_code, "")
        + _SPACE + col(Team.service_line)
    )  # fmt: skip
    conditions = _all_of(words, told, _organisation_had, _team_had)
    if outside is not None:
        conditions.append(~exists().where(col(Cycle.team_id) == Team.id, col(Cycle.round_id) == outside))
    joined = columns_of(Team, Organisation).join(Organisation, col(Organisation.id) == Team.organisation_id)
    order = (col(Organisation.name), col(Team.name), col(Team.id))
    rows, total = _part(session, joined, conditions, order, skip=skip, limit=limit)
    return [(team, organisation) for team, organisation in rows], total


def organisations(session: Session, words: str, *, skip: int, limit: int) -> tuple[list[Organisation], int]:
    """Organisations of which every word stands in their name, ODS code, network, region or place; and how many.

    By name; those that became part of another are left out.
    """
    told = (
        col(Organisation.name) + _SPACE + func.coalesce(Organisation.ods_code, "") + _SPACE + col(Organisation.network)
        + _SPACE + col(Organisation.region) + _SPACE + col(Organisation.place)
    )  # fmt: skip
    conditions = [
        *_all_of(words, told, _organisation_had),
        ~exists().where(col(OrganisationMerger.organisation_id) == Organisation.id),
    ]
    order = (col(Organisation.name), col(Organisation.id))
    rows, total = _part(session, columns_of(Organisation), conditions, order, skip=skip, limit=limit)
    return [row for (row,) in rows], total


def reviewers(
    session: Session, words: str, *, skip: int, limit: int, role: str = ""
) -> tuple[list[tuple[Reviewer, Organisation | None]], int]:
    """Reviewers of whom every word stands in their name, employer or roles, and who hold this role; and how many.

    By name, each with their employer.
    """
    roles = func.replace(col(Reviewer.roles), "_", " ")
    told = col(Reviewer.name) + _SPACE + func.coalesce(Organisation.name, "") + _SPACE + roles
    conditions = _all_of(words, told)
    if role:
        conditions.append(col(Reviewer.roles).contains(f'"{role}"', autoescape=True))
    joined = columns_of(Reviewer, Organisation).join(
        Organisation, col(Organisation.id) == Reviewer.organisation_id, isouter=True
    )
    order = (col(Reviewer.name), col(Reviewer.id))
    rows, total = _part(session, joined, conditions, order, skip=skip, limit=limit)
    return [(reviewer, employer) for reviewer, employer in rows], total


def seats_that_go_on(session: Session, reviewer_ids: Collection[int], *, over: Collection[Stage]) -> list[int]:
    """The reviewer of every seat of these that is held in a cycle which is in none of the stages that are over."""
    query = (
        columns_of(col(Assignment.reviewer_id))
        .join(AssignmentEnd, col(AssignmentEnd.assignment_id) == Assignment.id, isouter=True)
        .join(StageChange, col(StageChange.cycle_id) == Assignment.cycle_id)
        .where(col(AssignmentEnd.assignment_id).is_(None), newest_stage())
        .where(col(StageChange.to_stage).not_in([one.value for one in over]))
        .where(col(Assignment.reviewer_id).in_(list(reviewer_ids)))
    )
    return [int(number) for (number,) in session.execute(query)]


def _all_of(words: str, told: Any, *had: Callable[[str], ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """The condition that each of these words stands in what is told, in capitals or not, or in a name that one had."""
    small = func.lower(told)
    return [
        or_(small.contains(word, autoescape=True), *(one(same_name(word)) for one in had))
        for word in words.lower().split()
    ]


def _organisation_had(word: str) -> ColumnElement[bool]:
    named = col(OrganisationName.plain).contains(word, autoescape=True)
    return col(Organisation.id).in_(select(OrganisationName.organisation_id).where(named))


def _team_had(word: str) -> ColumnElement[bool]:
    return col(Team.id).in_(select(TeamName.team_id).where(col(TeamName.plain).contains(word, autoescape=True)))


def _part(
    session: Session, query: Any, conditions: Sequence[ColumnElement[bool]], order: Sequence[Any], *, skip: int,
    limit: int,
) -> tuple[list[Any], int]:  # fmt: skip
    """The rows of this part, and how many fit all in all."""
    fitting = query.where(*conditions)
    total = session.execute(fitting.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
    return list(session.execute(fitting.order_by(*order).offset(skip).limit(limit))), total
