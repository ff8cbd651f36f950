"""The committee's pack in words: what is asked, what the team says, what reviewers found, and what follows by rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from accreditation.rules.improvement import Choice, Improvement
from accreditation.views.awards import ConditionAsked, DecisionShown, RecommendationShown
from accreditation.views.pack import Pack, PackCriterion, PackFinding
from api.presenting.college.conditions import condition_words
from api.presenting.college.cycle import Risk, risks_told
from api.presenting.college.glance import Link
from api.presenting.college.pack_working import Line, tried_words
from api.presenting.college.to_decide import hindering
from api.presenting.moments import day_of
from api.presenting.register import BECAUSE, Told
from api.presenting.team.accuracy import KINDS, Comment, comments_told
from api.presenting.team.criterion import name_of
from api.presenting.team.scores import told_scores
from api.words import Words, capital


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion in the pack; `hinders` where it stands in the way of the next higher result."""

    id: str
    hinders: bool
    words: str
    statement: str
    answered: str
    note: str
    files: tuple[Link, ...]
    settled: str
    how: str
    reason: str
    ratings: tuple[Told, ...]
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain with its criteria."""

    title: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding of the report."""

    words: str
    text: str
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """What the rules recommend, why, and what stands in the way of more."""

    outcome: str
    state: str
    colour: str
    lead: str
    limits: tuple[str, ...]
    in_the_way: tuple[Link, ...]
    nearest: tuple[str, ...]
    conditions: tuple[str, ...]
    conditions_name: str
    scores: tuple[Told, ...]
    working: tuple[Line, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided, and what followed."""

    outcome: str
    state: str
    colour: str
    facts: tuple[Told, ...]
    conditions: tuple[str, ...]
    followed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTold:
    """The page. `early` is said while not everything is there."""

    early: str
    team: tuple[str, ...]
    close: tuple[str, ...]
    hinders: str
    decided: Decided | None
    recommended: Recommended | None
    risks: tuple[Risk, ...]
    findings: tuple[Finding, ...]
    domains: tuple[Domain, ...]
    appeal: tuple[str, ...]
    may_decide: bool
    may_answer_appeal: bool


def pack(one: Pack, words: Words) -> PackTold:
    """The pack of this cycle."""
    titles = {each.id: f"{each.id} {each.title}" for each in one.criteria}
    root = f"/college/cycles/{one.cycle}"
    in_the_way = frozenset(() if one.recommendation is None else one.recommendation.stands_in_the_way)
    early = "" if one.recommendation else words(
        "Not everything is here yet: the rules are worked out once the reviewers agree and the team has checked the "
        "report."
    )  # fmt: skip
    return PackTold(
        early=early,
        team=tuple(words("%(name)s, %(title)s", name=name, title=title) for name, title in one.team),
        close=tuple(words("%(name)s %(why)s", name=name, why=why) for name, why in one.close),
        hinders=hindering(one.hinders, words),
        decided=None if one.decision is None else _decided(one.decision, words),
        recommended=None
        if one.recommendation is None
        else _recommended(one, one.recommendation, titles, words),
        risks=risks_told(one.risks, words), findings=tuple(_finding(each, words) for each in one.findings),
        domains=tuple(
            Domain(
                title=title,
                criteria=tuple(_criterion(each, root, words, hinders=each.id in in_the_way) for each in several),
            )
            for domain, title in one.domains.items()
            if (several := [each for each in one.criteria if each.domain == domain])
        ),
        appeal=_appeal(one.decision, words), may_decide=one.may_decide and not one.hinders,
        may_answer_appeal=one.may_answer_appeal and not one.hinders,
    )  # fmt: skip


def _criterion(one: PackCriterion, root: str, words: Words, *, hinders: bool) -> Criterion:
    reason = one.reason
    if hinders and one.settled and not reason and not any(each.note for each in one.ratings):
        reason = words("No reviewer wrote a reason.")
    return Criterion(
        id=one.id, hinders=hinders,
        words=f"{one.id} {one.title}", statement=one.statement, answered=one.answered or words("No answer"),
        note=one.note, settled=one.settled or words("Not settled yet"), how=one.how, reason=reason,
        files=tuple(
            Link(words=each.title, address=f"{root}/evidence/{each.id}")
            if each.open
            else Link(words=words("A file that only its team can open"), address="")
            for each in one.files
        ),
        ratings=tuple(
            Told(name=words("%(name)s, %(title)s", name=each.name, title=each.role), value=_with(each.said, each.note))
            for each in one.ratings
        ),
        comments=comments_told(one.comments, words),
    )  # fmt: skip


def _with(said: str, note: str) -> str:
    return f"{said}. {note}" if note else said


def _finding(one: PackFinding, words: Words) -> Finding:
    about = words("the service as a whole") if one.criterion is None else one.criterion
    said = words("%(kind)s, %(about)s", kind=words(KINDS[one.kind]), about=about)
    text = words("Taken out of the report: %(said)s", said=one.text) if one.withdrawn else one.text
    return Finding(words=said, text=text, comments=comments_told(one.comments, words))


def _award(*, awarded: bool, words: Words) -> tuple[str, str]:
    return (words("Award"), "green") if awarded else (words("No award"), "orange")


def _recommended(
    pack: Pack, one: RecommendationShown, titles: dict[str, str], words: Words
) -> Recommended:  # fmt: skip
    state, colour = (words("The rules are silent"), "yellow") if one.judgement else _award(
        awarded=one.awarded, words=words
    )  # fmt: skip
    lead = words("Worked out by the rules of the scheme from the settled ratings.")
    if one.judgement:
        lead = words("The rules leave this case to the committee’s judgement: whatever it decides needs a reason.")
    elif one.valid_for:
        lead = words("%(lead)s It would be valid for %(period)s.", lead=lead, period=one.valid_for)
    return Recommended(
        outcome=one.title, state=state, colour=colour, lead=lead,
        limits=tuple(each.because for each in one.limited),
        in_the_way=tuple(
            Link(words=titles.get(name, name), address=f"#criterion-{name}") for name in one.stands_in_the_way
        ),
        nearest=tuple(_nearest(one.improvements[0], titles, words)) if one.improvements else (),
        conditions=tuple(_asked(each, titles, words) for each in one.conditions),
        conditions_name=conditions_name(
            one.title, followed=pack.decision is None or pack.decision.outcome == one.outcome, words=words
        ),
        scores=told_scores(one.scores, words),
        working=tuple(line for tried in one.working for line in tried_words(tried, pack.all_outcomes, words)),
        warnings=one.warnings,
    )  # fmt: skip


def conditions_name(recommended: str, *, followed: bool, words: Words) -> str:
    """What stands over the conditions of the recommendation, which are the team's only where it was followed."""
    if followed:
        return words("Conditions that follow from the rules")
    return words(
        "Conditions that would have come with “%(outcome)s”. They do not hold: something else was decided",
        outcome=recommended,
    )  # fmt: skip


def _nearest(one: Improvement, titles: dict[str, str], words: Words) -> Iterator[str]:
    yield words.many(
        "The smallest improvement to “%(title)s” is %(number)s criterion:",
        "The smallest improvement to “%(title)s” is %(number)s criteria:", one.size, title=one.title,
    )  # fmt: skip
    for choice in one.choices:
        yield _choice(choice, titles, words)


def _choice(one: Choice, titles: dict[str, str], words: Words) -> str:
    named = "; ".join(titles.get(name, name) for name in one.of)
    if one.needed < len(one.of):
        return words("any %(number)s of: %(criteria)s", number=one.needed, criteria=named)
    return named


def _asked(one: ConditionAsked, titles: dict[str, str], words: Words) -> str:
    named = "; ".join(titles.get(name, name) for name in one.criteria)
    if one.needed < len(one.criteria):
        return words("%(number)s of these within %(period)s: %(criteria)s", number=one.needed, period=one.within,
                     criteria=named)  # fmt: skip
    return words("Within %(period)s: %(criteria)s", period=one.within, criteria=named)


def _decided(one: DecisionShown, words: Words) -> Decided:
    state, colour = _award(awarded=one.stands.awarded, words=words)
    until = one.stands.valid_until
    facts = [
        (words("Decided on"), words.day(day_of(one.decided_at))),
        (words("Entered by"), capital(name_of(one.decided_by))),
        (words("What was decided"), one.title), (words("Departs from the rules"), words("Yes") if one.departs else ""),
        (words("Reason"), one.reason), (words("Valid until"), "" if until is None else words.day(until)),
    ]  # fmt: skip
    return Decided(
        outcome=one.stands.title, state=state, colour=colour,
        facts=tuple(Told(name=name, value=value) for name, value in facts if value),
        conditions=tuple(condition_words(each, words) for each in one.conditions),
        followed=tuple(
            words("%(outcome)s, since %(day)s (%(why)s): %(reason)s", outcome=each.title, day=words.day(each.since),
                  why=words(BECAUSE[each.because]), reason=each.reason)
            for each in one.followed
        ),
    )  # fmt: skip


def _appeal(one: DecisionShown | None, words: Words) -> tuple[str, ...]:
    if one is None or one.appeal is None:
        return ()
    said = [words("The team appealed on %(day)s: %(reason)s", day=words.day(one.appeal.lodged_on),
                  reason=one.appeal.reason)]  # fmt: skip
    if one.appeal.answered_on is not None:
        how = words("Upheld") if one.appeal.upheld else words("Dismissed")
        said.append(words("%(how)s on %(day)s: %(reason)s", how=how, day=words.day(one.appeal.answered_on),
                          reason=one.appeal.answer or ""))  # fmt: skip
    if one.appeal.panel:
        said.append(words("Heard by %(names)s.", names=", ".join(one.appeal.panel)))
    return tuple(said)
