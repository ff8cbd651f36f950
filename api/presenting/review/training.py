"""Practice in words: exercises on completed cases, rated alone, and then beside what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from accreditation.scheme.answer import Answer
from accreditation.views.calibration import ExerciseCriterion, ExerciseRow
from accreditation.views.practice import Practice, PracticeCriterion, Practised, Scales
from api.inputs.own_answer import Typed
from api.presenting.register import Told
from api.presenting.review.criterion import Team, rating_options
from api.presenting.review.own_review import Group, Task
from api.presenting.review.visits import moment
from api.presenting.team.answers import answer_words, columns, typed_of
from api.presenting.team.asking import Asking
from api.presenting.team.criterion import paragraphs, saved_words
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An exercise in the list."""

    address: str
    name: str
    about: str
    state: str
    colour: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the pages of one exercise: where it is, what it is called, and of which scheme it is."""

    root: str
    name: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """The page of one exercise; `go_on` is the address of the first criterion that is left."""

    frame: Frame
    about: str
    counts: str
    groups: tuple[Group, ...]
    left: int
    go_on: str
    handed_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Asking):
    """The page of one criterion of an exercise."""

    frame: Frame
    team: Team
    evidence: tuple[str, ...]
    can_rate: bool
    why_not: str
    theirs: Team | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A criterion with one's own answer and the agreed one."""

    name: str
    state: str
    colour: str
    own: str
    own_note: str
    agreed: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The page of an exercise that was handed in."""

    frame: Frame
    lead: str
    figures: tuple[Told, ...]
    rows: tuple[Compared, ...]


def exercises(rows: Sequence[ExerciseRow], words: Words) -> tuple[Row, ...]:
    """The list of exercises, those that are left first."""
    found = sorted(rows, key=lambda one: (one.state == "handed_in", one.id))
    return tuple(
        Row(
            address=f"{_root(one.id)}{'/result' if one.state == 'handed_in' else ''}", name=one.title, about=one.about,
            state=words("Handed in") if one.state == "handed_in" else words("To do"),
            colour="green" if one.state == "handed_in" else "blue",
            when="" if one.handed_in_at is None else moment(one.handed_in_at, words),
        )
        for one in found
    )  # fmt: skip


def exercise(one: Practice, words: Words) -> Exercise:
    """The page of this exercise."""
    row, criteria = one.exercise.exercise, one.exercise.criteria
    left = [each for each in criteria if each.answer.state == "not_answered"]
    root, done = _root(row.id), row.handed_in_at
    return Exercise(
        frame=_frame(row, one.scheme, words), about=row.about, left=len(left),
        counts=words("%(number)s of %(of)s rated", number=len(criteria) - len(left), of=len(criteria)),
        go_on=f"{root}/criteria/{left[0].id}" if left else "", handed_in="" if done is None else moment(done, words),
        groups=tuple(
            Group(key=f"domain-{domain}", title=title, counts="",
                  tasks=tuple(_task(root, each, one, words) for each in own))
            for domain, title in one.domains.items()
            if (own := [each for each in criteria if each.domain == domain])
        ),
    )  # fmt: skip


def page(
    found: PracticeCriterion, words: Words, *, at: datetime, sent: Typed | None = None, stale: bool = False
) -> Page:  # fmt: skip
    """The page of one criterion; `sent` is what was typed where it was refused, `stale` where another window saved."""
    one, practice, asked = found.criterion, found.practice, found.asked
    row, names = practice.exercise.exercise, [each.id for each in practice.exercise.criteria]
    place, root = names.index(one.id), _root(row.id)
    standing, scales = typed_of(one.answer, asked, version=one.version), practice.scales[one.id]
    own = Team(words=_own(one.answer, scales, words), note=one.answer.note, who="")
    return Page(
        frame=_frame(row, practice.scheme, words), root=root, address=f"{root}/criteria/{one.id}", id=one.id,
        title=one.title, type=found.type_title, meaning=found.type_meaning, state=own.words,
        colour="blue" if one.answer.state == "not_answered" else "green",
        place=words("Question %(number)s of %(of)s: %(domain)s", number=place + 1, of=len(names),
                    domain=practice.domains.get(one.domain, one.domain)),
        statement=paragraphs(one.statement), guidance=paragraphs(one.guidance),
        threshold=words("What is asked: %(threshold)s.", threshold=asked.threshold) if asked.threshold else "",
        team=Team(words=answer_words(one.team, scale=scales.team, unit=scales.unit, words=words), note=one.team.note,
                  who=""),
        evidence=paragraphs(one.evidence), can_rate=row.handed_in_at is None,
        why_not="" if row.handed_in_at is None else words("You handed in: this rating stands."),
        answer=own.words, note=own.note, options=rating_options(asked, standing, words), columns=columns(asked, words),
        unit=asked.unit, typed=standing if sent is None else replace(sent, seen=standing.seen) if stale else sent,
        saved=saved_words(found.saved_at, words, at=at), theirs=own if stale else None,
        previous=names[place - 1] if place else "", next=names[place + 1] if place + 1 < len(names) else "",
    )  # fmt: skip


def result(one: Practised, words: Words) -> Result:
    """The exercise beside what was agreed."""
    found = one.found
    figures = [Told(name=words("How strict you are"), value=found.severity.words)]
    figures += [
        Told(name=words("How you agree with what was agreed, on %(scale)s", scale=each.scale), value=each.alpha.words)
        for each in found.consistency
    ]
    return Result(
        frame=_frame(found.exercise, one.scheme, words), figures=tuple(figures),
        lead=words("You rated %(same)s of %(of)s questions as was agreed in the real review.", same=found.same,
                   of=found.of),
        rows=tuple(
            Compared(
                name=f"{each.id} {each.title}", state=words("The same") if each.same else words("Not the same"),
                colour="green" if each.same else "yellow", own=_own(each.answer, one.scales[each.id], words),
                own_note=each.answer.note, agreed=_own(each.reference, one.scales[each.id], words),
                why=each.reference.note,
            )
            for each in found.criteria
        ),
    )  # fmt: skip


def _root(number: int) -> str:
    return f"/review/training/{number}"


def _frame(row: ExerciseRow, scheme: str, words: Words) -> Frame:
    return Frame(root=_root(row.id), name=row.title, caption=words("Practice: %(scheme)s", scheme=scheme))


def _own(answer: Answer, scales: Scales, words: Words) -> str:
    if answer.state == "not_answered":
        return words("Not rated yet")
    return answer_words(answer, scale=scales.reviewer, unit=scales.unit, words=words)


def _task(root: str, one: ExerciseCriterion, practice: Practice, words: Words) -> Task:
    state = _own(one.answer, practice.scales[one.id], words)
    colour = "blue" if one.answer.state == "not_answered" else "green"
    return Task(address=f"{root}/criteria/{one.id}", name=one.id, title=one.title, state=state, colour=colour)
