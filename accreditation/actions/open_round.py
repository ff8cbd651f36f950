"""Open a round: a batch of cycles that run on one edition."""

from datetime import datetime

from accreditation.actions.desk import enter
from accreditation.actions.wording import check_name, check_untold
from accreditation.database import Database
from accreditation.errors import Contradiction
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, editions
from accreditation.records.cycles import Round
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit


def open_round(database: Database, *, principal: Principal, digest: str, name: str, at: datetime) -> int:
    """Open a round of this name on the edition with this digest, and say its id.

    The same round again changes nothing. Raises NotFound for an edition that is not published, and
    Contradiction where a round of this name runs on another edition: a running round never changes its edition.
    """
    permit(principal, Permission.ROUND_OPEN)
    check_name("name", name)
    check_untold([("name", name)])
    name = name.strip()
    with database.writing() as session:
        scheme = editions.get(session, digest).scheme
        row = cycles.round_named(session, scheme=scheme, name=name)
        if row is None:
            row = Round(scheme=scheme, name=name, edition_digest=digest, opened_at=at)
            session.add(row)
            session.flush()
            detail: dict[str, Detail] = {"name": name, "edition": digest}
            enter(session, at=at, by=principal, action="round:open", subject=f"round:{row.id}", detail=detail)
        elif row.edition_digest != digest:
            raise Contradiction(
                f"The round '{name}' runs on the edition {row.edition_digest[:12]} and keeps it. "
                f"Open a round of another name for the edition {digest[:12]}."
            )
        assert row.id is not None  # noqa: S101  (it was flushed or read)
        return row.id
