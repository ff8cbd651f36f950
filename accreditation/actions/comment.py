"""The team says what in the report about it is not accurate, criterion by criterion."""

from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import MoveNotAllowed, NotFound
from accreditation.records import accuracy
from accreditation.records.accuracy import AccuracyComment
from accreditation.rules.afterwards import day_words
from accreditation.rules.cycle import Move, allowed
from accreditation.rules.deadlines import due, holidays_of
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def comment(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str, reason: str, at: datetime
) -> int:
    """Keep the comment that the finding on this criterion is not accurate, and why; says its id.

    The same comment again changes nothing. Raises MoveNotAllowed where the scheme takes silence for agreement and the
    time is over, Invalid without a reason, NotFound for a criterion that the report does not have.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.ACCURACY_COMMENT, cycle_id=cycle_id, at=at
        )
        if criterion not in {one.id for one in desk.scheme.applicable(desk.now.profile)}:
            raise NotFound(f"The cycle has no criterion {criterion}.")
        said = [row for row, _ in accuracy.comments(session, cycle_id)]
        same = [row.id for row in said if (row.criterion, row.reason) == (criterion, reason.strip())]
        if same:
            return same[0] or 0
        desk.transition(Move.COMMENT)
        check_reason(reason)
        _in_time(desk)
        row = AccuracyComment(cycle_id=cycle_id, criterion=criterion, reason=reason.strip(), by=principal.name, at=at)
        session.add(row)
        session.flush()
        desk.enter("accuracy:comment", {"comment": row.id, "criterion": criterion, "reason": row.reason})
        return row.id or 0


def accuracy_ends(desk: Desk) -> datetime | None:
    """When is the time of this cycle's factual accuracy check over? The moment itself is in time."""
    return due(
        stage=desk.now.stage, since=desk.now.change.at, timetable=desk.scheme.timetable,
        holidays=holidays_of(scheme=desk.scheme, profile=desk.now.profile), accuracy=desk.scheme.factual_accuracy,
    )  # fmt: skip


def _in_time(desk: Desk) -> None:
    check, end = desk.scheme.factual_accuracy, accuracy_ends(desk)
    if check is not None and check.silence == "agreed" and end is not None and desk.at > end:
        raise MoveNotAllowed(
            f"What is not accurate could be said until {day_words(end.date())}, {end:%H:%M} UTC. After that, what "
            "nobody commented on counts as agreed.",
            stage=desk.now.stage.value,
            allowed=[str(option) for option in allowed(desk.now.stage) if option.move is not Move.COMMENT],
        )
