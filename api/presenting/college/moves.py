"""What can be done with a cycle, in the words of a college office: by whoever reads it, and by others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accreditation.rules.cycle import Move, Transition
from accreditation.rules.people import Role
from api.words import Words, marked

STEPS: Mapping[Move, tuple[str, str]] = {
    Move.DECIDE: ("/decision", marked("Decide")),
    Move.ANSWER_APPEAL: ("/appeal", marked("Answer the appeal")),
    Move.PUBLISH: ("/publication", marked("Publish the decision")),
    Move.MEET_CONDITION: ("/conditions", marked("Record that a condition is met")),
    Move.STATE_PROFILE: ("/facts", marked("State what only the college states of the service")),
    Move.DATE_VISIT: ("/visit", marked("State the days of the visit")),
    Move.APPOINT_SETTLER: ("/settler", marked("Appoint who settles what the reviewers differ on")),
    Move.TAKE_OFF: ("/departure", marked("Take a reviewer off who cannot come, or does not hand in")),
    Move.SEND_BACK: ("/send-back", marked("Send it back to its team")),
    Move.WITHDRAW: ("/withdrawal", marked("End it without a result")),
}
"""Move -> the end of its page's address, and what it is called; those that one came for first."""

MOVES: Mapping[Move, str] = {
    Move.STATE_PROFILE: marked("state facts about the service"), Move.RATE: marked("answer the questions"),
    Move.ATTACH_EVIDENCE: marked("attach evidence"), Move.WITHDRAW_EVIDENCE: marked("take evidence back"),
    Move.SUBMIT: marked("send it to the college"), Move.CHALLENGE_INDICATOR: marked("challenge a published figure"),
    Move.ANSWER_CHALLENGE: marked("answer a challenge of a figure"), Move.IMPORT_AUDIT: marked("bring in figures"),
    Move.SEND_BACK: marked("send it back to its team"), Move.DECLARE_CONFLICT: marked("declare a conflict of interest"),
    Move.PROPOSE: marked("propose review teams"), Move.LOCK: marked("fix a reviewer in a seat"),
    Move.SWAP: marked("exchange a reviewer"), Move.CONFIRM: marked("confirm a review team"),
    Move.ANSWER: marked("say whether there is a conflict with a reviewer"), Move.ACCEPT: marked("accept the visit"),
    Move.DECLINE: marked("decline the visit"), Move.STEP_DOWN: marked("step down"),
    Move.TAKE_OFF: marked("take a reviewer off the team"), Move.ASSIGN: marked("let the review begin"),
    Move.REVIEW: marked("rate the criteria"), Move.RECORD_FINDING: marked("record findings"),
    Move.ASK_EVIDENCE: marked("ask for more evidence"), Move.ANSWER_REQUEST: marked("answer what reviewers ask for"),
    Move.RAISE_RISK: marked("raise an immediate risk"), Move.HAND_IN: marked("hand in the review"),
    Move.SETTLE: marked("settle what the ratings differ on"), Move.SETTLE_FINDING: marked("settle the findings"),
    Move.APPOINT_SETTLER: marked("appoint who settles"), Move.COMMENT: marked("say what in the report is not accurate"),
    Move.ANSWER_COMMENT: marked("answer what the team says of the report"), Move.AGREE: marked("agree to the report"),
    Move.DECIDE: marked("decide"), Move.PUBLISH: marked("publish the decision"),
    Move.MEET_CONDITION: marked("record that a condition is met"), Move.APPEAL: marked("appeal"),
    Move.ANSWER_APPEAL: marked("answer the appeal"), Move.WITHDRAW: marked("end it without a result"),
    Move.DATE_VISIT: marked("state the days of the visit"), Move.CARRY_OVER: marked("carry it over to another edition"),
    Move.ANSWER_AGAIN: marked("have it answered again under another edition"),
    Move.REVIEW_AGAIN: marked("have it reviewed again under another edition"),
}  # fmt: skip
"""What others can do, as it follows on their name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that whoever reads this can do now, on a page of its own."""

    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Somebody else, and everything that they can do now."""

    who: str
    moves: str


WHO: Mapping[Role, str] = {
    Role.TEAM_LEAD: marked("The team’s lead"), Role.TEAM_MEMBER: marked("Every member of the team"),
    Role.REVIEWER: marked("The reviewers"), Role.OFFICE: marked("The college office"),
    Role.COMMITTEE: marked("The committee"),
}  # fmt: skip


BEFORE_SEATED = frozenset({Move.ACCEPT, Move.DECLINE, Move.DECLARE_CONFLICT})
"""What reviewers can do before any of them sits in the review team."""


def steps(own: Iterable[Move], root: str, words: Words) -> tuple[Step, ...]:
    """What can be done by whoever reads this."""
    held = frozenset(own)
    return tuple(Step(words=words(said), address=f"{root}{end}") for move, (end, said) in STEPS.items() if move in held)


def others(rows: Iterable[Transition], words: Words, *, me: Role, seated: bool) -> tuple[Other, ...]:
    """What can be done by everybody else; a lead does what every member does, too.

    Until somebody of the review team is `seated`, reviewers can only answer whether they come.
    """
    several = tuple(rows)
    found = []
    for role, name in WHO.items():
        moves = [row.move for row in several if role in row.by and (role is not Role.TEAM_LEAD or _alone(row))]
        if role is Role.REVIEWER and not seated:
            moves = [move for move in moves if move in BEFORE_SEATED]
        if moves and role is not me:
            said = "; ".join(dict.fromkeys(words(MOVES[move]) for move in moves if move in MOVES))
            found.append(Other(who=words(name), moves=said))
    return tuple(found)


def _alone(row: Transition) -> bool:
    return Role.TEAM_MEMBER not in row.by
