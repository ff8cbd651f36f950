"""On which page or in which section of a file a criterion is answered, as it stands: it may be stated again."""

from datetime import datetime

from sqlalchemy import and_
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime, once_a_moment
from accreditation.records.evidence_items import EvidenceLink, of_cycles


class EvidencePlace(SQLModel, table=True):
    """The page or section was stated again; the highest number of a link stands."""

    __tablename__ = "evidence_place"

    evidence_id: int = Field(foreign_key="evidence_item.id", primary_key=True)
    criterion: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


@once_a_moment
def places(session: Session, *cycle_ids: int) -> dict[tuple[int, str], str]:
    """Item and criterion -> the page or section that stands, in these cycles; nothing where none is said."""
    link = EvidenceLink
    again = and_(col(EvidencePlace.evidence_id) == link.evidence_id, col(EvidencePlace.criterion) == link.criterion)
    said = (
        select(EvidenceLink, EvidencePlace.place)
        .join(EvidencePlace, again, isouter=True)
        .order_by(col(EvidencePlace.number))
    )
    found = {
        (one.evidence_id, one.criterion): one.place if later is None else later
        for one, later in session.exec(of_cycles(said, EvidenceLink.evidence_id, *cycle_ids))
    }
    return {link: place for link, place in found.items() if place}


def place(session: Session, *, evidence_id: int, criterion: str, place: str, by: str, at: datetime) -> None:
    """Append on which page or in which section of the item this criterion is answered."""
    query = select(EvidencePlace).where(EvidencePlace.evidence_id == evidence_id, EvidencePlace.criterion == criterion)
    number = len(session.exec(query).all()) + 1
    session.add(
        EvidencePlace(evidence_id=evidence_id, criterion=criterion, number=number, place=place, by=by, at=at)
    )  # fmt: skip
    session.flush()
