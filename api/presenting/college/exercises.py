"""Practice exercises in the words of the office: which there are, and every text of one before it leaves the house."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.rules.calibration import Item
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.views.calibration import ExerciseRow, ItemDrafted
from accreditation.views.exercise_desk import CaseOffered, DraftDesk
from accreditation.views.visited_criterion import asked_of_reviewers
from api.inputs.own_answer import Typed
from api.presenting.register import Told
from api.presenting.register_list import Choice
from api.presenting.review.criterion import rating_options
from api.presenting.team.answers import Option, answer_words, columns, typed_of
from api.words import Words, marked

HERE = "/college/exercises"

STATES: Mapping[str, tuple[str, str]] = {
    "draft": (marked("Draft: nobody else sees it"), "yellow"), "open": (marked("Open to reviewers"), "green"),
    "handed_in": (marked("Open to reviewers"), "green"), "retired": (marked("Taken back"), "grey"),
}  # fmt: skip
"""State -> its words, and the colour of its tag."""

SAID: Mapping[str, str] = {
    "cycle": marked("Choose a case."),
    "read": marked("Tick that you have read every text."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""


AGREED = marked("What do reviewers read afterwards as agreed?")
TEXTS: Mapping[str, str] = {
    "note": marked("What reviewers read of the team’s note"), "evidence": marked("What they read of the evidence"),
    "reference": marked("Why it was agreed so, as they read afterwards"),
    "reason": marked("Why it is another answer than the reviewers of the case agreed on"),
}  # fmt: skip
"""A text of a criterion -> what its field is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An exercise in the list."""

    address: str
    name: str
    scheme: str
    state: str
    colour: str
    taken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of a draft: what was kept of the case beside what would be told of it."""

    id: str
    name: str
    change: str
    left_out: bool
    was: tuple[Told, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The page of an exercise."""

    root: str
    name: str
    about: str
    caption: str
    state: str
    colour: str
    is_draft: bool
    is_open: bool
    taken: str
    blanked: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """The page on which the texts of one criterion are changed."""

    root: str
    id: str
    name: str
    caption: str
    was: tuple[Told, ...]
    note: str
    evidence: str
    reason: str
    left_out: bool
    version: int
    options: tuple[Option, ...]
    typed: Typed
    columns: str
    unit: str


def row(one: ExerciseRow, words: Words) -> Row:
    """An exercise in the list."""
    state, colour = STATES[one.state]
    return Row(
        address=f"{HERE}/{one.id}", name=one.title, state=words(state), colour=colour,
        scheme=words("%(title)s, edition %(edition)s", title=one.scheme, edition=one.edition), taken=_taken(one, words),
    )  # fmt: skip


def offered(found: tuple[CaseOffered, ...], words: Words) -> tuple[Choice, ...]:
    """Cases from which an exercise can be made."""
    return tuple(
        (
            str(one.cycle),
            words("%(team)s, %(organisation)s: %(scheme)s, %(round)s", team=one.team, organisation=one.organisation,
                  scheme=one.scheme, round=one.round),
        )
        for one in found
    )  # fmt: skip


def draft(one: DraftDesk, words: Words) -> Draft:
    """The page of this exercise."""
    about = one.draft.exercise
    state, colour = STATES[about.state]
    names = ", ".join(
        words.many("%(name)s (%(number)s time)", "%(name)s (%(number)s times)", number, name=name)
        for name, number in one.draft.blanked.items()
    )
    return Draft(
        root=f"{HERE}/{about.id}", name=about.title, about=about.about, state=words(state), colour=colour,
        caption=words("%(title)s, edition %(edition)s", title=one.scheme.title, edition=one.scheme.edition),
        is_draft=about.state == "draft", is_open=about.state in ("open", "handed_in"), taken=_taken(about, words),
        blanked=names,
        criteria=tuple(_criterion(each, one.scheme, f"{HERE}/{about.id}", words) for each in one.draft.criteria),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What stands in the form of one criterion that was refused; `typed` is the reference with its reason."""

    note: str
    evidence: str
    typed: Typed
    reason: str
    left_out: bool


def editing(one: DraftDesk, criterion: str, words: Words, *, sent: Sent | None = None) -> Editing | None:
    """The page of this criterion, with what was `sent` where it was refused; None where the exercise has no such."""
    found = next((each for each in one.draft.criteria if each.id == criterion), None)
    if found is None:
        return None
    asked = asked_of_reviewers(one.scheme, one.scheme.by_id[criterion])
    stands = sent or Sent(
        note=found.item.team.note, evidence=found.item.evidence, reason=found.reason, left_out=found.item.left_out,
        typed=typed_of(found.item.reference, asked, version=found.version),
    )  # fmt: skip
    return Editing(
        root=f"{HERE}/{one.draft.exercise.id}", id=found.id, name=f"{found.id} {found.title}",
        caption=one.draft.exercise.title, was=_was(found, one.scheme, words), note=stands.note,
        evidence=stands.evidence, reason=stands.reason, left_out=stands.left_out, version=found.version,
        options=rating_options(asked, stands.typed, words), typed=stands.typed, columns=columns(asked, words),
        unit=asked.unit,
    )  # fmt: skip


def labels_of(criterion: str) -> dict[str, str]:
    """What a fault of this criterion is about -> what its field is called."""
    where = f"criterion {criterion}"
    return {where: AGREED, **{f"{where}, {name}": label for name, label in TEXTS.items()}}


def _criterion(one: ItemDrafted, scheme: Scheme, root: str, words: Words) -> Criterion:
    return Criterion(
        id=one.id, name=f"{one.id} {one.title}", change=f"{root}/criteria/{one.id}", left_out=one.item.left_out,
        was=_was(one, scheme, words), told=_told(one.item, scheme, words),
    )  # fmt: skip


def _was(one: ItemDrafted, scheme: Scheme, words: Words) -> tuple[Told, ...]:
    return _rows(
        (words("The team said"), one.team_said, "team"), (words("Reviewers agreed"), one.settled, "reviewer"),
        criterion=one.id, scheme=scheme, words=words,
    )  # fmt: skip


def _told(one: Item, scheme: Scheme, words: Words) -> tuple[Told, ...]:
    rows = _rows(
        (words("Reviewers read of the team"), one.team, "team"),
        (words("They read afterwards as agreed"), one.reference, "reviewer"),
        criterion=one.criterion, scheme=scheme, words=words,
    )  # fmt: skip
    evidence = Told(name=words("They read of the evidence"), value=one.evidence)
    return (*rows, evidence) if one.evidence else rows


def _rows(*rows: tuple[str, Answer, str], criterion: str, scheme: Scheme, words: Words) -> tuple[Told, ...]:
    told = []
    for name, answer, by in rows:
        scale = scheme.scale_of(scheme.by_id[criterion], "team" if by == "team" else "reviewer")
        said = answer_words(answer, scale=scale, unit="", words=words)
        told.append(Told(name=name, value=f"{said}. {answer.note}" if answer.note else said))
    return tuple(told)


def _taken(one: ExerciseRow, words: Words) -> str:
    return words.many("%(number)s reviewer did it", "%(number)s reviewers did it", one.taken or 0)
