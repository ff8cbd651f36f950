from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.enrol import enrol
from accreditation.actions.publish_edition import publish_edition
from accreditation.records import cycles, edition_changes
from accreditation.rules.cycle import Stage
from accreditation.wiring import House
from tests.editions import OTHERS, SOFTER
from tests.walking import AT, CYCLE, OFFICE, ROUND, SOUTH, later, scheme, walk


def test_the_newest_change_names_the_edition_that_a_cycle_runs_on_now(any_house: House) -> None:
    walk(any_house, Stage.SELF_ASSESSMENT)
    other = enrol(any_house.database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile={}, at=AT)
    for day, edition in enumerate((SOFTER, scheme(), SOFTER), start=1):
        digest = publish_edition(any_house.database, principal=OFFICE, scheme=edition, at=AT)
        carry_over_cycle(any_house.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=later(day))
    with any_house.database.reading() as session:
        rows = edition_changes.changes_of(session, CYCLE)
        assert [(row.number, row.edition_digest, row.at) for row in rows] == [
            (1, SOFTER.digest, later(1)), (2, scheme().digest, later(2)), (3, SOFTER.digest, later(3)),
        ]  # fmt: skip
        assert [(now.id, now.edition_digest) for now in cycles.several(session)] == [
            (CYCLE, SOFTER.digest), (other, scheme().digest),
        ]  # fmt: skip
        assert cycles.now(session, CYCLE).cycle.edition_digest == scheme().digest
        assert edition_changes.carried_to(session, [CYCLE, other]) == {CYCLE: SOFTER.digest}
        assert cycles.running_by_edition(session) == {SOFTER.digest: 1, scheme().digest: 1}


def test_an_edition_that_no_cycle_runs_on_is_not_counted(any_house: House) -> None:
    walk(any_house, Stage.WITHDRAWN)
    publish_edition(any_house.database, principal=OFFICE, scheme=OTHERS, at=AT)
    with any_house.database.reading() as session:
        assert cycles.running_by_edition(session) == {}
