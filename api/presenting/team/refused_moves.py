"""What cannot be done now, in the words of those who meet it: what it is, where the cycle is, and who can help."""

from collections.abc import Mapping

from accreditation.errors import MoveNotAllowed, NotPermitted, Refused, Stale
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Role
from api.presenting.team.due import STAGES
from api.words import Words, marked

OFFICE = marked("Ask the college office if you think that is wrong.")
LEAD = marked("Your team’s lead and the college office can help.")
REVIEWERS = marked("The college office can tell you who settles, and help.")
LATER = marked("If something must still be changed, ask the college office.")

MOVES: Mapping[Move, tuple[str, str]] = {
    Move.STATE_PROFILE: (
        marked("The facts about the service cannot be changed now: what was asked follows from them."), OFFICE,
    ),
    Move.DATE_VISIT: (marked("The days of the visit cannot be set now."), OFFICE),
    Move.IMPORT_AUDIT: (marked("Figures of an audit cannot be taken in now."), OFFICE),
    Move.CHALLENGE_INDICATOR: (marked("A figure that is reported of a team cannot be objected to now."), OFFICE),
    Move.ANSWER_CHALLENGE: (marked("This objection to a figure cannot be answered now."), OFFICE),
    Move.RATE: (
        marked("The answers are sent, and cannot be changed now."),
        marked("If something is wrong, tell the college office: it can send them back before the review."),
    ),
    Move.ATTACH_EVIDENCE: (
        marked("Files cannot be added now: they are sent, or it is not yet time for them."),
        marked("A reviewer can ask for more; else ask the college office."),
    ),
    Move.WITHDRAW_EVIDENCE: (marked("Files cannot be taken back now: reviewers judge what was sent."), LATER),
    Move.SUBMIT: (marked("There is nothing to send now: it is sent already."), LEAD),
    Move.SEND_BACK: (marked("The cycle cannot be sent back to its team now."), OFFICE),
    Move.DECLARE_CONFLICT: (
        marked("A conflict of interest cannot be declared here now."),
        marked("Tell the college office of it: it decides what becomes of the review."),
    ),
    Move.PROPOSE: (marked("Reviewers cannot be proposed now."), OFFICE),
    Move.LOCK: (marked("A reviewer cannot be held in this team now."), OFFICE),
    Move.SWAP: (marked("Reviewers cannot be exchanged now."), OFFICE),
    Move.CONFIRM: (marked("The review team cannot be confirmed now."), OFFICE),
    Move.ANSWER: (marked("Nothing can be said about the reviewers now."), OFFICE),
    Move.ACCEPT: (marked("This visit cannot be taken on now."), OFFICE),
    Move.DECLINE: (marked("This visit cannot be declined now."), OFFICE),
    Move.STEP_DOWN: (
        marked("You cannot leave this visit now: its review is over."),
        marked("Tell the college office if your review must not count."),
    ),
    Move.TAKE_OFF: (marked("Nobody can be taken off this visit now: its review is over."), OFFICE),
    Move.ASSIGN: (marked("Reviewers cannot be seated now."), OFFICE),
    Move.REVIEW: (marked("Ratings cannot be given or changed now: the review is not open."), OFFICE),
    Move.RECORD_FINDING: (marked("Findings cannot be written or changed now: the review is not open."), OFFICE),
    Move.ASK_EVIDENCE: (marked("The team cannot be asked for more now: the review is not open."), OFFICE),
    Move.ANSWER_REQUEST: (marked("This request of the reviewers cannot be answered now."), LATER),
    Move.RAISE_RISK: (
        marked("An immediate risk cannot be raised on these pages now."),
        marked("Tell the college office and the people in charge of the service at once, by telephone."),
    ),
    Move.HAND_IN: (marked("A review cannot be handed in now: the review is not open."), OFFICE),
    Move.SETTLE: (marked("Ratings cannot be settled now."), REVIEWERS),
    Move.SETTLE_FINDING: (marked("Findings cannot be settled now."), REVIEWERS),
    Move.APPOINT_SETTLER: (marked("Nobody can be appointed to settle now."), OFFICE),
    Move.COMMENT: (marked("Nothing can be said about the report now: its facts are not being checked."), LEAD),
    Move.ANSWER_COMMENT: (
        marked("What the team says of the report cannot be answered now: its facts are not being checked."), REVIEWERS,
    ),
    Move.AGREE: (marked("There is no report to agree to now."), LEAD),
    Move.DECIDE: (marked("The committee cannot decide now."), OFFICE),
    Move.PUBLISH: (marked("There is no decision to publish now."), OFFICE),
    Move.MEET_CONDITION: (marked("Nothing can be noted as put right now."), OFFICE),
    Move.APPEAL: (marked("An appeal is possible only against a result that is published."), LEAD),
    Move.ANSWER_APPEAL: (marked("There is no appeal to answer now."), OFFICE),
    Move.WITHDRAW: (marked("The cycle cannot be withdrawn any more."), OFFICE),
    Move.CARRY_OVER: (marked("The cycle cannot be carried over to another edition now."), OFFICE),
    Move.ANSWER_AGAIN: (marked("The cycle cannot go back to its team for another edition now."), OFFICE),
    Move.REVIEW_AGAIN: (marked("The cycle cannot be reviewed again for another edition now."), OFFICE),
}  # fmt: skip
"""Every move that a person can be refused -> what cannot be done, and who can help."""

TITLES: Mapping[type[Refused], str] = {
    MoveNotAllowed: marked("This cannot be done now"),
    NotPermitted: marked("This is not for you to do"),
    Stale: marked("Somebody else saved meanwhile"),
}
"""What a page is called that says no, where programs are told it in other words."""

ANEW = marked("You signed in again since this page was opened")
"""What the page is called that refuses a form from before somebody signed in."""


def plain_words(refusal: Exception, words: Words) -> str:
    """Why is it refused? In words for people; what the engine says in such words already, it says itself."""
    if isinstance(refusal, MoveNotAllowed) and refusal.move in MOVES:
        what, who = MOVES[Move(refusal.move)]
        stage = words("The cycle is at the stage “%(stage)s”.", stage=words(STAGES[Stage(refusal.stage)][0]))
        return " ".join((words(what), stage, words(who)))
    if isinstance(refusal, NotPermitted) and refusal.holders:
        people = [one for one in refusal.holders if one != Role.ENGINE.words]  # whom nobody can ask
        who = words(" or ").join(people or refusal.holders)
        if Role.OFFICE.words in refusal.holders:
            return words("This is for %(who)s. If it must be done, ask them.", who=who)
        return words("This is for %(who)s. If it must be done, ask them or the college office.", who=who)
    return str(refusal)
