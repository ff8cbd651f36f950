"""What a team says is not accurate in the report, before its reviewers: what stands, and what answering takes."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.words import answer_words
from accreditation.scheme.answer import Answer
from accreditation.views.accuracy import CommentShown, FindingChecked, Report, ReportedCriterion, report_of
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.open_moves import open_moves
from accreditation.views.own_criterion import Asked
from accreditation.views.visited_criterion import asked_of_reviewers


class CommentOn(Shown):
    """A comment with what it is about: a rating of a criterion, or a finding of the report."""

    comment: CommentShown
    criterion: str | None = Field(description="Null: a finding about the service as a whole.")
    title: str
    stands: str = Field(description="What the report says of it now, in words.")
    reason: str = Field(description="Why it says so.")
    asked: Asked | None = Field(description="How a reviewer rates it; null where it is about a finding.")
    answer: Answer | None = Field(description="The rating that stands; null where it is about a finding.")
    finding: FindingChecked | None


class ReportComments(Shown):
    """All comments on the report of a visit; those that wait for an answer first."""

    stage: Stage
    until: datetime | None = Field(description="Until when the team may comment; null where the check is over.")
    comments: tuple[CommentOn, ...]
    criteria: dict[str, str] = Field(description="Criterion that applies -> its title, in the order of the standard.")
    answers: bool = Field(description="Whether whoever asks is the one who answers now.")


def report_comments(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> ReportComments:
    """What does the team say is not accurate, and does the asker answer it? NotFound until the report is sent."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ACCURACY_READ, cycle_id=cycle_id)
        found = report_of(looked)
        return ReportComments(
            stage=found.stage, until=found.until, comments=_comments(looked, found),
            criteria={one.id: one.title for one in looked.applicable},
            answers=Move.ANSWER_COMMENT in {one.move for one in open_moves(looked, at=at)},
        )  # fmt: skip


def _comments(looked: Looked, found: Report) -> tuple[CommentOn, ...]:
    on = [_on_rating(looked, one, said) for one in found.criteria for said in one.comments]
    on += [_on_finding(looked, one, said) for one in found.findings for said in one.comments]
    return tuple(sorted(on, key=lambda one: (one.comment.answer is not None, one.comment.id)))


def _on_rating(looked: Looked, one: ReportedCriterion, said: CommentShown) -> CommentOn:
    about, stands = looked.scheme.by_id[one.id], one.finding
    return CommentOn(
        comment=said, criterion=one.id, title=one.title, asked=asked_of_reviewers(looked.scheme, about), finding=None,
        stands="" if stands is None else answer_words(stands.answer, criterion=about, scheme=looked.scheme),
        reason="" if stands is None else stands.answer.note, answer=None if stands is None else stands.answer,
    )  # fmt: skip


def _on_finding(looked: Looked, one: FindingChecked, said: CommentShown) -> CommentOn:
    title = "" if one.criterion is None else looked.scheme.by_id[one.criterion].title
    return CommentOn(
        comment=said, criterion=one.criterion, title=title, stands=one.text, reason=one.reason, asked=None, answer=None,
        finding=one,
    )  # fmt: skip
