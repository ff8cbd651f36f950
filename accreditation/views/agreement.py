"""How far reviewers agree, for the college; and how strict and consistent a reviewer is, for them and the office."""

from collections.abc import Iterable

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import cycles, editions, rated, reviewers
from accreditation.records.rated import Rated
from accreditation.rules.agreement.one import Consistency, of_reviewers
from accreditation.rules.agreement.severity import Severity
from accreditation.rules.agreement.values import Visit
from accreditation.rules.agreement.whole import CriterionRow, Row, agreement
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.answer import Answers
from accreditation.scheme.model import Scheme
from accreditation.views.looking import Shown
from accreditation.views.seats import AFTER_REVIEW


class AgreementShown(Shown):
    """How far reviewers agree over all visits whose review is over, with 95 % intervals.

    Every figure is given with enough data or is null; its `words` say which, and what it means.
    """

    scheme: str
    edition: str | None = Field(description="The edition's digest, where only its visits are counted.")
    round: int | None = Field(description="The round, where only its visits are counted.")
    visits: int
    reviewers: int
    ratings: int
    rows: tuple[Row, ...] = Field(description="Krippendorff's alpha: over all domains, then domain by domain.")
    criteria: tuple[CriterionRow, ...] = Field(description="Criteria by how far they divide reviewers, most first.")


class ReviewerAgreement(Shown):
    """One reviewer: how strict beside the others on the same criteria, and how consistent with what was settled."""

    reviewer: int
    name: str
    severity: Severity
    consistency: tuple[Consistency, ...]


class ReviewersAgreement(Shown):
    """The reviewers of a scheme, as far as the asker may see them: a reviewer sees themself alone."""

    scheme: str
    reviewers: tuple[ReviewerAgreement, ...]


def agreement_of_round(database: Database, *, principal: Principal, round_id: int) -> AgreementShown:
    """How far do the reviewers of this round agree? Raises NotFound."""
    permit(principal, Permission.AGREEMENT_READ)
    with database.reading() as session:
        round_ = cycles.get_round(session, round_id)
        visits = _visits(session, rated.rated(session, stages=AFTER_REVIEW, round_id=round_id))
    return _shown(visits, scheme=round_.scheme, round_id=round_id)


def agreement_of_scheme(
    database: Database, *, principal: Principal, scheme: str, edition: str | None
) -> AgreementShown:
    """How far do the reviewers of this scheme (of one edition, by its digest) agree? Raises NotFound."""
    permit(principal, Permission.AGREEMENT_READ)
    with database.reading() as session:
        _check_known(session, scheme, edition)
        visits = _visits(session, rated.rated(session, stages=AFTER_REVIEW, scheme=scheme))
    if edition is not None:
        visits = [visit for visit in visits if visit.scheme.digest == edition]
    return _shown(visits, scheme=scheme, edition=edition)


def reviewers_agreement(database: Database, *, principal: Principal, scheme: str) -> ReviewersAgreement:
    """How strict and consistent are this scheme's reviewers? The office sees all, a reviewer themself alone."""
    permit(principal, Permission.AGREEMENT_OWN)
    with database.reading() as session:
        _check_known(session, scheme, None)
        only = None if principal.role is Role.OFFICE else principal.reviewer or 0
        visits = _visits(session, rated.rated(session, stages=AFTER_REVIEW, scheme=scheme, reviewer_id=only))
        names = {row.id: row.name for row in reviewers.pool(session)}
    return ReviewersAgreement(
        scheme=scheme,
        reviewers=tuple(
            ReviewerAgreement(
                reviewer=one.reviewer, name=names[one.reviewer], severity=one.severity, consistency=one.consistency
            )
            for one in of_reviewers(visits, only=only)
        ),
    )


def _check_known(session: Session, scheme: str, edition: str | None) -> None:
    known = {row.digest for row in editions.all_of(session, scheme)}
    if not known:
        raise NotFound(f"No scheme '{scheme}' is published.")
    if edition is not None and edition not in known:
        raise NotFound(f"The scheme '{scheme}' has no edition with the digest {edition[:12]}.")


def _visits(session: Session, found: Iterable[Rated]) -> list[Visit]:
    return [_visit(one, editions.scheme_of(session, one.edition_digest)) for one in found]


def _visit(one: Rated, scheme: Scheme) -> Visit:
    """The visit with the criteria that its edition has."""
    return Visit(
        id=one.cycle_id,
        scheme=scheme,
        ratings={reviewer: _known(answers, scheme) for reviewer, answers in one.ratings.items()},
        settled=_known(one.settled, scheme),
    )


def _known(answers: Answers, scheme: Scheme) -> Answers:
    if answers.keys() <= scheme.by_id.keys():
        return answers
    return {name: answer for name, answer in answers.items() if name in scheme.by_id}


def _shown(
    visits: list[Visit], *, scheme: str, edition: str | None = None, round_id: int | None = None
) -> AgreementShown:
    found = agreement(visits)
    return AgreementShown(
        scheme=scheme, edition=edition, round=round_id, visits=found.visits, reviewers=found.reviewers,
        ratings=found.ratings, rows=found.rows, criteria=found.criteria,
    )  # fmt: skip
