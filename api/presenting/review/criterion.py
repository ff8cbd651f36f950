"""The page of one criterion of a visit: what it asks, what the team says and shows, and the reviewer's own rating."""

from dataclasses import dataclass, replace
from datetime import datetime

from accreditation.rules.cycle import Move, Stage
from accreditation.scheme.answer import Answer
from accreditation.views.indicators import IndicatorShown
from accreditation.views.own_criterion import Asked
from accreditation.views.visited_criterion import VisitedCriterion
from api.inputs.own_answer import RATING, Typed
from api.presenting.moments import day_of
from api.presenting.register import Told
from api.presenting.review.files import File, file_of
from api.presenting.review.findings import Row, row_of
from api.presenting.review.requests import Request, request
from api.presenting.review.visits import moment
from api.presenting.team.answers import THEIRS, Option, answer_words, columns, differs, in_form, options, typed_of
from api.presenting.team.asking import Asking
from api.presenting.team.criterion import name_of, paragraphs, saved_words, wanted
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """What the team says: its answer, its note, and who gave it."""

    words: str
    note: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Asking):
    """The page."""

    wanted: tuple[str, ...]
    measured: tuple[Told, ...]
    team: Team
    files: tuple[File, ...]
    can_rate: bool
    why_not: str
    theirs: Team | None
    findings: tuple[Row, ...]
    requests: tuple[Request, ...]
    can_ask: bool


def page(
    found: VisitedCriterion, words: Words, *, at: datetime, sent: Typed | None = None, stale: bool = False,
    beside: Typed | None = None,
) -> Page:  # fmt: skip
    """The page; `sent` is what was typed where it was refused, `stale` says that another window saved meanwhile.

    `beside` is what stood in the form while something else of the page was sent.
    """
    one, asked = found.one, found.asked
    root = f"/review/cycles/{one.cycle}"
    standing = typed_of(one.own, asked, version=one.version)
    own = _said(one.own, found, words)
    return Page(
        root=root, address=f"{root}/criteria/{one.id}", id=one.id, title=one.title,
        place=words("Question %(number)s of %(of)s: %(domain)s", number=found.number, of=found.of,
                    domain=found.domain_title),
        type=found.type_title, state="" if found.observes else own.words,
        colour="blue" if one.own.state == "not_answered" else "green",
        meaning=found.type_meaning, statement=paragraphs(one.statement),
        guidance=paragraphs(one.guidance), wanted=tuple(wanted(each, words) for each in one.evidence_asked),
        threshold=words("What is asked: %(threshold)s.", threshold=asked.threshold) if asked.threshold else "",
        measured=() if one.indicator is None else _measured(one.indicator, words),
        team=_team(found, words), files=tuple(file_of(root, one.id, each, words) for each in one.evidence),
        can_rate=_can_rate(found), why_not=_why_not(found, words), answer=own.words, note=own.note,
        options=rating_options(asked, standing, words), columns=columns(asked, words), unit=asked.unit,
        typed=in_form(sent, beside, standing, stale=stale), unsaved=beside is not None and differs(beside, standing),
        saved=saved_words(found.saved_at, words, at=at), theirs=own if stale else None,
        findings=tuple(row_of(each, root, words) for each in one.findings if not each.dropped),
        requests=tuple(request(each, root, words) for each in one.requests),
        can_ask=Move.ASK_EVIDENCE in found.moves and one.handed_in_at is None,
        previous=one.before or "", next=one.after or "",
    )  # fmt: skip


def is_unsaved(found: VisitedCriterion, typed: Typed) -> bool:
    """Does the rating's form hold something else than what is saved?"""
    return differs(typed, typed_of(found.one.own, found.asked, version=found.one.version))


def rating_options(asked: Asked, standing: Typed, words: Words) -> tuple[Option, ...]:
    """What a reviewer may choose to rate this, where `standing` is chosen now.

    Where a level is asked for, levels alone: "Met" says the same in another way, and two who mean one thing would
    differ. What was chosen before stays.
    """
    ratings = {f"{RATING}{name}" for name in asked.scale if asked.levels} - {standing.choice}
    return tuple(
        replace(one, words=words(THEIRS[one.value]), hint=words("Say in the reason why.") if one.hint else "")
        if one.value in THEIRS
        else one
        for one in options(asked, words)
        if one.value not in ratings
    )


def _can_rate(found: VisitedCriterion) -> bool:
    return Move.REVIEW in found.moves and found.one.handed_in_at is None and not found.observes


def _why_not(found: VisitedCriterion, words: Words) -> str:
    """Why nothing can be rated here now, and what comes next."""
    if found.observes:
        return words("You observe this visit: you read everything, and rate nothing.")
    if found.one.handed_in_at is not None:
        return words("You handed in at %(when)s: this rating stands.", when=moment(found.one.handed_in_at, words))
    if found.stage is Stage.REVIEW:
        return words("You cannot rate now. Ask the college office.")
    return words("The review is not open now.")


def _said(answer: Answer, found: VisitedCriterion, words: Words) -> Team:
    said = answer_words(answer, scale=found.asked.scale, unit=found.asked.unit, words=words)
    return Team(words=words("Not rated yet") if answer.state == "not_answered" else said, note=answer.note, who="")


def _team(found: VisitedCriterion, words: Words) -> Team:
    team = found.one.team
    who = ""
    if team.answered_at is not None:
        who = words("%(who)s, %(day)s", who=name_of(team.answered_by or ""), day=words.day(day_of(team.answered_at)))
    said = answer_words(team.answer, scale=found.team_scale, unit=found.asked.unit, words=words)
    return Team(words=said, note=team.answer.note, who=who)


def _measured(shown: IndicatorShown, words: Words) -> tuple[Told, ...]:
    figure = shown.figure
    if figure is None:
        return ()
    rows = [
        (words("Value"), answer_words(figure.answer, scale={}, unit=shown.unit or "", words=words)),
        (words("Period"), figure.period), (words("Source"), figure.source), (words("What is asked"), shown.asked),
        (words("How it is worked out"), shown.why),
        *((words("The team objects"), each.note) for each in shown.challenges),
    ]  # fmt: skip
    return tuple(Told(name=name, value=value) for name, value in rows if value)
