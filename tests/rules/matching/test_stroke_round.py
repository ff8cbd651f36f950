"""The national case, where its data is present: every stroke unit is visited, by every rule of the scheme."""

from accreditation.rules.matching import match, violations
from tests.benchmarks.stroke_round import UNITS, stroke_round

if UNITS.exists():

    def test_every_stroke_unit_is_visited_without_a_conflict() -> None:
        asked = stroke_round()
        found = match(asked)
        assert (len(asked.visits), found.figures.filled, found.unfilled) == (125, 500, ())
        assert violations(asked, [one.seated for one in found.assigned]) == ()
        assert found.figures.farthest <= 240
