"""What does a file change: which figures are new, which of a team's stands, and which answers follow from it?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from accreditation.rules.answering import faults_of_answer
from accreditation.rules.indicators.mapping import takes_figures
from accreditation.rules.indicators.periods import Period
from accreditation.rules.indicators.reading import Reported
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.scheme.model import Scheme

Place = tuple[int, str, str]
"""Whose figure it is: team, criterion, the period's label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a team's: of which criterion and period, who publishes it, and in which file it came."""

    team: int
    criterion: str
    period: Period
    answer: Answer
    source: str
    number: int = 0
    file_name: str = ""
    id: int = 0

    @property
    def place(self) -> Place:
        """Whose figure it is, of what and when."""
        return (self.team, self.criterion, self.period.label)

    @property
    def said_of(self) -> str:
        """Where an answer says that it comes from: who published the figure, of which period."""
        return f"{self.source} {self.period.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a cycle answers to a criterion now; `source` is empty where a person gave it."""

    answer: Answer
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What figures make of a cycle's answers: those that change, those given up, those left to whoever gave them."""

    new: Mapping[str, Figure]
    given_up: tuple[str, ...]
    left: Mapping[str, Figure]


def new_figures(
    reported: Mapping[tuple[int, str], Reported], standing: Mapping[Place, Figure], *, source: str, file_name: str
) -> list[Figure]:
    """Which of the figures that are reported are not what stands? Nothing entered is news only where a figure stood."""
    found = []
    for (team, label), line in reported.items():
        for criterion, answer in line.figures.items():
            before = standing.get((team, criterion, label))
            if answer != (NOT_ANSWERED if before is None else before.answer):
                number = 1 if before is None else before.number + 1
                found.append(
                    Figure(
                        team=team, criterion=criterion, period=line.period, answer=answer, source=source,
                        number=number, file_name=file_name,
                    )
                )  # fmt: skip
    return found


def newest(figures: Iterable[Figure]) -> dict[int, dict[str, Figure]]:
    """Team -> criterion -> the figure of the latest period for which there is one; what was kept last, of two."""
    found: dict[int, dict[str, Figure]] = {}
    for one in figures:
        if one.answer == NOT_ANSWERED:
            continue
        of_team = found.setdefault(one.team, {})
        other = of_team.get(one.criterion)
        if other is None or _later(other) < _later(one):
            of_team[one.criterion] = one
    return found


def _later(one: Figure) -> tuple[object, ...]:
    return (one.period.begins, one.id == 0, one.id, one.period.label)


def corrects(one: Figure, other: Figure) -> bool:
    """Does this figure, of the same team and criterion, come after the other one, and say more than it?

    It is of the same period and was kept since, or of a later period and kept since.
    """
    return one.id > other.id and one.period.begins >= other.period.begins and one.criterion == other.criterion


def taken_back(figures: Iterable[Figure]) -> dict[int, set[str]]:
    """Team -> criteria of which there were figures and none stands any more."""
    figures = list(figures)
    stand = newest(figures)
    found: dict[int, set[str]] = {}
    for one in figures:
        if one.criterion not in stand.get(one.team, {}):
            found.setdefault(one.team, set()).add(one.criterion)
    return found


def fill(
    figures: Mapping[str, Figure], gone: Collection[str], standing: Mapping[str, Standing], scheme: Scheme
) -> Filled:
    """Which answers of a cycle follow from these figures? One that a person gave is left alone.

    A figure that the cycle's edition does not take as it is measured there changes nothing. `gone` are criteria whose
    figures were taken back: an answer that came from them is given up.
    """
    new, left = {}, {}
    for name, figure in figures.items():
        if not fits(figure.answer, name, scheme):
            continue
        now = standing.get(name)
        if now is None or now.source or now.answer == NOT_ANSWERED:
            if now is None or (now.answer, now.source) != (figure.answer, figure.said_of):
                new[name] = figure
        elif now.answer.model_copy(update={"note": ""}) != figure.answer.model_copy(update={"note": ""}):
            left[name] = figure
    given_up = [
        name for name, now in standing.items() if now.source and name in gone and now.answer != NOT_ANSWERED
    ]  # fmt: skip
    return Filled(new=new, given_up=tuple(given_up), left=left)


def fits(answer: Answer, criterion: str, scheme: Scheme) -> bool:
    """Does this edition take such a figure for this criterion?"""
    if not _takes(criterion, scheme):
        return False
    return not faults_of_answer(criterion=scheme.by_id[criterion], answer=answer, scheme=scheme, by="team")


def _takes(criterion: str, scheme: Scheme) -> bool:
    return criterion in scheme.by_id and takes_figures(scheme.by_id[criterion])
