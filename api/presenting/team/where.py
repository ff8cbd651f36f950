"""Where a team is in its cycle: milestones, and the list of what is left to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accreditation.rules.cycle import Move, Stage
from accreditation.rules.scoring import Standing
from accreditation.views.college_cycle import CollegeCycle
from accreditation.views.criteria import AnsweredCriterion
from accreditation.views.looking import VisitShown
from accreditation.views.requests import RequestShown
from accreditation.views.where_we_are import CriterionTask, KeptBack, WhereWeAre
from api.presenting.moments import day_of, time_of
from api.presenting.team.due import STAGES, Row, no_more, row
from api.presenting.team.files import STATES, TO_DO
from api.words import Words, marked

MILESTONES: Sequence[tuple[Stage, ...]] = (
    (Stage.SELF_ASSESSMENT,), (Stage.EVIDENCE,), (Stage.ASSIGNMENT,), (Stage.REVIEW,), (Stage.CONSENSUS,),
    (Stage.FACTUAL_ACCURACY,), (Stage.DECISION, Stage.RECOMMENDATION, Stage.PUBLICATION), (Stage.PUBLISHED,),
)  # fmt: skip
"""The milestones in order: each one or more stages, named after the first of them."""

STANDINGS: Mapping[Standing, tuple[str, str]] = {
    Standing.NOT_ANSWERED: (marked("To do"), "blue"),
    Standing.MET: (marked("Met"), "green"),
    Standing.NOT_MET: (marked("Not met"), "orange"),
    Standing.NOT_APPLICABLE: (marked("Does not apply"), "grey"),
    Standing.TOO_FEW_CASES: (marked("Too few cases"), "grey"),
}
"""How an answer stands: its words and the colour of its tag."""


class Show(StrEnum):
    """Which criteria are listed."""

    ALL = "all"
    LEFT = "left"
    EVIDENCE = "evidence"
    ASKED = "asked"
    MINE = "mine"


SHOWS: Mapping[Show, str] = {
    Show.ALL: marked("All"), Show.LEFT: marked("Not answered"), Show.EVIDENCE: marked("Needs evidence"),
    Show.ASKED: marked("Asked by reviewers"), Show.MINE: marked("Given to me"),
}  # fmt: skip

NOTHING: Mapping[Show, str] = {
    Show.ALL: marked("This scheme asks your service nothing yet. Ask the college office."),
    Show.LEFT: marked("Everything is answered."),
    Show.EVIDENCE: marked("No question needs more evidence for what you have answered so far."),
    Show.ASKED: marked("No request of the reviewers waits for your answer."),
    Show.MINE: marked("Nothing is given to you. Open a question to take it, or to give it to a colleague."),
}
"""What is said where a list is empty."""


NOBODY_YET = frozenset({Stage.SELF_ASSESSMENT, Stage.EVIDENCE})
"""Stages in which nobody is to review the team yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step of the cycle's way: whether it is done, what is said of its days, and whether the cycle is there."""

    name: str
    state: str
    colour: str
    when: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A criterion in the list."""

    name: str
    title: str
    address: str
    state: str
    colour: str
    needs_evidence: bool
    asked: bool
    held_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a reviewer asks for that waits for the team: on which criterion, the question, and where it is answered."""

    words: str
    question: str
    by: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that keeps the team from sending its evidence: what it is called, how it stands, and what to do."""

    title: str
    address: str
    state: str
    colour: str
    to_do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A domain in the list."""

    key: str
    title: str
    counts: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A way to list the criteria."""

    words: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The page. `go_on` is the address of the next criterion to answer; empty where there is none."""

    row: Row
    milestones: tuple[Milestone, ...]
    waits_for: str
    reviewers: str
    asks: bool
    asked: tuple[Request, ...]
    no_more: str
    kept_back: tuple[KeptFile, ...]
    risks: str
    risks_read: bool
    facts_left: str
    states: bool
    counts: str
    groups: tuple[Group, ...]
    choices: tuple[Choice, ...]
    nothing: str
    go_on: str
    begun: bool
    published: bool


