"""Counting: which criteria of a class count, and which of them are met, rated or standing as a rule asks."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from accreditation.rules.scoring import Score, Scored, Standing
from accreditation.scheme.classes import Class, Counted
from accreditation.scheme.values import shown_share


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was counted: the criteria that count, those of them that fulfil, and both as weights."""

    counted: tuple[str, ...]
    fulfil: tuple[str, ...]
    of: Fraction
    fulfilled: Fraction

    @property
    def lacking(self) -> tuple[str, ...]:
        """The criteria that count and do not fulfil."""
        held = set(self.fulfil)
        return tuple(name for name in self.counted if name not in held)

    @property
    def share(self) -> Fraction | None:
        """Their share, exact; None where nothing counts."""
        return self.fulfilled / self.of if self.of else None

    @property
    def words(self) -> str:
        """The count as people write it."""
        if self.share is None:
            return "nothing of it counts here"
        return f"{len(self.fulfil)} of {len(self.counted)} ({shown_share(self.share)})"


def tally(how: Counted, wanted: Class, score: Score, *, weighted: bool = False) -> Tally:
    """How many of this class are met, or stand or are rated as written?"""
    fulfils = fulfilling(how, score)
    names = looked_at(how, wanted, score)
    held = tuple(name for name in names if fulfils(score.by_id[name]))
    weights = {name: Fraction(score.scheme.by_id[name].weight) if weighted else Fraction(1) for name in names}
    return Tally(
        counted=names,
        fulfil=held,
        of=sum(weights.values(), Fraction(0)),
        fulfilled=sum((weights[name] for name in held), Fraction(0)),
    )


def looked_at(how: Counted, wanted: Class, score: Score) -> tuple[str, ...]:
    """Which criteria of this class are counted? Those that count; all, where a standing is asked for that does not."""
    asked = None if how.counting is None or how.counting == "not_met" else Standing(how.counting)
    return score.members(wanted) if asked in score.leaves_out else score.counted(wanted)


def fulfilling(how: Counted, score: Score) -> Callable[[Scored], bool]:
    """The question whether a criterion so scored is met, or stands or is rated as written.

    Not met is whatever counts and is not met, not answered included.
    """
    if how.rated is not None:
        wanted = frozenset(how.rated)
        return lambda one: one.rating in wanted
    if how.rated_at_least is not None:
        least = how.rated_at_least
        return lambda one: _reaches(score, one, least)
    if how.counting == "not_met":
        return lambda one: one.standing is not Standing.MET
    asked = Standing(how.counting or "met")
    return lambda one: one.standing is asked


def _reaches(score: Score, one: Scored, least: str) -> bool:
    """Is this rating as good as `least`, or better, on the criterion's scale?"""
    order = list(score.scheme.scale_of(score.scheme.by_id[one.criterion], score.by))
    return one.rating in order and least in order and order.index(one.rating) <= order.index(least)
