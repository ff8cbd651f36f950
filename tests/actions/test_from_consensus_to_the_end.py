"""One cycle from its consensus to a lapse, and one to an appeal that is upheld, on either kind of database."""

from accreditation.actions.agree import agree
from accreditation.actions.answer_appeal import answer_appeal
from accreditation.actions.answer_comment import answer_comment
from accreditation.actions.appeal import appeal
from accreditation.actions.comment import comment
from accreditation.actions.decide import decide
from accreditation.actions.desk import GUESSABLE
from accreditation.actions.publish import publish
from accreditation.ledger.entries import entries, verify
from accreditation.records.jobs import Kind
from accreditation.wiring import House
from tests.following import after, day, entry, to_report
from tests.walking import COMMITTEE, CYCLE, LEAD, MEMBER, OFFICE, everything, later, reviewer, team_of, work


def to_the_register(house: House) -> None:
    """A comment is kept as it was found, the lead agrees, the committee defers and the office publishes."""
    to_report(house)
    comment(
        house.database, principal=MEMBER, cycle_id=CYCLE, criterion="1.01", reason="Page two names her.", at=later(1)
    )
    who = reviewer(team_of(house)["lead"])
    answer_comment(
        house.database,
        principal=who,
        cycle_id=CYCLE,
        comment_id=1,
        amended=None,
        reason="Of another year.",
        at=later(2),
    )
    agree(house.database, principal=LEAD, cycle_id=CYCLE, at=later(3))
    work(house, at=later(3))
    decide(house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome="deferred", reason="", at=later(4))
    publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=later(5))


def done(house: House) -> list[str]:
    """What the ledger says was done since the report, without the engine's looks; the chain recomputes.

    No entry has a digest from which somebody could guess what another team was told.
    """
    with house.database.reading() as session:
        verify(session)
        found = entries(session, after=0, limit=1000)
    assert [one.action for one in found if (one.action in GUESSABLE) != ("nonce" in one.detail)] == []
    actions = [one.action for one in found]
    return [one for one in actions[actions.index("accuracy:comment") :] if "look" not in one]


def test_from_consensus_to_a_lapse(any_house: House) -> None:
    to_the_register(any_house)
    work(any_house, Kind.CONDITIONS, at=day("2026-10-06"))
    assert after(any_house).stands.outcome == "refused"
    assert done(any_house) == [
        "accuracy:comment", "accuracy:answer", "accuracy:agree", "award:recommend", "award:decide", "award:publish",
        "award:lapse",
    ]  # fmt: skip
    before = everything(any_house)
    work(any_house, Kind.CONDITIONS, Kind.ACCURACY, Kind.AWARD, at=day("2026-12-01"))
    work(any_house, Kind.CONDITIONS, Kind.ACCURACY, Kind.AWARD, at=day("2027-12-01"))
    after_all = everything(any_house)
    unchanged = set(before) - {"head", "outbox", "ledger_entry"}
    assert {name: after_all[name] for name in unchanged} == {name: before[name] for name in unchanged}
    assert entry(any_house, day("2027-12-01")).words == "No award is held."


def test_from_consensus_to_an_appeal_upheld(any_house: House) -> None:
    to_the_register(any_house)
    appeal(any_house.database, principal=LEAD, cycle_id=CYCLE, reason="There was a strike.", at=later(30))
    answer_appeal(
        any_house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome="accredited", reason="The plan was there.",
        at=later(60),
    )  # fmt: skip
    work(any_house, Kind.CONDITIONS, at=day("2027-12-01"))
    assert [(row.outcome, row.because) for row in after(any_house).changes] == [("accredited", "appeal")]
    assert done(any_house)[-2:] == ["appeal:lodge", "appeal:answer"]
    assert entry(any_house, day("2027-12-01")).words == "The award is valid until 31 May 2029."
