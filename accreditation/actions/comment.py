"""The team says what in the report about it is not accurate: of a criterion, or of a finding."""

from datetime import datetime

from accreditation.actions.desk import Desk, open_cycle
from accreditation.actions.settle_finding import BEFORE
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Fault, Invalid, MoveNotAllowed, NotFound
from accreditation.ledger.chain import Detail
from accreditation.records import accuracy, findings
from accreditation.records.accuracy import AccuracyComment
from accreditation.rules.afterwards import day_words
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.deadlines import due, holidays_of
from accreditation.rules.moves import allowed
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission


def comment(
    database: Database,
    *,
    principal: Principal,
    cycle_id: int,
    criterion: str | None = None,
    finding: str | None = None,
    reason: str,
    at: datetime,
) -> int:
    """Keep the comment that what the report says of this criterion, or this finding, is not accurate; says its id.

    One of the two is named: a finding by its name in the report. The same comment again changes nothing. Raises
    MoveNotAllowed where the scheme takes silence for agreement and the time is over, Invalid without a reason,
    NotFound for a criterion or a finding that the report does not have.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.ACCURACY_COMMENT, cycle_id=cycle_id, at=at
        )
        criterion = _about(desk, criterion, finding)
        said = [row for row, _ in accuracy.comments(session, cycle_id)]
        meant = (criterion, finding, reason.strip())
        same = [row.id for row in said if (row.criterion, row.finding, row.reason) == meant]
        if same:
            return same[0] or 0
        desk.transition(Move.COMMENT)
        check_reason(reason, rules=desk.scheme.evidence_rules)
        _in_time(desk)
        row = AccuracyComment(
            cycle_id=cycle_id, criterion=criterion, finding=finding, reason=reason.strip(), by=principal.name, at=at
        )
        session.add(row)
        session.flush()
        about: dict[str, Detail] = {} if finding is None else {"finding": finding}
        desk.enter("accuracy:comment", {"comment": row.id, "criterion": criterion, **about, "reason": row.reason})
        return row.id or 0


def _about(desk: Desk, criterion: str | None, finding: str | None) -> str:
    """The criterion that the comment is on; empty for a finding about the service as a whole."""
    if (criterion is None) == (finding is None):
        found = "neither a criterion nor a finding" if finding is None else "a criterion and a finding"
        raise Invalid([Fault(where="criterion", found=found, allowed="name one of the two")])
    if finding is None:
        if criterion not in {one.id for one in desk.scheme.applicable(desk.now.profile)}:
            raise NotFound(f"The cycle has no criterion {criterion}.")
        return criterion
    reported = _reported(desk)
    if finding not in reported:
        raise NotFound(f"The report has no finding {finding}.")
    return reported[finding]


def _reported(desk: Desk) -> dict[str, str]:
    """Finding -> its criterion (empty for none), for those that the report had when it was sent, once it is."""
    if desk.now.stage in {*BEFORE, Stage.CONSENSUS}:
        return {}
    found = findings.of_review(desk.session, desk.cycle_id)
    return {one.name: one.reported[0].criterion or "" for one in found if one.reported}


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
