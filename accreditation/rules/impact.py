"""What a draft of a scheme would do to cycles that are there: each decided by its own edition, and by the draft."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from accreditation.rules.answering import faults_of_answer
from accreditation.rules.many import Board, Decided
from accreditation.rules.many_marks import Given
from accreditation.scheme.carrying import carries, why_fact_not_carried, why_not_carried
from accreditation.scheme.model import By, Profile, Scheme

Direction = Literal["same", "lower", "higher", "other"]
"""Where the outcome goes. `other`: an outcome that the draft does not have becomes one that is worth as much."""

PEOPLE_DECIDE = "the draft's rules are silent here: people decide"
NOT_READ = "an answer does not fit the edition it was given under"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One cycle before and after. `decides` are the criteria that make the difference.

    `untold` says why the outcome under the draft cannot be told yet; then `at_best` is the outcome if all that the
    draft asks and the team could not have answered were met, and `asked` are those criteria.
    """

    cycle: int
    before: str
    after: str
    direction: Direction
    decides: tuple[str, ...] = ()
    untold: str = ""
    at_best: str = ""
    asked: tuple[str, ...] = ()


class Crossing:
    """From one edition to the draft, by the answers of teams or of reviewers: ready for many cycles."""

    def __init__(self, *, old: Scheme, draft: Scheme, by: By) -> None:
        self.own = Board(old, by=by)
        self.draft = Board(draft, by=by, carries=self._carried)
        self._old, self._new, self._by = old, draft, by
        fates = {one.criterion: one.fate for one in carries(old, draft, by=by) if one.criterion in draft.by_id}
        self._asked = self.draft.ready.bits(name for name, fate in fates.items() if fate != "compatible")
        self._facts = [name for name in old.profile if not why_fact_not_carried(old=old, new=draft, fact=name)]
        self._order = {one.outcome: position for position, one in enumerate(draft.award)}

    def _carried(self, given: Given) -> bool:
        """Does the answer still mean the same, and does it fit what the draft asks?"""
        name, answer = given.criterion, given.answer.model_copy(update={"note": "as it was given"})
        if name not in self._old.by_id or name not in self._new.by_id:
            return False
        if answer.state == "not_applicable" and not self._new.by_id[name].can_be_not_applicable:
            return False
        if why_not_carried(old=self._old, new=self._new, criterion=name, answer=answer, by=self._by):
            return False
        return not faults_of_answer(criterion=self._new.by_id[name], answer=answer, scheme=self._new, by=self._by)

    def judge(self, *, cycle: int, profile: Profile, given: Sequence[Given]) -> Verdict | None:
        """What would the draft make of this cycle? None where its own edition cannot read one of its answers."""
        try:
            own = self.own.decide(self.own.standings(profile=profile, given=given))
        except KeyError:
            return None
        stated = {fact: profile[fact] for fact in self._facts if fact in profile}
        standings = self.draft.standings(profile=stated, given=given)
        new = self.draft.decide(standings)
        asked = standings.missing & self._asked
        best = self.draft.decide(standings.taking(asked)) if asked else new
        direction = self._direction(own.outcome, new.outcome)
        untold = self._untold(new, best)
        return Verdict(
            cycle=cycle,
            before=own.outcome,
            after=new.outcome,
            direction=direction,
            decides=self._decides(own, new, direction),
            untold=untold,
            at_best=best.outcome if untold else "",
            asked=self.draft.names(asked) if untold else (),
        )

    def _untold(self, new: Decided, best: Decided) -> str:
        if self._new.outcome(best.outcome).judgement or self._new.outcome(new.outcome).judgement:
            return PEOPLE_DECIDE
        return "" if best.outcome == new.outcome else "it depends on what the draft asks and nobody has answered yet"

    def _direction(self, before: str, after: str) -> Direction:
        if before == after:
            return "same"
        if before in self._order:
            return "lower" if self._order[after] > self._order[before] else "higher"
        was, is_ = self._old.outcome(before).awarded, self._new.outcome(after).awarded
        return "other" if was == is_ else "lower" if was else "higher"

    def _decides(self, own: Decided, new: Decided, direction: Direction) -> tuple[str, ...]:
        """What keeps the old outcome away now, or what kept the new one away before."""
        if direction == "lower":
            return self.draft.names(new.limited | new.lacks.get(own.outcome, 0))
        if direction == "higher":
            return self.own.names(own.limited | own.lacks.get(new.outcome, 0))
        return ()


@dataclass(slots=True, kw_only=True)
class Impact:
    """What a draft does to all cycles that were looked at.

    `counts` has before and after -> cycles, with whatever nobody could have answered counted as not answered.
    `cost` has criterion -> in how many cycles that go lower it makes the difference.
    """

    cycles: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    untold: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)
    cost: Counter[str] = field(default_factory=Counter)
    moved: list[Verdict] = field(default_factory=list)

    def add(self, verdict: Verdict | None) -> None:
        """Count this cycle."""
        self.cycles += 1
        if verdict is None:
            self.untold[NOT_READ, ()] += 1
            return
        self.counts[verdict.before, verdict.after] += 1
        if verdict.untold:
            self.untold[verdict.untold, verdict.asked] += 1
        if verdict.direction != "same":
            self.moved.append(verdict)
        if verdict.direction == "lower":
            self.cost.update(verdict.decides)
