"""Publish an edition of a scheme: from then on it never changes."""

from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.database import Database, Session
from accreditation.errors import Contradiction
from accreditation.ledger.chain import Detail
from accreditation.records import editions
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme


def publish_edition(database: Database, *, principal: Principal, scheme: Scheme, at: datetime) -> str:
    """Publish this edition and say its digest. The same edition again changes nothing, and keeps its digest.

    Raises Contradiction where another content is published under the same label: people know an edition by it.
    """
    permit(principal, Permission.SCHEME_PUBLISH)
    with database.writing() as session:
        return publish_in(session, principal=principal, scheme=scheme, at=at)


def publish_in(session: Session, *, principal: Principal, scheme: Scheme, at: datetime) -> str:
    """The same within a transaction that does more; whoever opened it asked for the permission."""
    held = editions.same_as(session, scheme)
    if held is not None:
        return held
    for known in editions.all_of(session, scheme.id):
        if known.label == scheme.edition:
            raise Contradiction(
                f"Edition '{scheme.edition}' of {scheme.id} is published already with other content "
                f"({known.digest[:12]}), and a published edition never changes. Give this one a new edition: in "
                "scheme.yaml."
            )
    editions.keep(session, scheme=scheme, at=at)
    detail: dict[str, Detail] = {"scheme": scheme.id, "edition": scheme.edition, "criteria": len(scheme.criteria)}
    enter(session, at=at, by=principal, action="scheme:publish", subject=f"edition:{scheme.digest}", detail=detail)
    return scheme.digest
