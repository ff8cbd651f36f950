"""Which cycles of a scheme are current, and what stands answered in them: read lean, for many cycles at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import String, and_, case, cast, exists, func, or_
from sqlalchemy import select as columns_of
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from accreditation.records.aftermath import OutcomeChange
from accreditation.records.answers import SelfRating
from accreditation.records.awards import Decision
from accreditation.records.cycles import Cycle, ProfileStatement, Round, StageChange
from accreditation.records.edition_changes import EditionChange, newest_of
from accreditation.records.facts import read_facts
from accreditation.records.reviews import Settlement
from accreditation.records.teams import Organisation, Team
from accreditation.rules.cycle import Stage
from accreditation.rules.many_marks import Given
from accreditation.scheme.answer import Answer
from accreditation.scheme.facts import Profile

SETTLED = frozenset({Stage.FACTUAL_ACCURACY, Stage.RECOMMENDATION, Stage.DECISION, Stage.PUBLICATION, Stage.PUBLISHED})
"""Stages in which every criterion is settled."""

_ENTRY, _PART = "\x1e", "\x1f"
"""What stands between answers, and between a criterion and its answer: characters that no id and no number has."""

_MOST_KNOWN = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """A cycle that is current: the edition it runs on, whether its ratings are settled, what its profile states."""

    cycle: int
    edition_digest: str
    settled: bool
    facts: str


def current(session: Session, *, scheme: str, on: date) -> list[Current]:
    """Which cycles of this scheme run, or are published with an award that is valid on this day? By id."""
    query = (
        columns_of(  # type: ignore[call-overload]
            Cycle.id,
            func.coalesce(EditionChange.edition_digest, Cycle.edition_digest),
            StageChange.to_stage,
            ProfileStatement.facts,
        )
        .join(Round, col(Round.id) == Cycle.round_id)
        .join(StageChange, and_(col(StageChange.cycle_id) == Cycle.id, _is_newest(StageChange)))
        .join(ProfileStatement, and_(col(ProfileStatement.cycle_id) == Cycle.id, _is_newest(ProfileStatement)))
        .join(EditionChange, newest_of(Cycle.id), isouter=True)
        .join(Decision, col(Decision.cycle_id) == Cycle.id, isouter=True)
        .join(OutcomeChange, and_(col(OutcomeChange.cycle_id) == Cycle.id, _is_newest(OutcomeChange)), isouter=True)
        .where(Round.scheme == scheme, col(StageChange.to_stage) != Stage.WITHDRAWN.value)
        .where(or_(col(StageChange.to_stage) != Stage.PUBLISHED.value, _valid_until() >= on))
        .order_by(col(Cycle.id))
    )
    return [
        Current(cycle=cycle, edition_digest=digest, settled=stage in SETTLED, facts=facts)
        for cycle, digest, stage, facts in session.execute(query)
    ]


def _valid_until() -> Any:
    """Until when is what stands now valid: what followed the decision, where something did?"""
    followed = col(OutcomeChange.number).is_not(None)
    return case((followed, col(OutcomeChange.valid_until)), else_=col(Decision.valid_until))


def _is_newest(row: Any) -> Any:
    later = aliased(row)
    return ~exists().where(later.cycle_id == row.cycle_id, later.number > row.number)


def names(session: Session, cycles: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Cycle -> the names of its team and of the organisation."""
    query = (
        columns_of(col(Cycle.id), col(Team.name), col(Organisation.name))
        .join(Team, col(Team.id) == Cycle.team_id)
        .join(Organisation, col(Organisation.id) == Team.organisation_id)
        .where(col(Cycle.id).in_(list(cycles)))
    )
    return {cycle: (team, organisation) for cycle, team, organisation in session.execute(query)}


class Reader:
    """Reads answers of many cycles. An answer that many give is made once; so is a profile."""

    def __init__(self) -> None:
        self._answers = _Made()
        self._profiles: dict[str, Profile] = {}

    def profile(self, facts: str) -> Profile:
        """What the profile states."""
        if facts not in self._profiles:
            if len(self._profiles) >= _MOST_KNOWN:
                self._profiles.clear()
            self._profiles[facts] = read_facts(facts)
        return self._profiles[facts]

    def answers(self, session: Session, cycles: Iterable[int], *, settled: bool) -> Iterator[tuple[int, list[Given]]]:
        """Cycle -> the answer that stands to each criterion, of these cycles; none of those without an answer.

        One statement, and one row for each cycle: the database joins a cycle's answers into one text, which is
        several times faster than a million rows. Notes are not read.
        """
        if len(self._answers) >= _MOST_KNOWN:
            self._answers.clear()
        for cycle, text, versions in session.execute(_joined(Settlement if settled else SelfRating, cycles)):
            entries = text.split(_ENTRY)
            if versions.strip("1,"):
                entries = _newest(entries, versions.split(","))
            yield cycle, list(map(self._answers.__getitem__, entries))


class _Made(dict[str, Given]):
    """Entry -> the answer that it says, made when it is first read."""

    def __missing__(self, entry: str) -> Given:
        criterion, answer = entry.split(_PART, 1)
        self[entry] = made = Given(criterion=criterion, answer=_answer(answer[0], answer[1:]))
        return made


def _answer(kind: str, text: str) -> Answer:
    match kind:
        case "r":
            return Answer(rating=text)
        case "m":
            return Answer(measured=Decimal(text))
        case "l":
            return Answer(level=text)
        case "x":
            return Answer.model_validate_json(f'{{"series": {text}}}')
        case _:
            return Answer.model_validate({"state": text})


def _newest(entries: list[str], versions: list[str]) -> list[str]:
    """Of several versions of one answer, the highest."""
    found: dict[str, tuple[int, str]] = {}
    for entry, version in zip(entries, map(int, versions), strict=True):
        criterion = entry[: entry.index(_PART)]
        if criterion not in found or found[criterion][0] < version:
            found[criterion] = version, entry
    return [entry for _, entry in found.values()]


def _joined(table: Any, cycles: Iterable[int]) -> Any:
    """One row for each cycle: all its answers, each as criterion, what kind of answer it is, and the answer."""
    said = func.coalesce(
        f"{_PART}r" + table.rating,
        f"{_PART}m" + table.measured,
        f"{_PART}l" + table.level,
        f"{_PART}x" + table.series,
        f"{_PART}s" + table.state,
    )
    versions = func.aggregate_strings(cast(table.version, String), ",")
    answers = func.aggregate_strings(table.criterion + said, _ENTRY)
    wanted = col(table.cycle_id).in_(list(cycles))
    return columns_of(table.cycle_id, answers, versions).where(wanted).group_by(table.cycle_id)
