"""The page of one criterion, in words: what it asks, what we answered, what was said and what stood before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from accreditation.rules.cycle import Move
from accreditation.scheme.answer import Answer
from accreditation.scheme.criterion import EvidenceAsked
from accreditation.views.evidence import EvidenceShown
from accreditation.views.indicators import IndicatorShown
from accreditation.views.own_criterion import OwnCriterion, VersionGiven
from accreditation.views.requests import RequestShown
from api.inputs.own_answer import NUMBER, POINTS, Typed
from api.presenting.moments import day_of, time_of
from api.presenting.register import Told
from api.presenting.team.answers import answer_words, choices, columns, differs, in_form, options, typed_of
from api.presenting.team.asking import Asking
from api.presenting.team.files import stand
from api.presenting.team.where import standing_of
from api.words import Words

TOGETHER = timedelta(minutes=15)
"""Versions by one person that follow each other within this are one step: a page saves itself again and again."""

FEW = 5
"""So many steps of the history are shown at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that somebody said: the words, who, and when."""

    words: str
    note: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is linked here."""

    title: str
    href: str
    place: str
    state: str
    colour: str
    to_do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A figure that is reported of the team."""

    rows: tuple[Told, ...]
    challenges: tuple[Said, ...]
    may_challenge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """Two answers that do not go together: the one that is saved, and who saved it."""

    words: str
    note: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Asking):
    """The page. `again` where the answer of last time can fill the form; `anew` where it is a number."""

    wanted: tuple[str, ...]
    may_answer: bool
    may_talk: bool
    may_attach: bool
    theirs: Both | None
    measured: Measured | None
    files: tuple[File, ...]
    requests: tuple[Told, ...]
    asked: bool
    last: Said | None
    again: bool
    anew: bool
    comments: tuple[Said, ...]
    holder: str
    holder_key: str
    people: tuple[tuple[str, str], ...]
    history: tuple[Said, ...]
    more_history: int


def page(
    one: OwnCriterion, words: Words, *, me: str, person: int, at: datetime, sent: Typed | None = None,
    stale: bool = False, whole: bool = False, beside: Typed | None = None, again: bool = False,
) -> Page:  # fmt: skip
    """The page for this person at this moment; `me` is the name under which they act.

    `sent` is what they typed where it was refused. Where that was because somebody else answered meanwhile (`stale`),
    both answers are told. `beside` is what stood in the form while something else of the page was sent: the answer of
    last time, where that is to stand in it `again`.
    """
    root = f"/team/cycles/{one.cycle}"
    state, colour = standing_of(one.team, words)
    standing = typed_of(one.team.answer, one.asked, version=one.team.version)
    if again and beside is not None:
        beside = _filled(one, beside)
    typed = in_form(sent, beside, standing, stale=stale)
    steps = list(_history(one, words, me))
    said = _answered(one, words, me)
    return Page(
        root=root, address=f"{root}/criteria/{one.id}", id=one.id, title=one.title,
        place=words("Question %(number)s of %(of)s: %(domain)s", number=one.number, of=one.of, domain=one.domain_title),
        type=one.type_title, meaning=one.type_meaning, statement=paragraphs(one.statement),
        guidance=paragraphs(one.guidance), wanted=tuple(wanted(each, words) for each in one.evidence_asked),
        state=state, colour=colour, answer=said.words, note=said.note,
        may_answer=Move.RATE in one.moves and not one.team.source, may_talk=not one.ended,
        may_attach=Move.ATTACH_EVIDENCE in one.moves,
        options=options(one.asked, words),
        typed=typed, columns=columns(one.asked, words),
        unit=one.asked.unit, threshold=_threshold(one, words),
        saved=saved_words(one.team.answered_at, words, at=at), unsaved=beside is not None and differs(beside, standing),
        theirs=Both(words=said.words, note=said.note, who=said.who) if stale else None,
        measured=None if one.indicator is None or one.indicator.figure is None
        else _measured(one.indicator, one, words, me),
        files=tuple(_file(each, one.id, root, words) for each in one.evidence),
        requests=tuple(_request(each, words) for each in one.requests),
        asked=any(each.state == "open" for each in one.requests), last=_last(one, words),
        again=_last_choice(one) is not None and differs(_filled(one, typed), typed),
        anew=one.before_now is not None and _last_choice(one) is None and one.before_now.answer.state != "not_answered",
        comments=tuple(Said(words=each.text, note="", who=_who(each.by, each.at, words, me)) for each in one.comments),
        holder="" if one.holder is None else words("you") if one.holder.person == person else one.holder.name,
        holder_key="" if one.holder is None else str(one.holder.grant),
        people=tuple(
            (str(each.grant), words("%(name)s (you)", name=each.name) if each.person == person else each.name)
            for each in one.colleagues
        ),
        history=tuple(steps if whole else steps[:FEW]), more_history=0 if whole else max(0, len(steps) - FEW),
        previous=one.previous or "", next=one.next or "",
    )  # fmt: skip


def saved_words(saved: datetime | None, words: Words, *, at: datetime) -> str:
    """That it is saved, and when, as one says it at this moment; nothing where it is not."""
    if saved is None:
        return ""
    if day_of(saved) == day_of(at):
        return words("Saved at %(time)s", time=time_of(saved))
    return words("Saved at %(time)s on %(day)s", time=time_of(saved), day=words.day(day_of(saved)))


def name_of(by: str) -> str:
    """Who this is, as people say it: without the number that tells two of one name apart in the ledger."""
    return re.sub(r" \(person \d+\)$", "", by)


def is_unsaved(one: OwnCriterion, typed: Typed) -> bool:
    """Does the form hold something else than what is saved?"""
    return differs(typed, typed_of(one.team.answer, one.asked, version=one.team.version))


def _answered(one: OwnCriterion, words: Words, me: str) -> Said:
    who = "" if one.team.answered_at is None else _who(one.team.answered_by or "", one.team.answered_at, words, me)
    return Said(words=_words(one, one.team.answer, words), note=one.team.answer.note, who=who)


def _words(one: OwnCriterion, answer: Answer, words: Words) -> str:
    return answer_words(answer, scale=one.asked.scale, unit=one.asked.unit, words=words)


def _who(by: str, at: datetime, words: Words, me: str) -> str:
    who = words("you") if by == me else name_of(by)
    return words("%(who)s, %(time)s on %(day)s", who=who, time=time_of(at), day=words.day(day_of(at)))


def paragraphs(text: str) -> tuple[str, ...]:
    """The text by its paragraphs."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())


