"""What the solver is asked, and that a solver which gives up is not taken for one that says no."""

from fractions import Fraction

import pytest

from accreditation.rules import solving
from accreditation.rules.program import CannotSay, Program, total


def test_the_cheapest_values_that_keep_every_row_are_found() -> None:
    program = Program()
    one, two = program.unknown(), program.unknown()
    program.at_least(total([program.one(one), program.one(two)]), Fraction(1))
    assert program.solve(cost={one: 5, two: 3}) == (Fraction(0), Fraction(1))


def test_where_no_values_keep_every_row_there_is_no_way() -> None:
    program = Program()
    one = program.unknown()
    program.at_least(program.one(one), Fraction(2))
    assert program.solve(cost={}) is None


def test_a_program_without_unknowns_holds_or_does_not() -> None:
    empty = Program()
    assert empty.solve(cost={}) == ()
    empty.at_least(total([]), Fraction(1))
    assert empty.solve(cost={}) is None


def test_a_solver_that_gives_up_has_not_said_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "_SECONDS", 0.0)
    program = Program()
    numbers = [program.unknown() for _ in range(30)]
    weighed = total(program.one(one).times(Fraction(3**place % 9973)) for place, one in enumerate(numbers))
    program.at_least(weighed, Fraction(31_337))
    program.at_most(weighed, Fraction(31_337))
    with pytest.raises(CannotSay):
        program.solve(cost={})
