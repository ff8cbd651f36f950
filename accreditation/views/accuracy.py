"""The report that a team checks: settled ratings with their reasons, findings, comments and answers."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import accuracy, cycles, reviews
from accreditation.records.accuracy import AccuracyAnswer, AccuracyComment
from accreditation.rules.cycle import Stage
from accreditation.rules.deadlines import due, holidays_of
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.views.criteria import CriterionNamed, named
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.reported import ReportedFinding, reported_findings
from accreditation.views.reviews import SettlementSeen, settlement_seen


class CommentAnswered(Shown):
    """What the reviewer who settles answered, and whether the finding was amended or kept."""

    amended: bool
    reason: str
    by: str | None = Field(description="Who answered, by their account; null for the team.")
    at: datetime


class CommentShown(Shown):
    """What the team says is not accurate, and the answer, once there is one."""

    id: int
    reason: str
    by: str
    at: datetime
    answer: CommentAnswered | None


class ReportedCriterion(CriterionNamed):
    """A criterion with the finding that stands, those before it, and the team's comments."""

    finding: SettlementSeen | None
    before: tuple[SettlementSeen, ...] = Field(description="Findings that were amended, the first one first.")
    comments: tuple[CommentShown, ...]


class FindingChecked(ReportedFinding):
    """A finding of the report, with the team's comments on it."""

    comments: tuple[CommentShown, ...]


class Report(Shown):
    """The report as the team checks it. `until` is when the time for it is over; null when the check is."""

    cycle: int
    stage: Stage
    until: datetime | None
    silence: Literal["agreed", "waits"] | None = Field(
        description="What silence means: the report is agreed when the time is over, or it waits for the team's lead."
    )
    waiting: tuple[int, ...] = Field(description="Ids of the comments that wait for an answer.")
    criteria: tuple[ReportedCriterion, ...]
    findings: tuple[FindingChecked, ...] = Field(description="Key actions, recommendations and commendations.")


def report(database: Database, *, principal: Principal, cycle_id: int) -> Report:
    """What did the reviewers find, and what does the team say of it? NotFound until the report is sent to the team."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ACCURACY_READ, cycle_id=cycle_id)
        return report_of(looked)


def report_of(looked: Looked) -> Report:
    """The report on a cycle that is looked at already. NotFound until it is sent to the team."""
    session, cycle_id = looked.session, looked.cycle_id
    if Stage.FACTUAL_ACCURACY.value not in {row.to_stage for row in cycles.history(session, cycle_id)}:
        raise NotFound("No report is sent to the team for this cycle.")
    check = looked.scheme.factual_accuracy
    found, told = reviews.versions(session, cycle_id), comments_of(looked)
    return Report(
        cycle=cycle_id, stage=looked.now.stage, until=_until(looked), silence=check and check.silence,
        waiting=tuple(sorted(one.id for several in told.values() for one in several if one.answer is None)),
        criteria=tuple(
            ReportedCriterion(
                **dict(named(looked, one)), comments=told.get(one.id, ()),
                finding=settlement_seen(found[one.id][-1] if one.id in found else None, looked),
                before=tuple(filter(None, (settlement_seen(row, looked) for row in found.get(one.id, ())[:-1]))),
            )
            for one in looked.applicable
        ),
        findings=tuple(
            FindingChecked(**dict(one), comments=told.get(f"finding {one.finding}", ()))
            for one in reported_findings(looked)
        ),
    )  # fmt: skip


def comments_of(looked: Looked) -> dict[str, tuple[CommentShown, ...]]:
    """Criterion, or "finding" and a finding's name -> what the team says of it, the first comment first."""
    told: dict[str, list[CommentShown]] = {}
    for row, answer in accuracy.comments(looked.session, looked.cycle_id):
        about = f"finding {row.finding}" if row.finding else row.criterion
        told.setdefault(about, []).append(_comment(row, answer, looked))
    return {about: tuple(several) for about, several in told.items()}


def _until(looked: Looked) -> datetime | None:
    if looked.now.stage is not Stage.FACTUAL_ACCURACY:
        return None
    return due(
        stage=looked.now.stage, since=looked.now.change.at, timetable=looked.scheme.timetable,
        holidays=holidays_of(scheme=looked.scheme, profile=looked.now.profile),
        accuracy=looked.scheme.factual_accuracy,
    )  # fmt: skip


def _comment(row: AccuracyComment, answer: AccuracyAnswer | None, looked: Looked) -> CommentShown:
    answered = None
    if answer is not None:
        by, amended = None if looked.by_team else answer.by, answer.version is not None
        answered = CommentAnswered(amended=amended, reason=answer.reason, by=by, at=answer.at)
    return CommentShown(id=row.id or 0, reason=row.reason, by=row.by, at=row.at, answer=answered)
