"""What a team's list of its cycles says is due after a decision."""

from datetime import UTC, date, datetime

import pytest

from accreditation.records.aftermath import Aftermath, Appeal, AppealAnswer
from accreditation.records.awards import ConditionSet, Decision
from accreditation.views.own_cycles import put_right_until
from tests.building import followed

AT, DUE = datetime(2026, 4, 1, tzinfo=UTC), date(2026, 10, 1)


@pytest.mark.parametrize(
    ("stands", "lodged", "answered", "until"),
    [
        (True, False, False, DUE),
        (True, True, False, DUE),
        (False, True, False, None),
        (False, True, True, DUE),
    ],
)
def test_an_appeal_lets_a_condition_rest_only_where_the_decision_does_not_stand_meanwhile(
    stands: bool, lodged: bool, answered: bool, until: date | None
) -> None:
    lodging = Appeal(cycle_id=1, reason="The strike.", by="the lead", at=AT)
    answer = AppealAnswer(cycle_id=1, outcome=None, reason="It was heard.", by="the committee", at=AT)
    decision = Decision(
        cycle_id=1, outcome="deferred", departs=False, reason="", by="the committee", at=AT, valid_until=None
    )  # fmt: skip
    after = Aftermath(
        decision=decision, changes=(), met={}, appeal=lodging if lodged else None, answer=answer if answered else None,
        conditions=(ConditionSet(id=1, cycle_id=1, needed=1, criteria='["1.01"]', due_on=DUE),),
    )  # fmt: skip
    meanwhile = "decision_stands_meanwhile"
    edition = followed(**{f"{meanwhile}: true": f"{meanwhile}: {str(stands).lower()}"})
    assert put_right_until(edition, after) == until
    assert put_right_until(edition, None) is None
