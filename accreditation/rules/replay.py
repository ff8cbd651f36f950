"""Replays a published table: works every row out anew by the scheme, and says where it was published differently."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accreditation.errors import Invalid
from accreditation.rules.grading import grade, rounded
from accreditation.rules.many import Board
from accreditation.rules.many_figures import grade as quick_grade
from accreditation.rules.many_marks import Given
from accreditation.rules.many_standings import Standings
from accreditation.rules.result import result
from accreditation.rules.scoring import Score, score
from accreditation.rules.working import Graded, Working
from accreditation.scheme.case import NO_LEVEL
from accreditation.scheme.model import Scheme
from accreditation.scheme.replay import Output, Replay
from accreditation.scheme.replay_rows import Cells, Row, RowReader, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One result that was published differently: as published, as recomputed, and in one line why."""

    output: Output
    published: str
    recomputed: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One row worked out anew: what was compared, what differs, and the words that `anything_else` took in."""

    name: str
    compared: tuple[Output, ...]
    differences: tuple[Difference, ...]
    other_words: tuple[str, ...]


class Replayer:
    """Works out row after row of one table.

    Rows are compared by the quick way of `many`. A row that differs there is worked out again with its working, and
    what that gives is told: so what is called different always has its explanation.
    """

    def __init__(self, *, scheme: Scheme, replay: Replay) -> None:
        """`replay` has been read beside this scheme."""
        self._scheme = scheme
        self._by = replay.by
        self._reader = RowReader(scheme=scheme, replay=replay)
        self._board = Board(scheme, by=replay.by)
        scores = [one for one in replay.expect.outputs if one.kind != "outcome"]
        self._grades = {
            (one.of, one.group): quick_grade(one.of, one.group or None, self._board.ready) for one in scores
        }
        self._given: dict[Said, Given] = {}

    def row(self, cells: Cells) -> Replayed:
        """How does this row come out? Raises Invalid with every cell of it that says nothing known."""
        row = self._reader.row(cells)
        if row.faults:
            raise Invalid(row.faults)
        standings = self._board.standings(profile=row.profile, given=[self._as_given(one) for one in row.said])
        same = all(self._agrees(output, value, standings) for output, value in row.published.items())
        return Replayed(
            name=row.name,
            compared=tuple(row.published),
            differences=() if same else tuple(self._differences(row)),
            other_words=row.other_words,
        )

    def _as_given(self, said: Said) -> Given:
        known = self._given.get(said)
        if known is None:
            known = self._given[said] = Given(criterion=said.criterion, answer=said.answer)
        return known

    def _agrees(self, output: Output, published: Decimal | str, standings: Standings) -> bool:
        if output.kind == "outcome":
            return self._board.decide(standings).outcome == published
        value, level, _ = self._grades[output.of, output.group](standings, {})
        return self._equal(output, published, value, level)

    def _equal(self, output: Output, published: Decimal | str, value: Fraction | None, level: str | None) -> bool:
        """Is what was published what the scheme gives? A score is compared as the scheme rounds it."""
        if isinstance(published, str):
            return published == (level or NO_LEVEL)
        if value is None:
            return False
        decimals = self._scheme.scores[output.of].rounded
        seen = value if decimals is None else rounded(value, decimals)
        return abs(seen - Fraction(published)) <= Fraction(output.within)

    def _differences(self, row: Row) -> Iterator[Difference]:
        answers = {one.criterion: one.answer for one in row.said}
        whole = score(scheme=self._scheme, profile=row.profile, answers=answers, by=self._by)
        for output, published in row.published.items():
            if output.kind == "outcome":
                found = result(whole)
                if found.outcome.outcome != published:
                    why = told(found.tried[-1][1])
                    yield Difference(output=output, published=str(published), recomputed=found.outcome.outcome, why=why)
                continue
            graded = self._graded(output, whole)
            if graded is None or not self._equal(output, published, graded.value, graded.level):
                yield _difference(output, published, graded)

    def _graded(self, output: Output, whole: Score) -> Graded | None:
        """The score with its working; None where its group has no criteria in this row."""
        per = self._scheme.scores[output.of].per
        if per is not None and output.group not in whole.groups(per):
            return None
        return grade(output.of, whole, of=output.group or None)


def _difference(output: Output, published: Decimal | str, graded: Graded | None) -> Difference:
    if graded is None:
        why, recomputed = f"nothing of {output.group} applies here", "no value"
    else:
        why, recomputed = told(graded.working), graded.shown if output.kind == "score" else graded.level or NO_LEVEL
    return Difference(output=output, published=str(published), recomputed=recomputed, why=why)


def told(working: Working) -> str:
    """One line of working: what was found, and the parts that it was made of, as far as they have a value."""
    parts = working.parts
    while len(parts) == 1 and parts[0].parts:
        parts = parts[0].parts
    said = [f"{part.rule}: {part.found}" for part in parts if part.holds is not None or part.value is not None]
    return f"{working.rule}: {working.found}" + (f", from {'; '.join(said)}" if said else "")
