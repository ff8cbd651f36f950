"""The office answers a team's challenge of a figure: it is upheld, or a newer file has corrected it."""

from datetime import datetime
from typing import Literal

from accreditation.actions.desk import Desk, digest_of, open_cycle
from accreditation.actions.impartial import check_not_of_it
from accreditation.actions.wording import check_reason
from accreditation.database import Database
from accreditation.errors import Contradiction, NotFound
from accreditation.records import challenges, indicators, notices
from accreditation.records.challenges import IndicatorChallenge, IndicatorChallengeAnswer
from accreditation.rules.cycle import Move
from accreditation.rules.indicators.figures import corrects
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import Permission

How = Literal["upheld", "corrected"]


def answer_challenge(
    database: Database, *, principal: Principal, cycle_id: int, challenge: int, how: How, reason: str, at: datetime
) -> None:  # fmt: skip
    """Answer this challenge of this cycle, with a reason that the team and the reviewers read.

    The figure is never changed by this: it is `corrected` only where a newer file has said something else of the same
    period, or reported a later one. The same answer again changes nothing, another one is a Contradiction. Raises
    NotFound, and NotPermitted for whoever is of the service.
    """
    with database.writing() as session:
        desk = open_cycle(
            session, principal=principal, permission=Permission.INDICATOR_ANSWER, cycle_id=cycle_id, at=at
        )
        known = {one.id: (one, answer) for one, answer in challenges.of_cycles(session, [cycle_id])}
        if challenge not in known:
            raise NotFound(f"The cycle has no challenge {challenge}.")
        asked, before = known[challenge]
        if before is not None:
            if (before.how, before.reason) == (how, reason.strip()):
                return
            raise Contradiction(f"The challenge of {asked.criterion} is answered already, by {before.by}; it stands.")
        desk.transition(Move.ANSWER_CHALLENGE)
        check_not_of_it(desk, what="answer its challenge")
        check_reason(reason, rules=desk.scheme.evidence_rules)
        if how == "corrected" and not _is_corrected(desk, asked):
            raise Contradiction(
                f"No newer figure for {asked.criterion} was brought in since: bring the corrected file in first "
                "(accredit audit import), or uphold the figure."
            )
        _keep(desk, asked, how, reason.strip())


def _is_corrected(desk: Desk, asked: IndicatorChallenge) -> bool:
    rows = indicators.of_team(desk.session, desk.scheme.id, desk.now.cycle.team_id)
    figures = [indicators.figure_of(row) for row in rows if row.criterion == asked.criterion]
    challenged = next(one for one in figures if one.id == asked.value_id)
    return any(corrects(one, challenged) for one in figures)


def _keep(desk: Desk, asked: IndicatorChallenge, how: How, reason: str) -> None:
    number = asked.id or 0
    desk.session.add(
        IndicatorChallengeAnswer(challenge_id=number, how=how, reason=reason, by=desk.principal.name, at=desk.at)
    )
    desk.session.flush()
    said = "stands" if how == "upheld" else "was corrected"
    notices.tell(
        desk.session, inbox=notices.inbox(Role.TEAM_LEAD, desk.now.cycle.team_id), kind="challenge_answered",
        cycle_id=desk.cycle_id, about=f"challenge:{number}", at=desk.at,
        words=f"Your challenge of the figure for {asked.criterion} is answered: the figure {said}.",
    )  # fmt: skip
    desk.enter(
        "indicator:answer",
        {"challenge": number, "criterion": asked.criterion, "how": how, "reason_sha256": digest_of(reason)},
    )
