"""A college with many visits whose review is over, put into the records by hand: walking to each would take minutes."""

from collections.abc import Mapping, Sequence

from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.records import answers
from accreditation.records.answers import ReviewRating
from accreditation.records.cycles import Cycle, ProfileStatement, StageChange
from accreditation.records.reviewers import Assignment
from accreditation.records.reviews import HandIn, Settlement
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.wiring import House
from tests.rules.agreement.reviewing import PLAIN, rated
from tests.walking import AT, OFFICE


def college(house: House, *, teams: int, edition: Scheme = PLAIN, people: int = 4) -> None:
    """So many teams, reviewers 1 to 4, and the round 1 on this edition."""
    database = house.database
    digest = publish_edition(database, principal=OFFICE, scheme=edition, at=AT)
    rows = [
        TeamToImport(organisation=f"Trust {n}", team=f"Team {n}", service_line="small") for n in range(1, teams + 1)
    ]
    import_teams(database, principal=OFFICE, rows=rows, at=AT)
    for number in range(1, people + 1):
        register_reviewer(
            database, principal=OFFICE, name=f"Reviewer {number}", roles=["lead"], organisation_id=None, capacity=50,
            at=AT,
        )  # fmt: skip
    open_round(database, principal=OFFICE, digest=digest, name="spring", at=AT)


def visited(
    house: House,
    said: Sequence[Mapping[int, str]],
    *,
    edition: Scheme = PLAIN,
    stage: Stage = Stage.PUBLISHED,
    round_id: int = 1,
    first_team: int = 1,
) -> None:
    """For each team from the first on: who said what of its criteria (m, p, n), settled as the first of them said."""
    with house.database.bookkeeping() as session:
        for team, ratings in enumerate(said, first_team):
            cycle = Cycle(team_id=team, round_id=round_id, edition_digest=edition.digest, enrolled_at=AT)
            session.add(cycle)
            session.flush()
            assert cycle.id is not None
            session.add(ProfileStatement(cycle_id=cycle.id, number=1, facts="{}", by="office", at=AT))
            session.add(
                StageChange(
                    cycle_id=cycle.id, number=1, from_stage=None, to_stage=stage.value, move="enrol", by="office", at=AT
                )
            )
            for reviewer, words in ratings.items():
                seat = Assignment(cycle_id=cycle.id, reviewer_id=reviewer, role="lead", why="", at=AT)
                session.add(seat)
                session.flush()
                assert seat.id is not None
                session.add(HandIn(assignment_id=seat.id, nonce="n", at=AT))
                session.add_all(_rating(seat.id, name, answer) for name, answer in rated(words).items())
            first = rated(next(iter(ratings.values())))
            session.add_all(
                Settlement(
                    cycle_id=cycle.id, criterion=name, how="agreed", by="engine", at=AT, **answers.columns(answer)
                )
                for name, answer in first.items()
            )


def _rating(seat: int, name: str, answer: Answer) -> ReviewRating:
    return ReviewRating(assignment_id=seat, criterion=name, version=1, by="somebody", at=AT, **answers.columns(answer))
