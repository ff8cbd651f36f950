"""What led from one proposal of a round to the next: who is not in a team any more, and how that came."""

from collections.abc import Collection, Mapping

from accreditation.database import Session
from accreditation.records import invitations, reviewers
from accreditation.records.cycles import CycleNow
from accreditation.records.invitations import Ending
from accreditation.records.proposals import Proposal
from accreditation.records.reviewers import Left

HAPPENED: Mapping[str, str] = {
    Ending.SERVICE_CONFLICT: "the service of {team} has a conflict with {who}",
    Ending.DECLINED: "{who} declined {team}",
    Ending.CONFLICT: "{who} has a conflict with {team}",
    Ending.SILENT: "{who} did not answer in time about {team}",
    Ending.TAKEN_OFF: "{who} was taken off {team}",
    Left.STEPPED_DOWN: "{who} left the team of {team}",
}
"""How the end of an invitation or of a seat is said to the office; what the office or its proposal brought about is
not news to it."""


def what_happened(session: Session, before: Proposal, several: Collection[CycleNow]) -> list[str]:
    """Whom did these cycles' teams lose while this proposal stood, and how? By cycle; why is not read here."""
    teams = {now.id: now.team.name for now in several}
    ended = [
        (one.cycle_id, one.reviewer_id, end.how)
        for one, end in invitations.over(session, cycle_ids=teams)
        if end.proposal_id == before.id
    ]
    ended += [
        (one.cycle_id, one.reviewer_id, end.how)
        for one, end in reviewers.left(session, cycle_ids=teams)
        if end.proposal_id == before.id
    ]
    names = {row.id: row.name for row in reviewers.pool(session)} if ended else {}
    return [
        HAPPENED[how].format(who=names[who], team=teams[cycle]) for cycle, who, how in sorted(ended) if how in HAPPENED
    ]
