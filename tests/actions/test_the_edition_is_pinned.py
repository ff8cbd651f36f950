"""A changed edition never changes a cycle that runs: what is asked, how it is judged, what follows."""

import pytest

from accreditation.actions.open_round import open_round
from accreditation.actions.publish_edition import publish_edition
from accreditation.errors import Contradiction
from accreditation.records import awards, cycles, editions
from accreditation.records.awards import Decision, Publication, Recommendation
from accreditation.rules.cycle import Stage
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from accreditation.wiring import House
from tests.building import changed
from tests.walking import AT, CYCLE, OFFICE, STEPS, scheme, stage_of, work


def harder() -> Scheme:
    """A later edition: nobody can reach its award as easily, nor for as long."""
    files = changed("criteria/second.yaml", "at_least: 90", "at_least: 99")
    text = files["scheme.yaml"].decode()
    for old, new in [
        ('edition: "2026.1"', 'edition: "2026.2"'),
        ("minimum: 0, maximum: 2", "minimum: 1, maximum: 1"),
        ("at_least: 50 %", "at_least: 100 %"),
        ("{years: 3}", "{years: 1}"),
    ]:
        text = text.replace(old, new)
    return read_standard({**files, "scheme.yaml": text.encode()}).scheme


@pytest.mark.parametrize("changed_in", [Stage.SELF_ASSESSMENT, Stage.REVIEW, Stage.DECISION])
def test_a_running_cycle_keeps_the_edition_it_began_on(house: House, changed_in: Stage) -> None:
    for stage, step in STEPS.items():
        step(house)
        if stage is changed_in:
            publish_edition(house.database, principal=OFFICE, scheme=harder(), at=AT)
    work(house)
    assert stage_of(house) == Stage.PUBLISHED
    with house.database.reading() as session:
        now = cycles.now(session, CYCLE)
        asked = editions.scheme_of(session, now.cycle.edition_digest)
        assert asked == scheme() != harder()
        assert session.get_one(Recommendation, CYCLE).outcome == "accredited"
        assert str(session.get_one(Decision, CYCLE).valid_until) == "2029-04-01"
        assert session.get_one(Publication, CYCLE).edition_digest == scheme().digest
        assert [row.outcome for row in awards.newest_gaps(session, [CYCLE]).values()] == ["accredited"]


def test_a_round_does_not_move_to_another_edition(house: House) -> None:
    STEPS[Stage.SELF_ASSESSMENT](house)
    digest = publish_edition(house.database, principal=OFFICE, scheme=harder(), at=AT)
    with pytest.raises(Contradiction, match="and keeps it"):
        open_round(house.database, principal=OFFICE, digest=digest, name="spring", at=AT)
