"""What is new in an edition does not count at once against a service that holds an award."""

from datetime import date, timedelta

from accreditation.actions.desk import open_cycle
from accreditation.actions.enrol import enrol
from accreditation.actions.grace import as_judged
from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.rules.cycle import Stage
from accreditation.rules.permissions import Permission
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.editions import next_edition
from tests.walking import AT, CYCLE, OFFICE, walk

NEWER = next_edition(
    ("scheme.yaml", "effective: 2026-04-01", "effective: 2026-05-01"),
    ("scheme.yaml", "domains:", "transition: {grace: {months: 6}}\ndomains:"),
    (
        "criteria/second.yaml",
        '- id: "2.01"',
        '- id: "2.00"\n  title: New\n  statement: New.\n  type: expected\n- id: "2.01"',
    ),
)
GIVEN = {"1.01": Answer(rating="not_met"), "2.00": Answer(rating="not_met"), "2.01": Answer(rating="met")}


def judged(house: House, *, team: int, on: date) -> dict[str, str]:
    """How the answers of this team's cycle under the newer edition count on a day."""
    database = house.database
    digest = publish_edition(database, principal=OFFICE, scheme=NEWER, at=AT)
    round_id = open_round(database, principal=OFFICE, digest=digest, name=f"Next {team} {on}", at=AT)
    cycle = enrol(database, principal=OFFICE, team_id=team, round_id=round_id, profile={}, at=AT)
    with database.writing() as session:
        desk = open_cycle(
            session, principal=OFFICE, permission=Permission.CYCLE_WITHDRAW, cycle_id=cycle, at=AT + timedelta(days=1)
        )
        answers = as_judged(desk, GIVEN, on=on)
        desk.enter("test:look", {})
    return {name: answer.state for name, answer in answers.items()}


def test_a_new_criterion_leaves_the_count_within_the_grace_and_only_it(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    assert CYCLE == 1
    rated = dict.fromkeys(GIVEN, "rated")
    assert judged(house, team=1, on=date(2026, 10, 31)) == {**rated, "2.00": "not_applicable"}
    assert judged(house, team=1, on=date(2026, 11, 1)) == rated
    assert judged(house, team=2, on=date(2026, 10, 31)) == rated
