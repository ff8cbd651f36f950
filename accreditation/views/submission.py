"""Whether a team can submit what its cycle's stage asks for: everything that is left to do, and who submits."""

from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import answers, colleagues, cycles
from accreditation.records.lacking import lacking_now
from accreditation.rules.cycle import TEAMS_TURN, Move, Stage
from accreditation.rules.people import Principal, Role
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.rules.readiness import Kind
from accreditation.scheme.answer import NOT_ANSWERED
from accreditation.views.cycles import row_of
from accreditation.views.looking import Looked, Shown, look


class LackShown(Shown):
    """One thing that is left to do: `about` is a fact, a criterion or a file, by its id, and `name` its words."""

    kind: Kind
    about: str
    name: str
    found: str
    allowed: str
    keeps: bool = Field(description="Whether it keeps the team from submitting.")


class Submitted(Shown):
    """A stage that was submitted since the cycle last went back to its beginning."""

    stage: Stage
    by: str
    at: datetime


class Submission(Shown):
    """What the submission of the stage that the cycle is in needs, as of now."""

    cycle: int
    stage: Stage
    open: bool = Field(description="Whether this is a stage that a team submits.")
    due: datetime | None
    late: bool
    answered: int
    of: int
    lacking: tuple[LackShown, ...]
    may_submit: bool = Field(description="Whether whoever asks is somebody who submits: the team's lead.")
    submitted: tuple[Submitted, ...]
    leads: tuple[str, ...] = Field(description="Who leads the team and submits, by name; told while it can submit.")

    @property
    def ready(self) -> bool:
        """Could the lead submit now?"""
        return self.open and not any(one.keeps for one in self.lacking)


def submission(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> Submission:
    """What is left to do before this cycle's stage can be submitted, and by whom is it? Raises NotFound, NotPermitted.

    It is the list by which a submission is refused, so that nobody is told "ready" and then refused.
    """
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ASSESSMENT_READ, cycle_id=cycle_id)
        now, scheme = looked.now, looked.scheme
        row = row_of(now, scheme, at=at)
        is_open = now.stage in TEAMS_TURN
        found = lacking_now(session, now=now, scheme=scheme, on=at.date()) if is_open else ()
        given = answers.self_ratings(session, [cycle_id])[cycle_id]
        said = [NOT_ANSWERED if one.id not in given else given[one.id].answer() for one in looked.applicable]
        return Submission(
            cycle=cycle_id, stage=now.stage, open=is_open,
            due=row.due, late=row.late,
            answered=sum(one.state != "not_answered" for one in said), of=len(said),
            lacking=tuple(
                LackShown(
                    kind=one.kind, about=one.about, name=one.name, found=one.fault.found, allowed=one.fault.allowed,
                    keeps=one.keeps,
                )
                for one in found
            ),
            may_submit=Permission.ASSESSMENT_SUBMIT in ROLE_TABLE[principal.role], submitted=_submitted(looked),
            leads=_leads(looked) if is_open else (),
        )  # fmt: skip


def _leads(looked: Looked) -> tuple[str, ...]:
    team, organisation = looked.now.cycle.team_id, looked.now.organisation.id or 0
    found = colleagues.of_team(looked.session, team_id=team, organisation_id=organisation, role=Role.TEAM_LEAD)
    return tuple(one.name for one in found)


def _submitted(looked: Looked) -> tuple[Submitted, ...]:
    passed: list[Submitted] = []
    for change in cycles.history(looked.session, looked.cycle_id):
        if change.move in (Move.SEND_BACK, Move.ANSWER_AGAIN):
            passed = []
        if change.move == Move.SUBMIT and change.from_stage is not None:
            passed.append(Submitted(stage=Stage(change.from_stage), by=change.by, at=change.at))
    return tuple(passed)
