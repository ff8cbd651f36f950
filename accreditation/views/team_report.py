"""The report as its team checks it: in words, by domain, with what can be said of it now and by whom."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import cycles
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.rules.words import answer_words
from accreditation.views.accuracy import Report, report_of
from accreditation.views.looking import Shown, look
from accreditation.views.open_moves import open_moves


class TeamReport(Shown):
    """The report, and what a team needs to check it."""

    report: Report
    domains: Mapping[str, str] = Field(description="Domain -> its title, in the standard's order.")
    rated: Mapping[str, str] = Field(description="Criterion -> what the reviewers found, in words.")
    before: Mapping[str, tuple[str, ...]] = Field(description="Criterion -> what stood before it was amended.")
    may_comment: bool
    open: bool = Field(description="Whether the check goes on.")
    agreed_at: datetime | None = Field(description="When the team's lead agreed to it; null where nobody did.")
    agrees: bool = Field(description="Whether whoever asks is somebody who agrees: the team's lead.")


def team_report(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> TeamReport:
    """What does the report say, and what can the team say of it? NotFound until it is sent to the team."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ACCURACY_READ, cycle_id=cycle_id)
        found, scheme = report_of(looked), looked.scheme
        entered = cycles.history(session, cycle_id)
        moves = {one.move for one in open_moves(looked, at=at)}
    return TeamReport(
        report=found, domains={domain.id: domain.title for domain in scheme.domains},
        rated={
            one.id: answer_words(one.finding.answer, criterion=scheme.by_id[one.id], scheme=scheme)
            for one in found.criteria
            if one.finding is not None
        },
        before={
            one.id: tuple(answer_words(was.answer, criterion=scheme.by_id[one.id], scheme=scheme) for was in one.before)
            for one in found.criteria
        },
        may_comment=Move.COMMENT in moves, open=found.stage is Stage.FACTUAL_ACCURACY,
        agreed_at=next((row.at for row in reversed(entered) if row.move == Move.AGREE.value), None),
        agrees=Permission.ACCURACY_AGREE in ROLE_TABLE[principal.role],
    )  # fmt: skip