def where(one: WhereWeAre, words: Words, *, show: Show, me: int) -> Where:
    """The page of this cycle, as this person reads it."""
    tasks = [task for domain in one.domains for task in domain.criteria]
    left = [task for task in tasks if task.standing is Standing.NOT_ANSWERED]
    mine_first = sorted(left, key=lambda task: task.holder != me)
    groups = tuple(_groups(one, words, show=show, me=me))
    root = f"/team/cycles/{one.id}"
    facts = "" if not one.facts_left or Move.RATE not in one.moves else words.many(
        "%(number)s question about your service is not answered.",
        "%(number)s questions about your service are not answered.", one.facts_left,
    )  # fmt: skip
    return Where(
        row=row(one, words), milestones=tuple(milestones(one, words)), waits_for=one.waits_for or "",
        reviewers=f"{root}/reviewers" if one.stage not in NOBODY_YET else "", asks=Move.ANSWER in one.moves,
        asked=tuple(_request(each, root, words) for each in one.asked),
        no_more=no_more(one.stage, words) if one.asked else "",
        kept_back=tuple(_kept_back(each, root, words) for each in one.kept_back),
        risks=_risks(one, words), risks_read=bool(one.risks), facts_left=facts,
        states=Move.STATE_PROFILE in one.moves,
        counts=_counts(tasks, words), groups=groups, nothing="" if groups else words(NOTHING[show]),
        choices=tuple(
            Choice(words=words(said), address=root if key is Show.ALL else f"{root}?show={key}", here=key is show)
            for key, said in SHOWS.items()
            if key is not Show.ASKED or one.asked or show is key
        ),
        go_on=_address(one.id, mine_first[0].id) if mine_first and Move.RATE in one.moves else "",
        begun=len(left) < len(tasks), published=one.stage is Stage.PUBLISHED,
    )  # fmt: skip


def _request(one: RequestShown, root: str, words: Words) -> Request:
    return Request(
        words=f"{one.criterion} {one.title}".strip(), question=one.question, by=words.day(day_of(one.due_at)),
        address=f"{root}/evidence?criterion={one.criterion}#asked",
    )  # fmt: skip


def _kept_back(one: KeptBack, root: str, words: Words) -> KeptFile:
    state, colour, _ = STATES[one.state]
    to_do = words(TO_DO[one.state]) if one.state in TO_DO else ""
    return KeptFile(
        title=one.title, address=f"{root}/evidence/{one.evidence}", state=words(state), colour=colour, to_do=to_do
    )


def _risks(one: WhereWeAre, words: Words) -> str:
    """What is said of immediate risks that wait for the lead's answer; nothing where none does."""
    waiting = [risk for risk in one.risks if risk.reply is None]
    if not waiting:
        return ""
    times = [risk.reply_by for risk in waiting if risk.reply_by is not None]
    raised = (
        words("The reviewers raised an immediate risk.")
        if len(waiting) == 1
        else words("%(number)s immediate risks wait for your answer.", number=len(waiting))
    )
    if not times:
        return f"{raised} {words('Answer now, in writing.')}"
    when = words("%(time)s on %(day)s", time=time_of(min(times)), day=words.day(day_of(min(times))))
    if len(waiting) == 1:
        return f"{raised} {words('Answer it in writing by %(when)s.', when=when)}"
    return f"{raised} {words('Answer the first in writing by %(when)s.', when=when)}"


def standing_of(one: AnsweredCriterion, words: Words) -> tuple[str, str]:
    """How the answer stands: a word, and the colour of its tag."""
    said, colour = STANDINGS[one.standing]
    return words(said), colour


