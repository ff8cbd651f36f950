import pytest

from accreditation.rules.matching_solver import Program


def test_goals_are_sought_in_turn_and_proven() -> None:
    program = Program()
    first, second = program.columns(2)
    program.row({first: 1, second: 1}, high=1)
    solved = program.solve([{first: -1, second: -1}, {first: 2, second: 1}])
    assert (solved.values, solved.bounds, solved.chosen, solved.proven) == ((-1, 1), (-1, 1), frozenset({second}), True)


def test_rows_that_contradict_each_other_are_a_fault_of_the_program() -> None:
    program = Program()
    (only,) = program.columns(1)
    program.row({only: 1}, low=2)
    with pytest.raises(AssertionError) as raised:
        program.solve([{only: 1}])
    assert str(raised.value).startswith("the solver gave no answer: ")


def test_an_answer_of_a_search_that_was_cut_short_is_not_called_proven() -> None:
    """Many columns with like factors that no row sums exactly: known to need very many branches."""
    program = Program(nodes=2)
    columns = program.columns(40)
    gaps: dict[int, int] = {}
    for row in range(4):
        terms = {column: (column * column * (row + 7) + column * 31 * (row + 3)) % 97 for column in columns}
        (below,) = program.columns(1, most=5_000)
        program.row({**terms, below: 1}, high=sum(terms.values()) // 2)
        gaps |= dict.fromkeys(terms, 0)
        gaps = {column: gaps[column] - terms.get(column, 0) for column in gaps}
    solved = program.solve([{column: cost - column % 5 for column, cost in gaps.items()}])
    assert (solved.proven, solved.bounds < solved.values) == (False, True)
