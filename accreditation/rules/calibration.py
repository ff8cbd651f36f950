"""A completed case as an exercise: what is told of it, without names, and the reference beside it.

What a machine can blank is blanked: every known name and its parts, addresses and telephone numbers, and the labels of
a series, such as the names of wards. Whether what is left still tells who it is, only a person can say: nothing is told
before the office has read every text and confirmed.
"""

from collections.abc import Collection, Mapping, Sequence

from accreditation.rules.names import blanked
from accreditation.scheme.answer import Answer, Answers, Point
from accreditation.scheme.model import Criterion
from accreditation.scheme.values import Part


class Item(Part):
    """One criterion of an exercise: what the team answered, what is said of its evidence, and the reference.

    The note of `team` is the team's, as it may be told; the note of `reference` is the reason that is told after the
    hand-in. A criterion that is `left_out` is not part of the exercise.
    """

    criterion: str
    team: Answer
    evidence: str = ""
    reference: Answer
    left_out: bool = False


def drafted(
    *,
    criteria: Sequence[Criterion],
    team: Answers,
    settled: Answers,
    evidence: Mapping[str, Sequence[str]],
    names: Collection[str],
) -> tuple[Item, ...]:
    """The first draft of an exercise: every criterion that was answered and settled, with names blanked.

    `evidence` has the titles of what was attached; the files themselves stay where they are, as nobody can blank them.
    """
    return tuple(
        without_names(
            Item(
                criterion=one.id, team=_without_labels(team[one.id]), evidence="; ".join(evidence.get(one.id, ())),
                reference=_without_labels(settled[one.id]),
            ),
            names,
        )
        for one in criteria
        if one.id in settled and one.id in team and team[one.id].state != "not_answered"
    )  # fmt: skip


def without_names(item: Item, names: Collection[str]) -> Item:
    """The same with every known name blanked in each of its texts."""
    return item.model_copy(
        update={
            "team": item.team.model_copy(update={"note": blanked(item.team.note, names)}),
            "evidence": blanked(item.evidence, names),
            "reference": item.reference.model_copy(update={"note": blanked(item.reference.note, names)}),
        }
    )


def _without_labels(answer: Answer) -> Answer:
    """The same answer, the places of its series as numbers: wards and sites have names, and quarters tell when."""
    known: dict[tuple[str, str], str] = {}
    for point in answer.series:
        for kind, label in point.at.items():
            number = sum(one[0] == kind for one in known) + 1
            known.setdefault((kind, label), f"{kind} {number}")
    series = tuple(
        Point(at={kind: known[kind, label] for kind, label in point.at.items()}, **_numbers(point))
        for point in answer.series
    )
    return answer.model_copy(update={"series": series})


def _numbers(point: Point) -> dict[str, object]:
    return {"value": point.value, "benchmark": point.benchmark}