def milestones(one: WhereWeAre | CollegeCycle, words: Words) -> Iterator[Milestone]:
    """The way of this cycle to its result, as everybody reads it."""
    known = [each for each in MILESTONES if one.checks_accuracy or each != (Stage.FACTUAL_ACCURACY,)]
    at = next((number for number, stages in enumerate(known) if one.stage in stages), None)
    reached = at if at is not None else _last(one, known)
    for number, stages in enumerate(known):
        name = words(STAGES[stages[0]][0])
        left = [change.at for change in one.stages if change.from_stage in stages and change.to_stage not in stages]
        entered = [change.at for change in one.stages if change.to_stage in stages]
        if number == at and one.stage is Stage.PUBLISHED:
            when = words("on %(day)s", day=words.day(day_of(entered[-1])))
            yield Milestone(name=name, state=words("Done"), colour="green", when=when, here=True)
        elif number == at:
            when = _now(one, words, words.day(day_of(entered[-1])), stages)
            yield Milestone(name=name, state=words("Now"), colour="blue", when=when, here=True)
        elif number < reached and left:
            when = words("on %(day)s", day=words.day(day_of(left[-1])))
            yield Milestone(name=name, state=words("Done"), colour="green", when=when, here=False)
        else:
            when = visit_words(one.visit, words) if stages == (Stage.REVIEW,) else ""
            yield Milestone(name=name, state=words("To come"), colour="grey", when=when, here=False)


def _last(one: WhereWeAre | CollegeCycle, known: Sequence[Sequence[Stage]]) -> int:
    """How far did a cycle come that ended on its way?"""
    before = one.stages[-1].from_stage
    return next((number for number, stages in enumerate(known) if before in stages), 0)


def _now(one: WhereWeAre | CollegeCycle, words: Words, since: str, stages: Sequence[Stage]) -> str:
    said = [words("since %(day)s", day=since)]
    if one.due is not None:
        said.append(words("due by %(day)s", day=words.day(day_of(one.due))))
    if stages == (Stage.REVIEW,) and one.visit is not None:
        said.append(visit_words(one.visit, words))
    return ", ".join(said)


def visit_words(visit: VisitShown | None, words: Words) -> str:
    """On which days the visit is; empty until they are stated."""
    if visit is None:
        return ""
    if visit.first == visit.last:
        return words("visit on %(day)s", day=words.day(visit.first))
    return words("visit from %(first)s to %(last)s", first=words.day(visit.first), last=words.day(visit.last))


def _groups(one: WhereWeAre, words: Words, *, show: Show, me: int) -> Iterator[Group]:
    asked = frozenset(each.criterion for each in one.asked)
    for domain in one.domains:
        tasks = tuple(
            _task(one.id, task, words, me=me, asked=task.id in asked)
            for task in domain.criteria
            if _is_shown(task, show, me=me, asked=task.id in asked)
        )
        if tasks:
            yield Group(
                key=f"domain-{domain.domain}", title=domain.title, counts=_counts(domain.criteria, words), tasks=tasks
            )


def _is_shown(task: CriterionTask, show: Show, *, me: int, asked: bool) -> bool:
    return {
        Show.ALL: True, Show.LEFT: task.standing is Standing.NOT_ANSWERED, Show.EVIDENCE: task.needs_evidence,
        Show.ASKED: asked, Show.MINE: task.holder == me,
    }[show]  # fmt: skip


def _task(cycle: int, task: CriterionTask, words: Words, *, me: int, asked: bool) -> Task:
    state, colour = standing_of(task, words)
    held = words("you") if task.holder == me else task.held_by
    return Task(
        name=task.id, title=task.title, address=_address(cycle, task.id), state=state, colour=colour,
        needs_evidence=task.needs_evidence, asked=asked, held_by=words("Given to %(name)s", name=held) if held else "",
    )  # fmt: skip


def _counts(tasks: Sequence[CriterionTask], words: Words) -> str:
    """How many are answered, are left, and need evidence?"""
    left = sum(task.standing is Standing.NOT_ANSWERED for task in tasks)
    lacking = sum(task.needs_evidence for task in tasks)
    said = [words("%(number)s of %(of)s answered", number=len(tasks) - left, of=len(tasks))]
    if left:
        said.append(words("%(number)s left", number=left))
    if lacking:
        said.append(words.many("%(number)s needs evidence", "%(number)s need evidence", lacking))
    return ", ".join(said)


def _address(cycle: int, criterion: str) -> str:
    return f"/team/cycles/{cycle}/criteria/{criterion}"
