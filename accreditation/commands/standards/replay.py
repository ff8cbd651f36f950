"""accredit standards replay: do a scheme's rules give what was really published?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console

from accreditation.commands.standards.folder import Folder
from accreditation.commands.standards.published_table import PublishedTable, opened
from accreditation.errors import AccreditationError, Fault, Invalid
from accreditation.library import load
from accreditation.rules.replay import Replayed, Replayer
from accreditation.scheme.model import Scheme
from accreditation.scheme.replay import REPLAY_FILE, Output, Replay
from accreditation.scheme.replay_reading import read_replay
from accreditation.scheme.source import MAX_BYTES

_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of a table: its rows by how they came out, every output, and what is to be told of single rows."""

    rows: int = 0
    match: int = 0
    differ: int = 0
    unreadable: int = 0
    nothing: int = 0
    compared: Counter[Output] = field(default_factory=Counter)
    differing: Counter[Output] = field(default_factory=Counter)
    other_words: Counter[str] = field(default_factory=Counter)
    mismatches: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0


def replay(
    folder: Folder,
    table: Annotated[Path, typer.Argument(help="A CSV file of published results, a row each, with headings.")],
    mapping: Annotated[
        Path | None, typer.Option(help="Which column is what; without it, replay.yaml in the folder.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Show so many mismatches and unreadable cells at most; else all.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show below each mismatch how it was worked out.")] = False,
) -> None:
    """Work published results out anew by the rules, and show every one that differs.

    Exit code 0 where every row matches, 1 where some differ or cannot be read, 2 where nothing could be compared.
    """
    try:
        scheme = load(folder).scheme
        with opened(table) as stream:
            rows = PublishedTable(stream, name=str(table))
            mapped = _mapping(mapping or folder / REPLAY_FILE, scheme, rows.headings)
            found = _replayed(scheme, mapped, rows, str(table), explain)
    except AccreditationError as unusable:
        _err.print(str(unusable), style="red", markup=False)
        raise typer.Exit(2) from unusable
    _tell(found, mapped, scheme, table, limit)
    if not found.match + found.differ + found.unreadable:
        raise typer.Exit(2)
    if found.differ or found.unreadable:
        raise typer.Exit(1)


def _mapping(file: Path, scheme: Scheme, headings: list[str]) -> Replay:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        allowed = "write it beside scheme.yaml as replay.yaml, or name it with --mapping"
        raise Invalid([Fault(where=str(file), found=f"cannot be read: {error.strerror}", allowed=allowed)]) from error
    return read_replay(file=str(file), content=content, scheme=scheme, headings=headings)


def _replayed(scheme: Scheme, replay: Replay, rows: PublishedTable, name: str, explain: bool) -> Tally:
    found = Tally()
    started = perf_counter()
    replayer = Replayer(scheme=scheme, replay=replay)
    for line, cells in rows.rows():
        found.rows += 1
        try:
            if isinstance(cells, Fault):
                raise Invalid([cells])
            _count(found, replayer.row(cells), explain)
        except Invalid as refusal:
            found.unreadable += 1
            found.faults += [f"{name}:{line} {fault}" for fault in refusal.faults]
    found.seconds = perf_counter() - started
    return found


def _count(found: Tally, row: Replayed, explain: bool) -> None:
    found.compared.update(row.compared)
    found.differing.update(one.output for one in row.differences)
    found.other_words.update(row.other_words)
    if row.differences:
        found.differ += 1
        found.mismatches += _mismatches(row, explain)
    elif row.compared:
        found.match += 1
    else:
        found.nothing += 1


def _mismatches(row: Replayed, explain: bool) -> Iterator[str]:
    for one in row.differences:
        words = f"{row.name}: {one.output} published {one.published}, recomputed {one.recomputed}"
        yield f"{words}\n      {one.why}" if explain else words


def _tell(found: Tally, replay: Replay, scheme: Scheme, table: Path, limit: int | None) -> None:
    _out.print(f"{scheme.title}, edition {scheme.edition}, on {table}", style="bold", markup=False)
    _out.print(f"  {found.rows:,} rows, {found.match:,} match in everything, {found.differ:,} differ")
    if found.nothing:
        _out.print(f"  {found.nothing:,} rows have nothing to compare")
    if found.unreadable:
        _out.print(f"  {found.unreadable:,} rows cannot be read")
    within = replay.expect.within
    _out.print("Matches by output" + (f" (a score matches within {within}, as the mapping says)" if within else ""))
    for output in replay.expect.outputs:
        compared = found.compared[output]
        words = f"{output} ({output.column})"
        _out.print(f"  {compared - found.differing[output]:>7,} of {compared:>7,}  {words}", markup=False)
    if found.other_words:
        said = ", ".join(f"'{word}' in {number:,}" for word, number in found.other_words.most_common(20))
        state = str(replay.anything_else).replace("_", " ")
        _out.print(f"Cells that are no answer and count as {state}, as the mapping says: {said}", markup=False)
    _listed("Mismatches", found.mismatches, limit)
    _listed("Not readable", found.faults, limit)
    _out.print(f"{found.rows / found.seconds:,.0f} rows/s" if found.rows else "There are no rows below the headings.")


def _listed(title: str, lines: list[str], limit: int | None) -> None:
    if lines:
        _out.print(title)
    for line in lines[:limit]:
        _out.print(f"  {line}", markup=False)
    if limit is not None and len(lines) > limit:
        _out.print(f"  and {len(lines) - limit:,} more")
