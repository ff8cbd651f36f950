"""Reads the rows of a published table by its mapping: facts, answers, and the results to compare with."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accreditation.errors import Fault
from accreditation.scheme import replay_cells
from accreditation.scheme.answer import Answer
from accreditation.scheme.facts import FactValue
from accreditation.scheme.model import Scheme
from accreditation.scheme.replay import Output, Replay

Cells = Mapping[str, str]
"""One row of the table: heading -> cell, without spaces around it."""

Published = Mapping[Output, Decimal | str]
"""What was published in one row, as far as there is something to compare."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """What a cell says of a criterion. Equal cells of a column share one of these; it is told apart by being itself."""

    criterion: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. `other_words` are the cells that `anything_else` took in; `faults` all cells that say nothing known."""

    name: str
    profile: Mapping[str, FactValue]
    said: tuple[Said, ...]
    published: Published
    other_words: tuple[str, ...]
    faults: tuple[Fault, ...]


class RowReader:
    """Reads row after row. A cell that is met again is not read again."""

    def __init__(self, *, scheme: Scheme, replay: Replay) -> None:
        """`replay` has been read beside this scheme."""
        self._scheme = scheme
        self._replay = replay
        self._outputs = replay.expect.outputs
        self._answers: dict[tuple[str, str], tuple[Said | Fault, bool]] = {}
        self._published: dict[tuple[int, str], Decimal | str | Fault | None] = {}

    def row(self, cells: Cells) -> Row:
        """What does this row say? Every column that the mapping names is among its cells."""
        facts = {name: self._fact(name, cells) for name in self._replay.profile}
        answers = [self._answer(name, cells) for name in self._replay.answers]
        published = {output: self._value(place, output, cells) for place, output in enumerate(self._outputs)}
        every = (*facts.values(), *(found for found, _ in answers), *published.values())
        return Row(
            name=", ".join(cells[heading] for heading in self._replay.row),
            profile={name: fact for name, fact in facts.items() if fact is not None and not isinstance(fact, Fault)},
            said=tuple(found for found, _ in answers if isinstance(found, Said)),
            published={
                output: value
                for output, value in published.items()
                if value is not None and not isinstance(value, Fault)
            },
            other_words=tuple(
                cells[self._replay.answers[found.criterion].column]
                for found, other in answers
                if other and isinstance(found, Said)
            ),
            faults=tuple(found for found in every if isinstance(found, Fault)),
        )

    def _fact(self, name: str, cells: Cells) -> FactValue | Fault | None:
        column = self._replay.profile[name]
        return replay_cells.fact(cells[column.column], column=column, asked=self._scheme.profile[name])

    def _answer(self, name: str, cells: Cells) -> tuple[Said | Fault, bool]:
        """What a cell answers, and whether it is one of those that `anything_else` takes in."""
        text = cells[self._replay.answers[name].column]
        known = self._answers.get((name, text))
        if known is None:
            known = self._answers[name, text] = self._answer_in(name, text)
        return known

    def _answer_in(self, name: str, text: str) -> tuple[Said | Fault, bool]:
        criterion, replay = self._scheme.by_id[name], self._replay
        found = replay_cells.answer(text, criterion=criterion, scheme=self._scheme, replay=replay)
        if found is not None:
            return Said(criterion=name, answer=found), False
        if replay.anything_else is not None:
            return Said(criterion=name, answer=Answer(state=replay.anything_else)), True
        return replay_cells.fault_of_answer(text, criterion=criterion, scheme=self._scheme, replay=replay), False

    def _value(self, place: int, output: Output, cells: Cells) -> Decimal | str | Fault | None:
        key = (place, cells[output.column])
        if key not in self._published:
            self._published[key] = replay_cells.published(
                key[1], output=output, scheme=self._scheme, replay=self._replay
            )
        return self._published[key]
