"""One cycle in the words of a college office."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from accreditation.rules.cycle import Move, Stage, Transition
from accreditation.rules.people import Role
from accreditation.views.college_cycle import CollegeCycle, Deadline, Due, SeatHeld
from accreditation.views.history import StageEntered
from accreditation.views.reaching import Reached
from accreditation.views.risks import RiskShown
from accreditation.views.unreached import Who
from api.presenting.college.moves import Other, Step, others, steps
from api.presenting.college.no_way_in import Missing, missing
from api.presenting.college.stages import OF_TEAM, STAGES, state_of, turn_of
from api.presenting.college.who import who_did
from api.presenting.moments import day_of, time_of
from api.presenting.team.where import Milestone, milestones
from api.words import Words, marked

KEPT = 90 * 24 * 3600
"""So many seconds Prefect keeps a run that ended."""

DUE: Mapping[Due, tuple[str, str]] = {
    Due.REQUEST: (marked("More evidence on %(about)s, as a reviewer asked"), marked("the team")),
    Due.SEAT: (marked("The answer of %(about)s to the invitation"), marked("the reviewer")),
    Due.SERVICE_ANSWER: (marked("Whether the service has a conflict with %(about)s"), marked("the team’s lead")),
    Due.CONDITION: (marked("A condition of the decision: %(about)s"), marked("the team")),
    Due.APPEAL: (marked("Last day on which the team can appeal"), marked("the team’s lead")),
    Due.AWARD: (marked("The award is valid until then"), ""),
}
"""What is due -> how it is said, and from whom."""

MADE: Mapping[Move, str] = {
    Move.SUBMIT: marked("The team sent it."), Move.SEND_BACK: marked("It was sent back to its team."),
    Move.ASSIGN: marked("A review team was found."), Move.REASSIGN: marked("A reviewer left the review team."),
    Move.CLOSE_REVIEW: marked("Every reviewer handed in."),
    Move.CLOSE_CONSENSUS: marked("Everything was settled."), Move.SEND_REPORT: marked("The report went to the team."),
    Move.AGREE: marked("The team’s lead agreed to the report."),
    Move.CLOSE_ACCURACY: marked("The time for the report was over."),
    Move.RECOMMEND: marked("The rules were worked out."), Move.DECIDE: marked("The committee decided."),
    Move.PUBLISH: marked("The decision was published."), Move.WITHDRAW: marked("It was ended without a result."),
    Move.ANSWER_AGAIN: marked("It went on under another edition, and the team answers more."),
    Move.REVIEW_AGAIN: marked("It went on under another edition, and is reviewed anew."),
}  # fmt: skip
"""What brought a cycle into another stage."""


DONE: Mapping[str, str] = {
    "visit": marked("The days of the visit are kept. Whom they concern reads them on this site: no letter is sent."),
    "settler": marked("Who settles is appointed."), "panel": marked("Who hears the appeal is named."),
    "no-panel": marked("Nobody is named any more to hear an appeal."),
    "reminder": marked("A reminder is on its way to whoever’s turn it is."),
    "condition": marked("The condition is recorded as met."), "facts": marked("The facts are kept."),
    "departure": marked("They are taken off. The engine looks for somebody else."),
    "send-back": marked("It is with its team again."), "withdrawal": marked("The cycle is ended."),
    "publication": marked("The decision is published. Its team and the public read it here: no letter is sent."),
}  # fmt: skip
"""What has just happened -> what is said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """Something that is due: what, from whom, by when."""

    words: str
    whose: str
    by: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A stage that was entered: how, by whom and when, and the reason that was given."""

    stage: str
    words: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """Somebody by name and e-mail address; `letter` begins a letter to them, and `words` says so.

    Where it is their turn it is a reminder, which says since when and until when; else it says what it is about alone.
    """

    name: str
    email: str
    letter: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A reviewer of the review team, how far they are, their page where it is open, and who signs in as them."""

    name: str
    words: str
    address: str
    reached: tuple[Reachable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """An immediate risk and its answer."""

    about: str
    text: str
    who: str
    reply: str
    state: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The page."""

    stage: str
    state: str
    colour: str
    result: str
    turn: str
    missing: tuple[Missing, ...]
    waits_for: str
    milestones: tuple[Milestone, ...]
    waits: tuple[Step, ...]
    steps: tuple[Step, ...]
    others: tuple[Other, ...]
    due: tuple[DueRow, ...]
    seats: tuple[Seat, ...]
    leads: tuple[Reachable, ...]
    answered: str
    to_remind: str
    reminded: tuple[str, ...]
    risks: tuple[Risk, ...]
    history: tuple[Happened, ...]
    appeal: str
    can_export: bool
    published: bool


def college_cycle(one: CollegeCycle, words: Words, *, role: Role, invites: bool, pool: bool, mail: bool) -> Cycle:
    """The page of this cycle, as somebody in this role reads it.

    `invites` where they can let people in, `pool` where they can open the pages of reviewers, `mail` where
    there is a mail server.
    """
    root = f"/college/cycles/{one.id}"
    state, colour = state_of(one, role=role, words=words)
    if one.appeal_open:
        state, colour = words("The team appeals"), "yellow"
    elif one.conditions_open and one.stage is Stage.PUBLISHED:
        state, colour = words("To put right"), "yellow"
    empty = {Move.STATE_PROFILE: not one.office_states, Move.TAKE_OFF: not one.seats}
    moves = {move for move in one.own if not empty.get(move)}
    return Cycle(
        stage=words(STAGES[one.stage][0]), state=state, colour=colour, result=one.result,
        turn=_turn(one, words), missing=missing(one.no_way_in, words, invites=invites),
        waits_for=one.waits_for or "", milestones=tuple(milestones(one, words)),
        waits=tuple(_waits(one, root, words, role)), steps=steps(moves, root, words),
        others=others(_possible(one), words, me=role, seated=bool(one.seats)),
        due=tuple(_due(each, words) for each in one.deadlines),
        seats=tuple(
            Seat(
                name=words("%(name)s, %(title)s", name=each.name, title=each.title),
                words=_done(each, one.criteria, words),
                address=f"/college/reviewers/{each.reviewer}" if pool else "",
                reached=_reachable(each.reached, one, words, waited=_is_waited_for(each, one.stage)),
            )
            for each in one.seats
        ),
        leads=_reachable(one.leads, one, words, waited=one.stage in OF_TEAM),
        to_remind=", ".join(one.to_remind) if mail else "",
        reminded=tuple(
            words("%(name)s was reminded on %(when)s.", name=each.name, when=moment(each.at, words))
            for each in one.reminded
        ),
        answered=words(
            "The team has answered %(number)s of %(of)s questions so far.", number=one.answered, of=one.criteria
        )
        if one.answered is not None
        else "", risks=risks_told(one.risks, words),
        history=tuple(_happened(each, words) for each in reversed(one.stages)),
        appeal=one.appeal_reason, can_export=role is Role.OFFICE, published=one.stage is Stage.PUBLISHED,
    )  # fmt: skip


def _possible(one: CollegeCycle) -> Iterator[Transition]:
    """What others can do now: of the committee nobody decides where nobody may."""
    nobody = any(each.who is Who.HINDERED for each in one.no_way_in)
    return (row for row in one.others if not (nobody and row.move in (Move.DECIDE, Move.ANSWER_APPEAL)))


def _reachable(
    several: Sequence[Reached], one: CollegeCycle, words: Words, *, waited: bool
) -> tuple[Reachable, ...]:  # fmt: skip
    """Each of them, with a letter that the office's own mail program begins: what is `waited` for, until when."""
    subject = words(
        "%(scheme)s, %(round)s: %(team)s", scheme=one.scheme_title, round=one.round_name, team=one.team.name
    )
    body = {"body": _turn(one, words)} if waited else {}
    asked = urlencode({"subject": subject, **body}, quote_via=quote)
    return tuple(
        Reachable(
            name=who.name, email=who.email, letter=f"mailto:{quote(who.email, safe='@')}?{asked}",
            words=words("Write a reminder to %(email)s", email=who.email) if waited
            else words("Write to %(email)s", email=who.email),
        )
        for who in several
    )  # fmt: skip


def _is_waited_for(one: SeatHeld, stage: Stage) -> bool:
    """Do others wait for this reviewer now, to hand in or to settle?"""
    return stage is Stage.CONSENSUS or (stage is Stage.REVIEW and one.handed_in_at is None)


def _done(one: SeatHeld, of: int, words: Words) -> str:
    """How far this reviewer is."""
    if one.handed_in_at:
        return words("Handed in on %(day)s", day=words.day(day_of(one.handed_in_at)))
    if one.rated is None:
        return words("Has not handed in")
    return words("Has not handed in; %(number)s of %(of)s criteria rated", number=one.rated, of=of)


def _turn(one: CollegeCycle, words: Words) -> str:
    """Whose turn it is, since when and by when, in a sentence."""
    whose, since = turn_of(one, words)
    if not whose:
        return ""
    values = {"whose": whose, "since": words.day(day_of(since))}
    if one.due is None:
        return words("It is the turn of %(whose)s, since %(since)s. No day is set for it.", **values)
    by = words.day(day_of(one.due))
    if one.late:
        return words("It is the turn of %(whose)s, since %(since)s. It was due by %(by)s.", by=by, **values)
    return words("It is the turn of %(whose)s, since %(since)s, and due by %(by)s.", by=by, **values)


def _waits(one: CollegeCycle, root: str, words: Words, role: Role) -> Iterator[Step]:
    """What waits in this cycle for whoever reads it, besides what its stage is for."""
    if one.files_explained and role is Role.OFFICE:
        said = words.many(
            "%(number)s file was explained by the team: release it, or keep it back",
            "%(number)s files were explained by the team: release them, or keep them back", one.files_explained,
        )  # fmt: skip
        yield Step(words=said, address=f"/college/files?cycle={one.id}")
    if one.held_jobs:
        said = words.many(
            "%(number)s job of the engine failed and is held: let it be tried again",
            "%(number)s jobs of the engine failed and are held: let them be tried again", one.held_jobs,
        )  # fmt: skip
        yield Step(words=said, address="/college/jobs")
    if {Move.PROPOSE, Move.CONFIRM} & one.own and role is Role.OFFICE:
        said = words("Look who is proposed to review it, and confirm them")
        if one.answers is not None:
            said = words("See who is asked to review it, and who has answered")
        yield Step(words=said, address=f"/college/rounds/{one.round}/proposals")
    if one.stage is Stage.DECISION:
        yield Step(words=words("Read what the rules recommend, in the committee’s pack"), address=f"{root}/pack")
    if one.appeal_open and role is Role.OFFICE:
        yield Step(words=words("The team appeals: name who hears the appeal"), address=f"{root}/panel")


def _due(one: Deadline, words: Words) -> DueRow:
    said, whose = DUE[one.what]
    about = one.about or words("the service as a whole")
    day = day_of(one.by) if isinstance(one.by, datetime) else one.by
    return DueRow(
        words=words(said, about=about), whose=words(whose) if whose else "", by=words.day(day), late=one.late
    )  # fmt: skip


def risks_told(risks: Sequence[RiskShown], words: Words) -> tuple[Risk, ...]:
    """Immediate risks with their answers."""
    return tuple(_risk(one, words) for one in risks)


def _risk(one: RiskShown, words: Words) -> Risk:
    state, colour = (words("Late"), "red") if one.late else (words("Waits for an answer"), "orange")
    who = words("Raised by %(name)s on %(day)s", name=one.raised_by or "", day=words.day(day_of(one.raised_at)))
    if one.reply_by is not None and one.reply is None:
        who = words("%(raised)s; to be answered by %(day)s", raised=who, day=moment(one.reply_by, words))
    if one.reply is not None:
        state, colour = words("Answered"), "green"
    return Risk(
        about=one.criterion or words("The service as a whole"), text=one.text, who=who, reply=one.reply or "",
        state=state, colour=colour,
    )  # fmt: skip


def moment(at: datetime, words: Words) -> str:
    """A moment as a day and a time of the clock."""
    return words("%(day)s at %(time)s", day=words.day(day_of(at)), time=time_of(at))


def _happened(one: StageEntered, words: Words) -> Happened:
    made = MADE.get(Move(one.move)) if one.move in set(Move) else None
    return Happened(
        stage=words(STAGES[one.to_stage][0]), words=words(made) if made else words("The cycle began."),
        who=words("%(moment)s, by %(name)s", moment=moment(one.at, words), name=who_did(one.by, words)),
        reason=one.reason,
    )  # fmt: skip


def runs_address(page: str, *, about: str, number: int) -> str:
    """Where Prefect's page lists the engine's runs about this cycle or this round."""
    asked = {"tag": f"{about}:{number}", "type": "span", "seconds": str(-KEPT)}
    return f"{page}/runs?{urlencode(asked)}"
