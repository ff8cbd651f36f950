"""How far a team is from each outcome, what stands in the way, and the fewest improvements: in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from accreditation.rules.cycle import Stage
from accreditation.rules.improvement import Choice
from accreditation.rules.scoring import Standing
from accreditation.views.gaps import Gaps, How, Level
from api.presenting.register import Told
from api.presenting.team.scores import told_scores
from api.words import Words, marked

STANDINGS: Mapping[Standing, str] = {
    Standing.MET: marked("met by your answer"),
    Standing.NOT_MET: marked("not met by your answer"),
    Standing.NOT_APPLICABLE: marked("does not apply"),
    Standing.TOO_FEW_CASES: marked("too few cases"),
    Standing.NOT_ANSWERED: marked("not answered yet"),
}
"""How a criterion stands -> in a team's words."""

HOW: Mapping[How, tuple[str, str]] = {
    "now": (marked("By your answers"), "green"),
    "below": (marked("You have more than this"), "white"),
    "within_reach": (marked("Can be reached"), "blue"),
    "out_of_reach": (marked("Out of reach"), "grey"),
    "not_worked_out": (marked("Not worked out"), "grey"),
    "judged": (marked("People decide"), "grey"),
}
"""How far an outcome is -> the words and the colour of its tag."""

WHY_NOT: Mapping[How, str] = {
    "out_of_reach": marked(
        "No change of your answers leads to this. A fact about your service, or a question that does not apply or has "
        "too few cases, keeps it away. Ask the college office if you think that this is wrong."
    ),
    "not_worked_out": marked("The shortest way to this could not be worked out. Ask the college office what it takes."),
    "judged": marked("Answers alone do not lead to this: the college decides it."),
}
"""Why there is no way to an outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A criterion, how it stands, and where it is answered."""

    words: str
    stands: str
    href: str
    answered: bool


FEW = 2
"""So many questions that are not answered lie open; more are counted, and named where one asks for it."""

OVER = frozenset({Stage.PUBLISHED, Stage.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Criteria: those that lie open, how many are not answered beside them, and which; empty where there are none."""

    named: tuple[Named, ...]
    unanswered: str
    left: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to improve: in a sentence, and the criteria it is about."""

    words: str
    criteria: Several


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An outcome and the way to it."""

    title: str
    state: str
    colour: str
    meaning: str
    distance: str
    steps: tuple[Step, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """The page."""

    decided: bool
    lead: str
    counted: str
    limits: tuple[str, ...]
    in_the_way: Several | None
    ways: tuple[Way, ...]
    scores: tuple[Told, ...]


def distance(one: Gaps, root: str, words: Words) -> Distance:
    """The page about the distance to every outcome, of a cycle whose pages begin with `root`."""
    named = {
        name: Named(
            words=f"{name} {each.title}", stands=words(STANDINGS[each.standing]), href=f"{root}/criteria/{name}",
            answered=each.standing is not Standing.NOT_ANSWERED,
        )
        for name, each in one.criteria.items()
    }  # fmt: skip
    in_the_way = [named[each.id] for each in one.gap.stands_in_the_way if each.id in named]
    return Distance(
        decided=one.stage is Stage.PUBLISHED, lead=_lead(one, words),
        counted=_counted(one, words), limits=tuple(limit.because for limit in one.gap.limited),
        in_the_way=_several(in_the_way, words) if in_the_way else None,
        ways=tuple(_way(level, named, words) for level in one.levels),
        scores=told_scores(one.gap.scores, words),
    )  # fmt: skip


def _lead(one: Gaps, words: Words) -> str:
    if one.stage in OVER:
        return words("By your own answers alone, the result would have been: %(outcome)s.", outcome=one.gap.title)
    return words(
        "If the reviewers agree with every answer you have given so far, the result is: %(outcome)s.",
        outcome=one.gap.title,
    )  # fmt: skip


def _several(found: Sequence[Named], words: Words) -> Several:
    """What is answered is named, and what is not is counted where it is much."""
    left = tuple(one for one in found if not one.answered)
    if len(left) <= FEW:
        return Several(named=tuple(found), unanswered="")
    return Several(
        named=tuple(one for one in found if one.answered),
        unanswered=words("%(number)s questions that are not answered yet", number=len(left)), left=left,
    )  # fmt: skip


def _counted(one: Gaps, words: Words) -> str:
    if one.answered == one.of:
        return words("You have answered all %(number)s questions.", number=one.of)
    return words(
        "You have answered %(number)s of %(of)s questions. One that is not answered counts as not met.",
        number=one.answered, of=one.of,
    )  # fmt: skip


def _way(level: Level, named: Mapping[str, Named], words: Words) -> Way:
    state, colour = HOW[level.how]
    distance, steps = "", tuple[Step, ...]()
    note = words(WHY_NOT[level.how]) if level.how in WHY_NOT else ""
    if level.nearest is not None:
        size = level.nearest.size
        distance = words.many(
            "%(number)s question away. The shortest way is:", "%(number)s questions away. The shortest way is:", size
        )
        steps = tuple(_step(choice, named, words) for choice in joined(level.nearest.choices))
        if level.nearest.several:
            note = words("Other sets of the same size would do as well.")
    return Way(
        title=level.title, state=words(state), colour=colour, distance=distance, steps=steps, note=note,
        meaning=words("What the register says of it: %(meaning)s", meaning=level.meaning) if level.meaning else "",
    )  # fmt: skip


def joined(choices: Sequence[Choice]) -> Iterator[Choice]:
    """The choices in their order; those in which all are to be improved to the same are one, and none is said twice."""
    whole: dict[str, Choice] = {}
    for one in choices:
        if one.needed == len(one.of):
            before = whole.get(one.to)
            of = one.of if before is None else before.of + one.of
            whole[one.to] = one.model_copy(update={"of": of, "needed": len(of)})
    for one in choices:
        if one.needed != len(one.of):
            yield one
        elif one.to in whole:
            yield whole.pop(one.to)


def _step(choice: Choice, named: Mapping[str, Named], words: Words) -> Step:
    criteria = _several([named[name] for name in choice.of if name in named], words)
    values = {"number": choice.needed, "of": len(choice.of), "to": choice.to}
    if len(choice.of) == 1:
        said = words("Improve this one, to: %(to)s", **values) if choice.to else words("Improve this one")
    elif choice.needed == len(choice.of):
        said = words("Improve all of these, to: %(to)s", **values) if choice.to else words("Improve all of these")
    else:
        said = (
            words("Improve any %(number)s of these %(of)s, to: %(to)s", **values)
            if choice.to
            else words("Improve any %(number)s of these %(of)s", **values)
        )
    return Step(words=said, criteria=criteria)
