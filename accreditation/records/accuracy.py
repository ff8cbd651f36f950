"""What a team said is not accurate in the report about it, and how each comment was answered: appended."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime


class AccuracyComment(SQLModel, table=True):
    """The team says that what the report says of this criterion is not accurate, and why.

    `finding` names the finding it is about; none where it is about the settled rating. One about the service as a
    whole has no criterion: it is empty.
    """

    __tablename__ = "accuracy_comment"

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    criterion: str
    finding: str | None = Field(default=None, max_length=16)
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


class AccuracyAnswer(SQLModel, table=True):
    """The reviewer who settles answered a comment.

    `version` is that of the settlement that amends, or the number of the finding's change; none where it is kept.
    """

    __tablename__ = "accuracy_answer"

    comment_id: int = Field(foreign_key="accuracy_comment.id", primary_key=True)
    version: int | None
    reason: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def comments(session: Session, cycle_id: int) -> list[tuple[AccuracyComment, AccuracyAnswer | None]]:
    """Every comment on the report of this cycle, the oldest first, each with its answer where there is one."""
    query = (
        select(AccuracyComment, AccuracyAnswer)
        .join(AccuracyAnswer, col(AccuracyAnswer.comment_id) == AccuracyComment.id, isouter=True)
        .where(AccuracyComment.cycle_id == cycle_id)
        .order_by(col(AccuracyComment.id))
    )
    return list(session.exec(query))


def open_comments(session: Session, cycle_id: int) -> list[AccuracyComment]:
    """The comments that wait for an answer, the oldest first."""
    return [comment for comment, answer in comments(session, cycle_id) if answer is None]