def wanted(asked: EvidenceAsked, words: Words) -> str:
    """A piece of evidence that is asked for, in a line."""
    said = [words("needed") if asked.required else words("if you have it")]
    if asked.not_older_than is not None:
        said.append(words("not older than %(period)s", period=asked.not_older_than))
    return f"{asked.title} ({', '.join(said)})"


def _threshold(one: OwnCriterion, words: Words) -> str:
    if not one.asked.threshold:
        return ""
    said = words("What is asked: %(threshold)s.", threshold=one.asked.threshold)
    return f"{said} {words('Measured over %(period)s.', period=one.asked.period)}" if one.asked.period else said


def _measured(shown: IndicatorShown, one: OwnCriterion, words: Words, me: str) -> Measured:
    figure = shown.figure
    assert figure is not None  # noqa: S101  (asked by whoever calls)
    unit = shown.unit or ""
    rows = [
        (words("Value"), answer_words(figure.answer, scale={}, unit=unit, words=words)),
        (words("Period"), figure.period), (words("Source"), figure.source), (words("What is asked"), shown.asked),
        (words("How it is worked out"), shown.why),
    ]  # fmt: skip
    challenged = any(each.figure == figure.figure for each in shown.challenges)
    states = {"open": words("the college office has not answered yet"), "upheld": words("the figure stays"),
              "corrected": words("the figure was corrected")}  # fmt: skip
    return Measured(
        rows=tuple(Told(name=name, value=value) for name, value in rows if value),
        challenges=tuple(
            Said(words=each.note, note=": ".join(filter(None, (states[each.state], each.reason))),
                 who=_who(each.by, each.at, words, me))
            for each in shown.challenges
        ),
        may_challenge=Move.CHALLENGE_INDICATOR in one.moves and not challenged,
    )  # fmt: skip


