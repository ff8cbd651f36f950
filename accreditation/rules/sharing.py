"""How few criteria fill needs that overlap, where each need is for a type, for a domain, or for one type in one domain.

Think of a table with a row for each type and a column for each domain; a cell holds the unmet criteria of both.
A criterion taken from a cell counts for its row and for its column, so taking one can fill two needs. What the
cells themselves need is taken first. Of the rest, as many as possible are shared between a row and a column:
that is a maximal flow from rows to columns, found by augmenting paths, and no other way takes fewer. What is
then still lacking is taken from the row or the column alone. (A row and a column that both still lack cannot
have a criterion left in common, or it would have been shared; so neither takes what the other needs.)
"""

from collections import deque
from collections.abc import Mapping

Cell = tuple[str | None, str | None]
"""A type and a domain; None where no need names one."""

Taken = dict[Cell, int]


def fewest(*, cells: Mapping[Cell, int], needs: Mapping[Cell, int]) -> Taken | None:
    """How many to take from each cell so that every need is filled with as few as possible?

    `cells` says how many there are; a need is for a cell, for a row (type, None) or for a column
    (None, domain). None where there are too few.
    """
    taken = {cell: needs.get(cell, 0) if None not in cell else 0 for cell in cells}
    room = {cell: size - taken[cell] for cell, size in cells.items()}
    if any(left < 0 for left in room.values()) or any(c not in cells for c in needs if None not in c):
        return None
    rows = {row: need - _sum(taken, 0, row) for (row, column), need in needs.items() if row and not column}
    columns = {column: need - _sum(taken, 1, column) for (row, column), need in needs.items() if column and not row}
    _share(taken, room, rows, columns)
    for axis, lacking in ((0, rows), (1, columns)):
        for name, lack in lacking.items():
            if not _fill(taken, room, axis, name, lack):
                return None
    return taken


def _sum(taken: Taken, axis: int, name: str) -> int:
    return sum(number for cell, number in taken.items() if cell[axis] == name)


def _fill(taken: Taken, room: Taken, axis: int, name: str, lack: int) -> bool:
    """Take what a row (axis 0) or a column (axis 1) still lacks, from wherever there is room in it."""
    for cell in room:
        if cell[axis] == name and lack > 0:
            number = min(lack, room[cell])
            taken[cell] += number
            room[cell] -= number
            lack -= number
    return lack <= 0


def _share(taken: Taken, room: Taken, rows: dict[str, int], columns: dict[str, int]) -> None:
    """Take as many as possible that count for a row and a column at once; note it in all four."""
    shared = dict.fromkeys(room, 0)
    while path := _path(room, shared, rows, columns):
        number = min(rows[str(path[0][0])], columns[str(path[-1][1])])
        for step, cell in enumerate(path):
            number = min(number, room[cell] if step % 2 == 0 else shared[cell])
        for step, cell in enumerate(path):
            change = number if step % 2 == 0 else -number
            taken[cell] += change
            room[cell] -= change
            shared[cell] += change
        rows[str(path[0][0])] -= number
        columns[str(path[-1][1])] -= number


def _path(room: Taken, shared: Taken, rows: dict[str, int], columns: dict[str, int]) -> list[Cell]:
    """A shortest way from a row that lacks to a column that lacks, over cells with room; back over shared ones.

    Cells at even places are taken from, those at odd places are given back. Empty where there is none.
    """
    waiting: deque[tuple[str, list[Cell]]] = deque((row, []) for row, lack in rows.items() if lack > 0)
    seen_rows, seen_columns = {row for row, _ in waiting}, set[str]()
    while waiting:
        row, path = waiting.popleft()
        for cell in room:
            column = cell[1]
            if cell[0] != row or room[cell] == 0 or column not in columns or column in seen_columns:
                continue
            seen_columns.add(column)
            if columns[column] > 0:
                return [*path, cell]
            for back in shared:
                if back[1] == column and shared[back] and back[0] is not None and back[0] not in seen_rows:
                    seen_rows.add(back[0])
                    waiting.append((back[0], [*path, cell, back]))
    return []
