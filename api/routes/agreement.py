"""How far independent reviewers agree: over a round or a scheme for the college, and one's own for a reviewer."""

from typing import Annotated

from fastapi import Query

from accreditation.rules.permissions import Permission
from accreditation.views import agreement as view
from accreditation.views.schemes import which_edition
from api.guard import Asks, guard
from api.inputs.bounds import EditionGiven, RoundId, SchemeId
from api.routes.making import routes

router = routes("agreement")

Reader = Annotated[Asks, guard(Permission.AGREEMENT_READ)]
Owner = Annotated[Asks, guard(Permission.AGREEMENT_OWN)]
OfEdition = Annotated[EditionGiven | None, Query(description="Only visits judged by this edition.")]


@router.get("/rounds/{round}/agreement", response_model=view.AgreementShown)
def of_round(round: RoundId, asks: Reader) -> view.AgreementShown:  # noqa: A002  (the path's word)
    """How far do the reviewers of this round agree, domain by domain, and which criteria divide them?"""
    return view.agreement_of_round(asks.database, principal=asks.principal, round_id=round)


@router.get("/schemes/{scheme}/agreement", response_model=view.AgreementShown)
def of_scheme(scheme: SchemeId, asks: Reader, edition: OfEdition = None) -> view.AgreementShown:
    """How far do the reviewers of this scheme agree, over all its editions or one?"""
    digest = None
    if edition is not None:
        digest = which_edition(
            asks.database, principal=asks.principal, named=edition, scheme=scheme, where="query.edition"
        )
    return view.agreement_of_scheme(asks.database, principal=asks.principal, scheme=scheme, edition=digest)


@router.get("/schemes/{scheme}/agreement/reviewers", response_model=view.ReviewersAgreement)
def of_reviewers(scheme: SchemeId, asks: Owner) -> view.ReviewersAgreement:
    """How strict and consistent are the reviewers? The office sees all of them, a reviewer themself alone."""
    return view.reviewers_agreement(asks.database, principal=asks.principal, scheme=scheme)
