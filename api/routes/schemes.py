"""Schemes and their editions."""

from typing import Annotated

from accreditation.rules.permissions import Permission
from accreditation.views import schemes as view
from api.guard import Asks, guard
from api.inputs.bounds import EditionPath, SchemeId
from api.routes.making import routes

router = routes("schemes")

Reader = Annotated[Asks, guard(Permission.SCHEME_READ)]


@router.get("/schemes", response_model=view.Schemes)
def schemes(asks: Reader) -> view.Schemes:
    """Which schemes are published?"""
    return view.schemes(asks.database, principal=asks.principal)


@router.get("/schemes/{scheme}/editions", response_model=view.Editions)
def editions(scheme: SchemeId, asks: Reader) -> view.Editions:
    """Which editions of this scheme are published, the newest first?"""
    return view.editions_of(asks.database, principal=asks.principal, scheme=scheme)


@router.get("/editions/{digest}", response_model=view.EditionWhole)
def edition(digest: EditionPath, asks: Reader) -> view.EditionWhole:
    """What is in this edition: domains, criteria, scale, award rules?"""
    digest = view.which_edition(asks.database, principal=asks.principal, named=digest, where="path.digest")
    return view.edition(asks.database, principal=asks.principal, digest=digest)
