"""What was stated about reviewers: appended, never overwritten; the newest statement of a fact stands."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.rules.reviewer_facts import NO_FACTS, ReviewerFacts


class ReviewerFact(SQLModel, table=True):
    """Somebody stated a fact about a reviewer: `fact` is its name, `value` the whole of it as JSON."""

    __tablename__ = "reviewer_fact"

    id: int | None = Field(default=None, primary_key=True)
    reviewer_id: int = Field(foreign_key="reviewer.id", index=True)
    fact: str
    value: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)


def facts_of(session: Session, reviewer_ids: Iterable[int] | None = None) -> Mapping[int, ReviewerFacts]:
    """Reviewer's id -> what stands of them (of these, or of all); nobody of whom nothing was stated."""
    query = select(ReviewerFact).order_by(col(ReviewerFact.id))
    if reviewer_ids is not None:
        query = query.where(col(ReviewerFact.reviewer_id).in_(list(reviewer_ids)))
    stated: dict[int, dict[str, object]] = {}
    for row in session.exec(query):
        stated.setdefault(row.reviewer_id, {})[row.fact] = json.loads(row.value)
    return {number: ReviewerFacts.model_validate(facts) for number, facts in stated.items()}


def state(session: Session, *, reviewer_id: int, facts: ReviewerFacts, by: str, at: datetime) -> tuple[str, ...]:
    """Append what is different from what stands; says which facts were."""
    stands = facts_of(session, [reviewer_id]).get(reviewer_id, NO_FACTS)
    new = facts.model_dump(mode="json")
    changed = tuple(name for name, value in stands.model_dump(mode="json").items() if new[name] != value)
    session.add_all(
        ReviewerFact(reviewer_id=reviewer_id, fact=name, value=json.dumps(new[name]), by=by, at=at) for name in changed
    )
    session.flush()
    return changed
