"""The team answers a reviewer's request for more evidence in writing, which closes it."""

from datetime import datetime

from accreditation.actions.desk import Desk, digest_of, open_cycle
from accreditation.actions.reviewing import tell_seat
from accreditation.actions.wording import check_words
from accreditation.database import Database
from accreditation.errors import Contradiction, MoveNotAllowed, NotFound
from accreditation.records import evidence_requests
from accreditation.records.evidence_requests import EvidenceRequest, EvidenceRequestAnswer
from accreditation.rules.afterwards import day_words
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.moves import allowed
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission

WHERE_ASKED = frozenset({Stage.ASSIGNMENT, Stage.REVIEW, Stage.CONSENSUS})
"""Stages in which a team gives what it was asked for, and nothing else."""


def answer_request(
    database: Database, *, principal: Principal, cycle_id: int, request: str, reply: str, at: datetime
) -> None:
    """Answer this request in writing; evidence is attached before. The last moment is in time.

    The same answer again changes nothing, another one is a Contradiction. Raises MoveNotAllowed once its time is over.
    """
    with database.writing() as session:
        desk = open_cycle(session, principal=principal, permission=Permission.EVIDENCE_ATTACH, cycle_id=cycle_id, at=at)
        known = {asked.name: (asked, ended) for asked, ended in evidence_requests.of_cycle(session, cycle_id)}
        if request not in known:
            raise NotFound(f"The cycle has no request {request}.")
        asked, ended = known[request]
        if ended is not None and ended.how == "answered":
            if ended.reply == reply.strip():
                return
            raise Contradiction(f"The request on {asked.criterion} is answered already, by {ended.by}; it stands.")
        desk.transition(Move.ANSWER_REQUEST)
        if ended is not None or at > asked.due_at:
            raise _over(desk, asked)
        check_words(
            "reply", reply, say="answer in a sentence; evidence is attached besides", rules=desk.scheme.evidence_rules
        )
        answer = EvidenceRequestAnswer(request=request, how="answered", reply=reply.strip(), by=principal.name, at=at)
        session.add(answer)
        session.flush()
        tell_asker(
            desk, asked, kind="evidence_answered", words=f"The team answered what you asked on {asked.criterion}."
        )
        detail = {"request": request, "criterion": asked.criterion, "reply_sha256": digest_of(answer.reply)}
        desk.enter("evidence:answer", detail)


def tell_asker(desk: Desk, asked: EvidenceRequest, *, kind: str, words: str) -> None:
    """Tell the reviewer who asked, and no other one; nobody where they have left the review team."""
    tell_seat(desk, asked.assignment_id, kind=kind, about=f"request:{asked.name}", words=words)


def check_asked(desk: Desk, criteria: tuple[str, ...]) -> None:
    """May evidence for these criteria be attached once the team has submitted? Raises MoveNotAllowed where not.

    Then only what a reviewer asked for is open: that criterion, until the time is over.
    """
    if desk.now.stage not in WHERE_ASKED:
        return
    asked = {one.criterion for one in evidence_requests.open_at(desk.session, desk.cycle_id, desk.at)}
    if criteria and set(criteria) <= asked:
        return
    named = f"only: {', '.join(sorted(asked))}" if asked else "none now"
    options = [one for one in allowed(desk.now.stage) if asked or one.move is not Move.ATTACH_EVIDENCE]
    raise MoveNotAllowed(
        "The evidence is submitted. More is attached only to a criterion for which a reviewer asked for more, while "
        f"there is time to answer: {named}.",
        stage=desk.now.stage.value,
        allowed=[str(one) for one in options],
    )


def _over(desk: Desk, asked: EvidenceRequest) -> MoveNotAllowed:
    until = f"{day_words(asked.due_at.date())}, {asked.due_at:%H:%M} UTC"
    return MoveNotAllowed(
        f"The request on {asked.criterion} could be answered until {until}. Tell the college office what you would "
        "have answered.",
        stage=desk.now.stage.value,
        allowed=[str(one) for one in allowed(desk.now.stage) if one.move is not Move.ANSWER_REQUEST],
    )
