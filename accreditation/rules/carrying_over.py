"""What happens to a running cycle that goes on under another edition: what it keeps, and what is given again."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import Field

from accreditation.rules.answering import By, faults_of_answer, faults_of_draft, missing_evidence
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.stating import missing_facts
from accreditation.scheme.answer import NOT_ANSWERED, Answer, Answers
from accreditation.scheme.carrying import (
    NEW,
    WITHDRAWN,
    to_look_at,
    why_fact_not_carried,
    why_not_carried,
)
from accreditation.scheme.model import Profile, Scheme
from accreditation.scheme.values import Part

AFTER_SUBMISSION = frozenset(
    {Stage.ASSIGNMENT, Stage.REVIEW, Stage.CONSENSUS, Stage.FACTUAL_ACCURACY, Stage.RECOMMENDATION}
)
"""Stages in which the team can neither answer nor attach anything."""

FINDINGS_STAND = frozenset({Stage.CONSENSUS, Stage.FACTUAL_ACCURACY, Stage.RECOMMENDATION})
"""Stages in which reviewers have handed in and findings are settled: these stand, and are never asked for again."""


SETTLING = frozenset({Stage.CONSENSUS, Stage.FACTUAL_ACCURACY})
"""Stages in which somebody of the review team has still to settle, and the office may appoint who."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What one reviewer of the review team rated so far, and whether it is handed in."""

    handed_in: bool
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Everything a cycle was given: the team's answers, the criteria with evidence, reviews by seat, settlements.

    `settler` is the role of whom the office appointed to settle, where it did and they still do.
    """

    team: Answers
    attached: Collection[str] = ()
    reviews: Mapping[int, Reviewed] = field(default_factory=dict)
    settled: Answers = field(default_factory=dict)
    settler: str | None = None


class Concerned(Part):
    """A criterion that something is said of."""

    criterion: str
    title: str
    because: str


class FactConcerned(Part):
    """A fact of the profile that has to be stated, again or for the first time."""

    fact: str
    question: str
    because: str


class CarryOver(Part):
    """What carrying a cycle over does. `again`, `new`, `facts` and `evidence` are what the team has to give.

    `set_aside` are all answers that do not hold under the new edition: `again`, and those to criteria that do not
    apply to the service now. `reviews` counts by seat the ratings that a reviewer gives again. Where it cannot be
    done, `refused` says why, and nothing is done.
    """

    from_edition: str
    from_digest: str
    to_edition: str
    to_digest: str
    stage: Stage
    kept: tuple[str, ...] = ()
    look_again: tuple[Concerned, ...] = ()
    again: tuple[Concerned, ...] = ()
    new: tuple[Concerned, ...] = ()
    withdrawn: tuple[Concerned, ...] = ()
    facts: tuple[FactConcerned, ...] = ()
    evidence: tuple[Concerned, ...] = ()
    set_aside: tuple[Concerned, ...] = ()
    reviews: dict[int, int] = Field(default_factory=dict)
    reviews_begin_anew: bool = False
    refused: str = ""

    @property
    def team_gives(self) -> bool:
        """Must the team give something before the cycle can go on?"""
        return bool(self.again or self.new or self.facts or self.evidence)

    @property
    def move(self) -> Move:
        """By which move of the cycle's table is it done?"""
        if self.stage is not Stage.SELF_ASSESSMENT and self.team_gives:
            return Move.ANSWER_AGAIN
        return Move.REVIEW_AGAIN if self.reviews_begin_anew else Move.CARRY_OVER


