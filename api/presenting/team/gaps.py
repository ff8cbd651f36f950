"""How far a team is from each outcome, what stands in the way, and the fewest improvements: in words."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    "now": (marked("You are here"), "green"),
    "below": (marked("You have more than this"), "white"),
    "within_reach": (marked("Within reach"), "blue"),
    "out_of_reach": (marked("Out of reach"), "grey"),
    "not_worked_out": (marked("Not worked out"), "grey"),
    "judged": (marked("People decide"), "grey"),
}
"""How far an outcome is -> the words and the colour of its tag."""

WHY_NOT: Mapping[How, str] = {
    "out_of_reach": marked(
        "No change of your answers leads to this. A fact about your service, or a criterion that does not apply or has "
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to improve: in a sentence, and the criteria it is about."""

    words: str
    criteria: tuple[Named, ...]


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

    lead: str
    counted: str
    limits: tuple[str, ...]
    in_the_way: tuple[Named, ...]
    ways: tuple[Way, ...]
    scores: tuple[Told, ...]


def distance(one: Gaps, root: str, words: Words) -> Distance:
    """The page about the distance to every outcome, of a cycle whose pages begin with `root`."""
    named = {
        name: Named(
            words=f"{name} {each.title}", stands=words(STANDINGS[each.standing]), href=f"{root}/criteria/{name}"
        )
        for name, each in one.criteria.items()
    }  # fmt: skip
    return Distance(
        lead=words("If the reviewers agree with every answer you have given so far, the result is: %(outcome)s.",
                   outcome=one.gap.title),
        counted=_counted(one, words), limits=tuple(limit.because for limit in one.gap.limited),
        in_the_way=tuple(named[each.id] for each in one.gap.stands_in_the_way if each.id in named),
        ways=tuple(_way(level, named, words) for level in one.levels),
        scores=told_scores(one.gap.scores, words),
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
            "%(number)s criterion away. The shortest way is:", "%(number)s criteria away. The shortest way is:", size
        )
        steps = tuple(_step(choice, named, words) for choice in level.nearest.choices)
        if level.nearest.several:
            note = words("Other sets of the same size would do as well.")
    return Way(
        title=level.title, state=words(state), colour=colour, meaning=level.meaning, distance=distance, steps=steps,
        note=note,
    )  # fmt: skip


def _step(choice: Choice, named: Mapping[str, Named], words: Words) -> Step:
    criteria = tuple(named[name] for name in choice.of if name in named)
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
