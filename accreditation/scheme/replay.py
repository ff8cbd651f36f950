"""How a published table is replayed: which columns are answers and facts, and which are the results to compare with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from accreditation.scheme.facts import FactStated
from accreditation.scheme.model import By
from accreditation.scheme.values import Id, Number, Part, Word

REPLAY_FILE = "replay.yaml"
"""Where a scheme keeps its mapping, unless another file is named."""


class AnswerColumn(Part):
    """A column of answers to a criterion. `words` are cells that stand for a rating or a level: cell -> its id."""

    column: str
    words: dict[str, str] = Field(default_factory=dict)


class FactColumn(Part):
    """A column of a fact of the profile. `words` are cells that stand for what is stated: cell -> true, 12, ..."""

    column: str
    words: dict[str, FactStated] = Field(default_factory=dict)


class ScoreColumn(Part):
    """A column of a published score, and how far from it the recomputed one may lie."""

    column: str
    within: Number | None = Field(default=None, ge=0)


class WordColumn(Part):
    """A column of a published level or outcome. `words` are cells that are written differently: cell -> its id."""

    column: str
    words: dict[str, str] = Field(default_factory=dict)


def _named(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


def _one_or_groups(value: Any) -> str:
    return "Groups" if isinstance(value, dict) and "column" not in value else "One"


Taken = TypeVar("Taken", AnswerColumn, FactColumn, ScoreColumn, WordColumn)

Column = Annotated[Taken, BeforeValidator(_named)]
"""A column: its heading alone, or with what more there is to say of it."""

Columns = Annotated[
    Annotated[Column[Taken], Tag("One")] | Annotated[dict[Id, Column[Taken]], Tag("Groups")],
    Discriminator(_one_or_groups),
]
"""One column, or one for each group of a score that is worked out per domain, standard, section, type or tag."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Output:
    """One published result: what it is of, where it stands, what is as good as equal. Told apart by being itself."""

    kind: Literal["score", "level", "outcome"]
    of: str
    group: str
    column: str
    within: Decimal
    words: Mapping[str, str]

    def __str__(self) -> str:
        """What it is, in words."""
        return " ".join(part for part in (self.kind, self.of, f"of {self.group}" if self.group else "") if part)


class Published(Part):
    """What was published and is compared: scores, levels, the outcome. `within` is for scores that have none."""

    within: Number = Field(default=Decimal(0), ge=0)
    scores: dict[Word, Columns[ScoreColumn]] = Field(default_factory=dict)
    levels: dict[Word, Columns[WordColumn]] = Field(default_factory=dict)
    outcome: Column[WordColumn] | None = None

    @model_validator(mode="after")
    def _something(self) -> "Published":
        if not self.scores and not self.levels and self.outcome is None:
            raise PydanticCustomError("expects_nothing", "nothing is compared; write one of scores, levels, outcome")
        return self

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """All of it, scores first, each with its tolerance."""
        scores = [("score", name, group, found) for name, group, found in _flat(self.scores)]
        levels = [("level", name, group, found) for name, group, found in _flat(self.levels)]
        outcome = [] if self.outcome is None else [("outcome", "", "", self.outcome)]
        return tuple(self._output(*one) for one in (*scores, *levels, *outcome))

    def _output(self, kind: Any, name: str, group: str, found: ScoreColumn | WordColumn) -> Output:
        own = found.within if isinstance(found, ScoreColumn) else None
        words = found.words if isinstance(found, WordColumn) else {}
        within = self.within if own is None else own
        return Output(kind=kind, of=name, group=group, column=found.column, within=within, words=words)


def _flat(columns: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for name, found in columns.items():
        groups = found if isinstance(found, dict) else {"": found}
        yield from ((name, group, column) for group, column in groups.items())


class Replay(Part):
    """A mapping from a published table to a scheme, and to what the scheme must give.

    `row` are the columns that name a row. `answers` has a column for each criterion that the table knows, `profile`
    for each fact; the criteria it does not know are not answered. A cell of an answer holds a rating, a level, a
    number where the criterion is measured, or one of the words listed here for not answered, too few cases and not
    applicable; an empty cell is not answered. `anything_else` says what every other answer stands for; without it
    such a cell makes its row unreadable. Published cells that are empty, or hold one of these words, are not compared.
    """

    row: tuple[str, ...] = Field(min_length=1)
    by: By = "reviewer"
    profile: dict[Word, Column[FactColumn]] = Field(default_factory=dict)
    answers: dict[Id, Column[AnswerColumn]] = Field(min_length=1)
    not_answered: tuple[str, ...] = ()
    too_few_cases: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    anything_else: Literal["not_answered", "too_few_cases", "not_applicable"] | None = None
    expect: Published

    @cached_property
    def unrated(self) -> Mapping[str, str]:
        """Every word for an answer that is no rating: cell -> the state it stands for."""
        states = ("not_applicable", "too_few_cases", "not_answered")
        return {"": "not_answered"} | {word: state for state in states for word in getattr(self, state)}