def carry_over(*, old: Scheme, new: Scheme, stage: Stage, profile: Profile, held: Held) -> CarryOver:
    """What happens to a cycle in this stage, with this profile and these answers, when it moves from old to new?

    An answer is kept where, as it was given, it means the same under the new edition and fits it. What a team has to
    give after it submitted sends the cycle back to its self-assessment. Where findings are settled they stand: then
    nothing may have to be given again, or it is refused.
    """
    kept_profile = kept_facts(old=old, new=new, profile=profile)
    aside = tuple(_set_aside(old, new, held.team, "team"))
    names = {one.criterion for one in aside}
    team = {name: answer for name, answer in held.team.items() if name not in names}
    applies = [one.id for one in new.applicable(kept_profile)]
    before = {one.id for one in old.applicable(profile)}
    unanswered = [name for name in applies if team.get(name, NOT_ANSWERED).state == "not_answered"]
    found = CarryOver(
        from_edition=old.edition,
        from_digest=old.digest,
        to_edition=new.edition,
        to_digest=new.digest,
        stage=stage,
        kept=tuple(name for name in applies if name not in unanswered),
        look_again=tuple(_look_again(old, new, [name for name in applies if name not in unanswered])),
        again=tuple(one for one in aside if one.criterion in applies and one.criterion in before),
        new=tuple(_concerned(new, name, _why_new(old, name)) for name in unanswered if name not in before),
        withdrawn=tuple(_withdrawn(old, new, held)),
        facts=tuple(_facts(old, new, kept_profile)),
        evidence=tuple(_evidence(new, kept_profile, team, held)) if stage in AFTER_SUBMISSION else (),
        set_aside=aside,
    )
    return _reviewed(found, old=old, new=new, held=held, applies={name: name in before for name in applies})


def kept_facts(*, old: Scheme, new: Scheme, profile: Profile) -> Profile:
    """What stays of the profile: every fact that means the same, with an answer that its question still takes."""
    return {
        name: value
        for name, value in profile.items()
        if not why_fact_not_carried(old=old, new=new, fact=name) and new.profile[name].takes(value)
    }


def reviews_aside(*, old: Scheme, new: Scheme, review: Reviewed) -> tuple[Concerned, ...]:
    """Which of a reviewer's ratings do not hold under the new edition, and why? For this reviewer's eyes alone.

    A draft that lacks something only the hand-in needs, such as a reason, is kept as it is.
    """
    return tuple(_set_aside(old, new, review.answers, "reviewer", draft=not review.handed_in))


def _set_aside(old: Scheme, new: Scheme, answers: Answers, by: By, *, draft: bool = False) -> Iterator[Concerned]:
    """Which standing answers do not hold under the new edition, and why?"""
    for criterion in new.criteria:
        answer = answers.get(criterion.id, NOT_ANSWERED)
        if answer.state != "not_answered" and (why := _why_not(old, new, criterion.id, answer, by, draft)):
            yield _concerned(new, criterion.id, why)


def _why_not(old: Scheme, new: Scheme, name: str, answer: Answer, by: By, draft: bool) -> str:
    if name not in old.by_id:
        return f"{NEW}; an answer from an earlier one stays in the records"
    why = why_not_carried(old=old, new=new, criterion=name, answer=answer, by=by)
    faults_of = faults_of_draft if draft else faults_of_answer
    faults = faults_of(criterion=new.by_id[name], answer=answer, scheme=new, by=by)
    return why or "; ".join(f"{fault.found} does not fit any more: {fault.allowed}" for fault in faults)


def _look_again(old: Scheme, new: Scheme, names: Collection[str]) -> Iterator[Concerned]:
    for name in names:
        if name in old.by_id and (why := to_look_at(old.by_id[name], new.by_id[name])):
            yield _concerned(new, name, why)


def _why_new(old: Scheme, name: str) -> str:
    return "it applies to this service now" if name in old.by_id else NEW


def _withdrawn(old: Scheme, new: Scheme, held: Held) -> Iterator[Concerned]:
    for criterion in old.criteria:
        if criterion.id not in new.by_id and criterion.id in held.team:
            yield _concerned(old, criterion.id, f"{WITHDRAWN}; its answer stays in the records")


