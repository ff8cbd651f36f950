"""Publish an edition of a scheme: from then on it never changes."""

from collections.abc import Sequence
from datetime import datetime

from accreditation.actions.desk import digest_of, enter
from accreditation.database import Database, Session
from accreditation.errors import Contradiction
from accreditation.ledger.chain import Detail
from accreditation.records import editions, worked_cases
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.case import Case
from accreditation.scheme.model import Scheme
from accreditation.scheme.write import CASES_FILE, write


def publish_edition(
    database: Database, *, principal: Principal, scheme: Scheme, at: datetime, cases: Sequence[Case] = ()
) -> str:
    """Publish this edition and say its digest. The same edition again changes nothing, and keeps its digest.

    Its worked cases are kept beside it, so that the next edition's draft begins with them; other cases for the same
    edition take the place of those, and none leave them as they are.
    Raises Contradiction where another content is published under the same label: people know an edition by it.
    """
    permit(principal, Permission.SCHEME_PUBLISH)
    with database.writing() as session:
        return publish_in(session, principal=principal, scheme=scheme, at=at, cases=cases)


def publish_in(
    session: Session, *, principal: Principal, scheme: Scheme, at: datetime, cases: Sequence[Case] = ()
) -> str:
    """The same within a transaction that does more; whoever opened it asked for the permission."""
    digest = _published(session, principal, scheme, at)
    content = write(scheme, cases)[CASES_FILE].decode() if cases else ""
    if content and worked_cases.keep(session, digest=digest, content=content, at=at):
        detail: dict[str, Detail] = {"worked_cases": len(cases), "text_sha256": digest_of(content)}
        enter(session, at=at, by=principal, action="scheme:keep_cases", subject=f"edition:{digest}", detail=detail)
    return digest


def _published(session: Session, principal: Principal, scheme: Scheme, at: datetime) -> str:
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
