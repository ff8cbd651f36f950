"""A published result in its team's words: what, why, what to put right by when, and how to appeal."""

from dataclasses import dataclass
from datetime import date

from accreditation.views.aftermath import AppealShown, ConditionShown
from accreditation.views.reported import ReportedFinding
from accreditation.views.team_result import DomainRated, TeamResult
from api.presenting.register import BECAUSE, Told
from api.presenting.register_list import Choice
from api.presenting.team.accuracy import KINDS
from api.presenting.team.scores import told_scores
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPutRight:
    """A condition: in a sentence, its criteria, and how it stands."""

    words: str
    criteria: tuple[Choice, ...]
    state: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that the reviewers found."""

    kind: str
    about: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The page."""

    outcome: str
    colour: str
    state: str
    meaning: str
    facts: tuple[Told, ...]
    reason: str
    in_the_way: tuple[Choice, ...]
    scores: tuple[Told, ...]
    conditions: tuple[ToPutRight, ...]
    then: tuple[str, ...]
    findings: tuple[Finding, ...]
    rated: tuple[DomainRated, ...]
    before: tuple[str, ...]
    appeal: str
    appeal_reasons: tuple[str, ...]
    form: bool


def results(one: TeamResult, on: date, words: Words) -> Results:
    """The result as it stands on this day."""
    decision = one.decision
    return Results(
        outcome=decision.stands.title, meaning="" if decision.departs else one.meaning,
        state=words("Award") if decision.stands.awarded else words("No award"),
        colour="green" if decision.stands.awarded else "orange", facts=_facts(one, words), reason=_reason(one, words),
        in_the_way=tuple(
            (name, f"{name} {one.titles[name]}") for name in one.recommendation.stands_in_the_way if name in one.titles
        ),
        scores=told_scores(one.recommendation.scores, words),
        conditions=tuple(_condition(each, on, words) for each in decision.conditions), then=_then(one, words),
        findings=tuple(_finding(each, words) for each in one.findings if not each.withdrawn), rated=one.rated,
        before=tuple(
            words("%(outcome)s, since %(day)s (%(why)s): %(reason)s", outcome=each.title, day=words.day(each.since),
                  why=words(BECAUSE[each.because]), reason=each.reason)
            for each in decision.followed
        ),
        appeal=_appeal(one, words), appeal_reasons=_reasons(decision.appeal, words), form=one.may_appeal,
    )  # fmt: skip


def _facts(one: TeamResult, words: Words) -> tuple[Told, ...]:
    decision = one.decision
    by = decision.body or ""
    if decision.body and decision.confirmed_by:
        by = words("%(body)s, confirmed by %(other)s", body=decision.body, other=decision.confirmed_by)
    until = decision.stands.valid_until
    facts = [
        (words("Decided on"), words.day(decision.decided_at.date())),
        (words("Decided by"), by),
        (words("What was decided"), decision.title if decision.followed else ""),
        (words("What the rules recommended"), one.recommendation.title if decision.departs else ""),
        (words("Valid until"), "" if until is None else words.day(until)),
    ]
    return tuple(Told(name=name, value=value) for name, value in facts if value)


def _reason(one: TeamResult, words: Words) -> str:
    if one.decision.reason:
        return words("The committee’s reason: %(reason)s", reason=one.decision.reason)
    return words("The committee decided as the rules of the scheme recommend.")


def _condition(one: ConditionShown, on: date, words: Words) -> ToPutRight:
    day, number = words.day(one.due_on), len(one.criteria)
    if one.needed == number:
        said = (
            words("Put this right by %(day)s.", day=day)
            if number == 1
            else words("Put all of these right by %(day)s.", day=day)
        )
    else:
        said = words("Put %(number)s of these right by %(day)s.", number=one.needed, day=day)
    state, colour = words("To do"), "blue"
    if one.met_on is not None:
        state, colour = words("Done on %(day)s", day=words.day(one.met_on)), "green"
    elif on > one.due_on:
        state, colour = words("Late"), "red"
    return ToPutRight(
        words=said, state=state, colour=colour,
        criteria=tuple((each.id, f"{each.id} {each.title}") for each in one.criteria),
    )  # fmt: skip


def _then(one: TeamResult, words: Words) -> tuple[str, ...]:
    """Who says that it is put right, and what follows; one outcome's conditions all lead to the same."""
    if not one.decision.conditions:
        return ()
    first = one.decision.conditions[0]
    said = [words("When something is put right, show it to the college office. The office records it.")]
    if first.when_met is not None:
        said.append(words("Once all is put right in time, the result becomes: %(to)s.", to=first.when_met.title))
    if first.when_missed is not None:
        said.append(words("If it is not, the result becomes: %(to)s.", to=first.when_missed.title))
    return tuple(said)


def _finding(one: ReportedFinding, words: Words) -> Finding:
    about = words("the service as a whole") if one.criterion is None else one.criterion
    return Finding(kind=words(KINDS[one.kind]), about=about, text=one.text)


def _appeal(one: TeamResult, words: Words) -> str:
    """May the team appeal, until when, and by whom? Or how does its appeal stand?"""
    decision, appeal = one.decision, one.decision.appeal
    if appeal is not None:
        return _lodged(appeal, words)
    if not one.has_appeal:
        return words("This scheme has no appeal. Ask the college office if you think that something went wrong.")
    if decision.appeal_until is None:
        return ""
    until = words.day(decision.appeal_until)
    if one.may_appeal:
        return words("You can appeal once, until %(day)s. Say what was wrong with the decision, and why.", day=until)
    if not one.appeals:
        return words("Your team’s lead can appeal until %(day)s. Nobody else in the team can.", day=until)
    if decision.followed:
        return words("Another result has followed the decision, so there is no appeal against it any more.")
    return words("The time to appeal was over on %(day)s.", day=until)


def _lodged(one: AppealShown, words: Words) -> str:
    lodged = words("Your team appealed on %(day)s.", day=words.day(one.lodged_on))
    if one.answered_on is None:
        stands = (
            words("Until the appeal is answered the decision stands.")
            if one.decision_stands_meanwhile
            else words("Until the appeal is answered the decision does not stand.")
        )
        return f"{lodged} {stands}"
    day = words.day(one.answered_on)
    ended = (
        words("The college upheld it on %(day)s.", day=day) if one.upheld
        else words("The college dismissed it on %(day)s.", day=day)
    )  # fmt: skip
    return f"{lodged} {ended}"


def _reasons(one: AppealShown | None, words: Words) -> tuple[str, ...]:
    if one is None:
        return ()
    said = [words("Your reason: %(reason)s", reason=one.reason)]
    if one.answer:
        said.append(words("The college’s answer: %(reason)s", reason=one.answer))
    return tuple(said)