def _facts(old: Scheme, new: Scheme, profile: Profile) -> Iterator[FactConcerned]:
    missing = {fault.where.removeprefix("profile.") for fault in missing_facts(scheme=new, profile=profile)}
    for name, fact in new.profile.items():
        if name in missing:
            why = why_fact_not_carried(old=old, new=new, fact=name) or "it is not stated"
            who = "the college office states it" if fact.asked_of == "office" else ""
            yield FactConcerned(fact=name, question=fact.question, because="; ".join(filter(None, (why, who))))


def _evidence(new: Scheme, profile: Profile, team: Answers, held: Held) -> Iterator[Concerned]:
    faults = missing_evidence(scheme=new, profile=profile, answers=team, attached=held.attached)
    for fault in faults:
        yield _concerned(new, fault.where.removeprefix("criterion "), f"{fault.found}; {fault.allowed}")


def _reviewed(found: CarryOver, *, old: Scheme, new: Scheme, held: Held, applies: Mapping[str, bool]) -> CarryOver:
    """The same, with what becomes of reviews and settlements. `applies` says of each criterion whether it did before.

    A criterion that applies only now was rated by nobody, so a review that was handed in lacks it.
    """
    unseen = [name for name, before in applies.items() if not before]
    again = {
        seat: [one.criterion for one in reviews_aside(old=old, new=new, review=review) if one.criterion in applies]
        for seat, review in held.reviews.items()
    }
    leaderless = _leaderless(old, new, held)
    anew = any(((again[seat] or unseen) and review.handed_in) or leaderless for seat, review in held.reviews.items())
    update = {"reviews": {seat: len(names) for seat, names in again.items() if names}, "reviews_begin_anew": anew}
    if found.stage in FINDINGS_STAND:
        settled = [one.criterion for one in _set_aside(old, new, held.settled, "reviewer") if one.criterion in applies]
        unsound = {*unseen, *settled, *(name for names in again.values() for name in names)}
        update["refused"] = (
            _refusal(found, unsound)
            or _no_check(found, new)
            or (_NO_LEAD if leaderless and found.stage in SETTLING else "")
        )
    return found.model_copy(update=update)


def _leaderless(old: Scheme, new: Scheme, held: Held) -> bool:
    """Would nobody of the review team settle under the new edition: neither its role nor somebody appointed?"""
    if held.settler is not None and not new.observes(held.settler):
        return False
    return new.consensus.settled_by not in {seat.role for seat in old.raters}


def _refusal(found: CarryOver, unsound: Collection[str]) -> str:
    given = [one.criterion for one in (*found.again, *found.new, *found.evidence)]
    names = sorted({*unsound, *given})
    if not names and not found.facts:
        return ""
    what = f"criteria {', '.join(names)}" if names else f"the profile ({', '.join(one.fact for one in found.facts)})"
    return (
        f"The reviewers have handed in under edition {found.from_edition}, and what they found stands. Under edition "
        f"{found.to_edition} it would not be enough: {what} would have to be given anew. Let this cycle end by its own "
        "edition; the team's next one begins on the newer."
    )


_NO_LEAD = (
    "Under the other edition findings are settled by a reviewer in a role that this cycle's review team does not have. "
    "Appoint another of this team to settle first; or let this cycle end by its own edition, and the team's next one "
    "begins on the newer."
)


def _no_check(found: CarryOver, new: Scheme) -> str:
    """Why can a cycle in the check of factual accuracy not go on under an edition without one?"""
    if found.stage is not Stage.FACTUAL_ACCURACY or new.factual_accuracy is not None:
        return ""
    return (
        f"The team is checking the report for factual accuracy, as edition {found.from_edition} says. Edition "
        f"{found.to_edition} has no such check: carry the cycle over once the team has agreed or its time is over."
    )


def _concerned(scheme: Scheme, name: str, because: str) -> Concerned:
    return Concerned(criterion=name, title=scheme.by_id[name].title, because=because)
