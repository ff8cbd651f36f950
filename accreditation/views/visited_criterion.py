"""One criterion of one's visit as a page shows it: side by side with evidence, and how a reviewer rates it."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import answers
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.scheme.model import AuditLevel, Criterion, Scheme, Threshold
from accreditation.scheme.scale import ScaleRating
from accreditation.views.looking import Shown, look
from accreditation.views.one_criterion import OneCriterion, one_criterion
from accreditation.views.open_moves import open_moves
from accreditation.views.own_criterion import Asked, asked_of
from accreditation.views.seats import own_seat


class VisitedCriterion(Shown):
    """The criterion, whole, for one of the reviewers of a visit."""

    one: OneCriterion
    number: int = Field(description="The how-manieth of the criteria that apply it is, from 1.")
    of: int
    domain_title: str
    type_title: str
    type_meaning: str
    asked: Asked = Field(description="How a reviewer rates it.")
    team_scale: dict[str, ScaleRating] = Field(description="The ratings in which the team answers.")
    saved_at: datetime | None = Field(description="When the reviewer saved their rating last.")
    stage: Stage
    observes: bool
    moves: frozenset[Move] = Field(description="What the reviewer can do with the cycle now.")


def visited_criterion(
    database: Database, *, principal: Principal, cycle_id: int, criterion: str, at: datetime
) -> VisitedCriterion:
    """What does this reviewer need to see to rate this criterion? Nothing of any other reviewer before handing in.

    Raises NotFound for a cycle that is not theirs, and for a criterion that it does not have.
    """
    one = one_criterion(database, principal=principal, cycle_id=cycle_id, criterion=criterion, at=at)
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.REVIEW_RATE, cycle_id=cycle_id)
        names, about = [each.id for each in looked.applicable], looked.scheme.by_id[criterion]
        kind, seat = looked.scheme.types[about.type], own_seat(looked)
        own = answers.review_ratings(session, [seat.id or 0], [criterion])[seat.id or 0].get(criterion)
        return VisitedCriterion(
            one=one, number=names.index(criterion) + 1, of=len(names),
            domain_title=next(each.title for each in looked.scheme.domains if about in each.criteria),
            type_title=kind.title, type_meaning=kind.meaning, asked=asked_of_reviewers(looked.scheme, about),
            team_scale=looked.scheme.scale_of(about, "team"), stage=looked.now.stage,
            saved_at=None if own is None else own.at,
            observes=looked.scheme.observes(seat.role),
            moves=frozenset(each.move for each in open_moves(looked, at=at)),
        )  # fmt: skip


def asked_of_reviewers(scheme: Scheme, about: Criterion) -> Asked:
    """How does a reviewer rate this criterion? On their scale, and by the value that they accept where one is measured.

    Where points follow from the number itself, a rating alone is too little, and none is offered.
    """
    measure = about.measure
    by_value = isinstance(measure, Threshold) and (measure.bands is not None or measure.formula is not None)
    scale = {} if by_value else scheme.scale_of(about, "reviewer")
    levels = scheme.audits[measure.audit].levels if isinstance(measure, AuditLevel) else ()
    return asked_of(scheme, about).model_copy(update={"scale": scale, "levels": levels})
