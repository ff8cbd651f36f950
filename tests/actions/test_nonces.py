"""What could be guessed from a digest has a nonce in it: the digests of all entries leave the house in archives."""

from accreditation.actions.desk import GUESSABLE, open_cycle
from accreditation.ledger.entries import entries
from accreditation.rules.cycle import Stage
from accreditation.rules.permissions import Permission
from tests.actions.conftest import AtStage
from tests.walking import AT, COMMITTEE, CYCLE


def test_the_same_said_twice_has_another_digest_each_time_where_it_could_be_guessed(at_stage: AtStage) -> None:
    assert {"award:decide", "award:recommend", "review:settle", "indicator:answer", "accuracy:answer"} < GUESSABLE
    actions = sorted(GUESSABLE)
    house = at_stage(Stage.DECISION)
    with house.database.writing() as session:
        desk = open_cycle(session, principal=COMMITTEE, permission=Permission.AWARD_DECIDE, cycle_id=CYCLE, at=AT)
        for action in actions * 2:
            desk.enter(action, {"outcome": "accredited"})
        desk.enter("award:publish", {"outcome": "accredited"})
        told = [one for one in entries(session, after=0, limit=1000) if one.detail.get("outcome") == "accredited"]
    said = [one for one in told if one.action in GUESSABLE][-2 * len(actions) :]
    assert [one.action for one in said] == actions * 2
    nonces = [str(one.detail["nonce"]) for one in said]
    assert [len(one) for one in nonces] == [64] * len(said)
    assert len(set(nonces)) == len(said)
    assert told[-1].detail == {"outcome": "accredited"}
