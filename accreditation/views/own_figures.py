"""A reviewer's own figures: what they took on, how they rate beside the others, and the proof that they took part."""

from datetime import datetime

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.rules.agreement.one import Consistency
from accreditation.rules.agreement.severity import Severity
from accreditation.rules.people import Principal
from accreditation.views.agreement import reviewers_agreement
from accreditation.views.looking import Shown
from accreditation.views.own_visits import OwnVisit, own_visits
from accreditation.views.seats import AFTER_REVIEW
from accreditation.views.visit_desk import own_visit


class OfScheme(Shown):
    """How strict and how consistent a reviewer is in one scheme; only over visits whose review is over."""

    scheme: str
    severity: Severity
    consistency: tuple[Consistency, ...]


class OwnFigures(Shown):
    """Every visit of a reviewer, and their figures in each scheme in which they reviewed."""

    visits: tuple[OwnVisit, ...]
    schemes: tuple[OfScheme, ...]


def own_figures(database: Database, *, principal: Principal, at: datetime) -> OwnFigures:
    """What did this reviewer take on, and how do they rate beside the others? Nothing of any other one of them."""
    visits = own_visits(database, principal=principal, at=at)
    titles = {one.scheme: one.scheme_title for one in visits}
    found = {name: reviewers_agreement(database, principal=principal, scheme=name).reviewers for name in titles}
    return OwnFigures(
        visits=visits,
        schemes=tuple(
            OfScheme(scheme=titles[name], severity=one.severity, consistency=one.consistency)
            for name, reviewers in found.items()
            for one in reviewers
        ),
    )


def took_part(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> OwnVisit:
    """The visit in which this reviewer took part to its end. Raises NotFound for others and for one that goes on.

    Whoever rates took part once they handed in and the review is over; whoever observes once it is over.
    """
    visit = own_visit(database, principal=principal, cycle_id=cycle_id, at=at)
    if not has_taken_part(visit):
        raise NotFound("There is a certificate once you have handed in and the review of all of you is over.")
    return visit


def has_taken_part(visit: OwnVisit) -> bool:
    """Did whoever asks take part in this visit to the end of its review?"""
    return visit.stage in AFTER_REVIEW and (visit.observes or visit.handed_in_at is not None)
