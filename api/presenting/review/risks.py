"""Immediate risks in words: what was warned of, by when it is answered, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.views.risk_desk import RiskDesk
from accreditation.views.risks import RiskShown
from api.inputs.typed_risk import TypedRisk
from api.presenting.review.visits import moment
from api.presenting.team.criterion import name_of
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A risk; `key` is the name by which it is answered, empty to whoever does not answer it."""

    key: str
    about: str
    text: str
    raised: str
    state: str
    colour: str
    until: str
    reply: str
    replied: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risks:
    """The page. `within` says how long the lead has to answer; empty where the scheme sets no time."""

    risks: tuple[Risk, ...]
    criteria: tuple[tuple[str, str], ...]
    may_raise: bool
    within: str


def risks(one: RiskDesk, root: str, words: Words) -> Risks:
    """The risks of the cycle whose pages begin with `root`: what waits first, by its time; then the newest first."""
    waiting = sorted(
        (each for each in one.risks if each.reply is None), key=lambda each: each.reply_by or each.raised_at
    )
    answered = [each for each in reversed(one.risks) if each.reply is not None]
    return Risks(
        risks=tuple(_risk(each, one, root, words) for each in (*waiting, *answered)),
        criteria=tuple((name, f"{name} {title}") for name, title in one.criteria.items()), may_raise=one.may_raise,
        within=one.reply_within.replace("business", "working"),
    )  # fmt: skip


def lacks(sent: TypedRisk, words: Words) -> Mapping[str, str]:
    """What is said where the form lacks something, by the field that lacks it."""
    said = {"sure": words("Tick the box to send this now.")}
    return said if sent.text.strip() else {"text": words("Write what the risk is."), **said}


def _risk(one: RiskShown, desk: RiskDesk, root: str, words: Words) -> Risk:
    title = desk.criteria.get(one.criterion or "")
    about = words("The service as a whole") if one.criterion is None else f"{one.criterion} {title or ''}".strip()
    when, who = moment(one.raised_at, words), one.raised_by
    state, colour = _state(one, words)
    return Risk(
        key=one.risk or "", about=about, text=one.text, state=state, colour=colour,
        raised=words("Raised by %(name)s at %(when)s", name=who, when=when) if who
        else words("Raised by the reviewers at %(when)s", when=when),
        until="" if one.reply is not None or one.reply_by is None
        else words("To be answered by %(when)s", when=moment(one.reply_by, words)),
        reply=one.reply or "",
        replied="" if one.replied_at is None
        else words("Answered by %(who)s at %(when)s", who=name_of(one.replied_by or ""),
                   when=moment(one.replied_at, words)),
        address="" if title is None else f"{root}/criteria/{one.criterion}",
    )  # fmt: skip


def _state(one: RiskShown, words: Words) -> tuple[str, str]:
    if one.reply is not None:
        return (words("Answered late"), "yellow") if one.late else (words("Answered"), "green")
    return (words("Late"), "red") if one.late else (words("Waits for an answer"), "blue")
