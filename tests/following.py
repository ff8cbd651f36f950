"""North's cycle on the scheme with time and people in it, up to its decision and beyond."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from accreditation.actions.agree import agree
from accreditation.actions.decide import decide
from accreditation.actions.meet_condition import meet_condition
from accreditation.actions.publish import publish
from accreditation.actions.settle import settle
from accreditation.records.aftermath import Aftermath, aftermath
from accreditation.rules.cycle import Stage
from accreditation.rules.people import PUBLIC
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.views.awards import DecisionShown, decision
from accreditation.views.results import Result, registered
from accreditation.wiring import House
from tests.building import followed
from tests.remembered import once
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    OFFICE,
    rate_and_hand_in,
    reviewer,
    team_of,
    walk,
    work,
)

SEEN = "The reviewers saw the new job plan."


def day(text: str, hour: int = 9) -> datetime:
    """This day, at this hour UTC."""
    return datetime.fromisoformat(text).replace(hour=hour, tzinfo=UTC)


def to_report(house: House, *, edition: Scheme | None = None, **ratings: str) -> None:
    """Both rate so, but differ in 1.01; the lead settles it as not met, and the report goes to the team in April."""
    edition = edition or followed()
    once(house, ("to_report", *ratings.items()), lambda: _to_report(house, edition, ratings), of=edition)


def _to_report(house: House, edition: Scheme, ratings: Mapping[str, str]) -> None:
    walk(house, Stage.REVIEW, edition=edition)
    rate_and_hand_in(house, "lead", **ratings)
    rate_and_hand_in(house, "lay", c1_01="not_met", **ratings)
    work(house)
    answer = Answer(rating="not_met", note="No job plan names her.")
    who = reviewer(team_of(house)["lead"])
    settle(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", answer=answer, at=AT)
    work(house)


def to_published(
    house: House,
    *,
    edition: Scheme | None = None,
    decided: datetime = AT,
    told: datetime | None = None,
    outcome: str = "deferred",
    **ratings: str,
) -> None:
    """The team agrees, the rules recommend, the committee decides and the office publishes."""
    edition = edition or followed()
    once(
        house, ("to_published", decided, told, outcome, *ratings.items()),
        lambda: _to_published(house, edition, decided=decided, told=told or decided, outcome=outcome, ratings=ratings),
        of=edition,
    )  # fmt: skip


def _to_published(
    house: House, edition: Scheme, *, decided: datetime, told: datetime, outcome: str, ratings: Mapping[str, str]
) -> None:
    to_report(house, edition=edition, **ratings)
    agree(house.database, principal=LEAD, cycle_id=CYCLE, at=AT)
    work(house)
    decide(
        house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome=outcome, at=decided,
        reason="" if outcome == "deferred" else "The committee heard the case.",
    )  # fmt: skip
    publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=told)


def meet(house: House, at: datetime, *, condition: int = 1, reason: str = SEEN, **more: Any) -> str:
    """The office records this condition as met."""
    return meet_condition(
        house.database, principal=OFFICE, cycle_id=CYCLE, condition_id=condition, reason=reason, at=at, **more
    )


def after(house: House) -> Aftermath:
    """The decision and what followed it."""
    with house.database.reading() as session:
        found = aftermath(session, CYCLE)
    assert found is not None
    return found


def entry(house: House, at: datetime) -> Result:
    """What the public register says at this moment."""
    return registered(house.database, principal=PUBLIC, cycle_id=CYCLE, at=at)


def told(house: House) -> DecisionShown:
    """What the team is told of the decision."""
    return decision(house.database, principal=LEAD, cycle_id=CYCLE)