def _file(one: EvidenceShown, criterion: str, root: str, words: Words) -> File:
    told = stand(one.clearance, whole=one.whole, deleted=one.deleted, words=words)
    return File(
        title=one.title, href=f"{root}/evidence/{one.id}", place=one.places.get(criterion, ""), state=told.state,
        colour=told.colour, to_do=told.to_do,
    )  # fmt: skip


def _request(one: RequestShown, words: Words) -> Told:
    day = words.day(day_of(one.due_at))
    name = {
        "open": words("A reviewer asks for more, by %(day)s", day=day),
        "answered": words("A reviewer asked, you answered"),
        "expired": words("A reviewer asked; the time was over on %(day)s", day=day),
        "ended": words("A reviewer asked; the review is over, and nobody waits for an answer any more"),
    }[one.state]  # fmt: skip
    return Told(name=name, value=" – ".join(filter(None, (one.question, one.reply))))


def _last(one: OwnCriterion, words: Words) -> Said | None:
    before = one.before_now
    if before is None:
        return None
    said = answer_words(before.answer, scale=before.scale, unit=one.asked.unit, words=words)
    if before.settled is not None:
        settled = answer_words(before.settled, scale=before.scale, unit=one.asked.unit, words=words)
        said = words("%(own)s. After the review: %(settled)s.", own=said, settled=settled)
    when = words("%(round)s, %(day)s", round=before.round, day=words.day(day_of(before.answered_at)))
    changed = "" if before.same else words("The question was worded differently then.")
    return Said(words=said, note=before.answer.note, who=f"{when}. {changed}".strip())


def _last_choice(one: OwnCriterion) -> str | None:
    """What was chosen last time, as the form has it; None where it cannot be again: a number is measured anew."""
    if one.before_now is None or one.before_now.answer.state == "not_answered":
        return None
    choice = typed_of(one.before_now.answer, one.asked, version=0).choice
    return None if choice in (NUMBER, POINTS) else choice


def _filled(one: OwnCriterion, typed: Typed) -> Typed:
    """The form with the answer of last time in it: a note that is in it already stays, and stands before the other."""
    choice = _last_choice(one)
    if one.before_now is None or choice is None:
        return typed
    then, now = one.before_now.answer.note.strip(), typed.note.strip()
    note = now if then in now else f"{now}\n\n{then}".strip()
    return replace(typed, choice=choice if choice in choices(one.asked) else typed.choice, note=note)


def _history(one: OwnCriterion, words: Words, me: str) -> Iterator[Said]:
    """The steps, the newest first; what one person saved again within minutes is one step."""
    for step in _steps(one.history):
        source = words(" (from %(source)s)", source=step.source) if step.source else ""
        yield Said(
            words=f"{_words(one, step.answer, words)}{source}", note=step.answer.note,
            who=_who(step.by, step.at, words, me),
        )  # fmt: skip


def _steps(versions: Sequence[VersionGiven]) -> Iterator[VersionGiven]:
    later: VersionGiven | None = None
    for version in versions:
        together = later is not None and later.by == version.by and later.at - version.at <= TOGETHER
        same = later is not None and later.answer.model_copy(update={"note": ""}) == version.answer.model_copy(
            update={"note": ""}
        )
        if not (together and same):
            yield version
        later = version
