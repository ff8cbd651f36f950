"""Every action on North's cycle with arguments that fit, to be done by anybody at any stage."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from accreditation.actions.agree import agree
from accreditation.actions.answer_comment import answer_comment
from accreditation.actions.assign import assign
from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.actions.comment import comment
from accreditation.actions.create_token import create_token
from accreditation.actions.decide import decide
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.enrol import enrol
from accreditation.actions.import_audit import import_audit
from accreditation.actions.import_reviewers import ReviewerToImport, import_reviewers
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.leave import send_back, withdraw
from accreditation.actions.merge_organisations import merge_organisations
from accreditation.actions.open_round import open_round
from accreditation.actions.publish import publish
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.rate import rate
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.release_job import release_job
from accreditation.actions.review import hand_in, review
from accreditation.actions.settle import settle
from accreditation.actions.state_profile import state_profile
from accreditation.actions.submit import submit
from accreditation.rules.cycle import Move, Stage, allowed
from accreditation.rules.people import Principal, Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.building import followed
from tests.editions import SOFTER
from tests.walking import AT, CYCLE, LEAD, NORTH, ROUND, SOUTH, attach, found, given, scheme, stage_of, team_of

Do = Callable[[House, Principal], object]

ON_THE_COLLEGE: Mapping[str, Do] = {
    "publish_edition": lambda house, by: publish_edition(
        house.database, principal=by, scheme=scheme(**{'"2026.1"': '"2026.2"'}), at=AT
    ),
    "import_teams": lambda house, by: import_teams(
        house.database,
        principal=by,
        rows=[TeamToImport(organisation="New Trust", team="New", service_line="small")],
        at=AT,
    ),
    "open_round": lambda house, by: open_round(
        house.database, principal=by, digest=scheme().digest, name="autumn", at=AT
    ),
    "enrol": lambda house, by: enrol(
        house.database, principal=by, team_id=SOUTH, round_id=ROUND, profile={"hasu": True}, at=AT
    ),
    "register_reviewer": lambda house, by: register_reviewer(
        house.database, principal=by, name="New", roles=["lay"], organisation_id=None, capacity=1, at=AT
    ),
    "change_reviewer": lambda house, by: change_reviewer(
        house.database, principal=by, reviewer_id=1, change=ReviewerChange(capacity=5), at=AT
    ),
    "import_reviewers": lambda house, by: import_reviewers(
        house.database,
        principal=by,
        rows=[ReviewerToImport(where="reviewers.csv:2", name="New", roles=("lay",), capacity=1)],
        register_employers=False,
        at=AT,
    ),
    "merge_organisations": lambda house, by: merge_organisations(
        house.database, principal=by, organisation_id=3, into_id=2, reason="The trusts merged.", at=AT
    ),
    "create_token": lambda house, by: create_token(
        house.database,
        principal=by,
        name="North's lead",
        role=by.role.TEAM_LEAD,
        team_id=NORTH,
        reviewer_id=None,
        valid_for=timedelta(days=1),
        at=AT,
    ),
    "release_job": lambda house, by: release_job(house.database, principal=by, job_id=1, at=AT),
    "declare_conflict": lambda house, by: declare_conflict(
        house.database,
        principal=by,
        reviewer_id=by.reviewer or team_of(house).get("lead", 1),
        organisation_id=1,
        reason="A friend works there.",
        at=AT,
    ),
    "assign": lambda house, by: assign(house.database, principal=by, round_id=ROUND, at=AT),
}
"""What is not about one cycle, or about more than one."""

ON_A_CYCLE: Mapping[str, Do] = {
    "state_profile": lambda house, by: state_profile(
        house.database, principal=by, cycle_id=CYCLE, profile={"hasu": True}, at=AT
    ),
    "rate": lambda house, by: rate(
        house.database, principal=by, cycle_id=CYCLE,
        given=given({"1.01": Answer(rating="not_met")}, seen=_seen(house)),
        at=AT,
    ),
    "attach_evidence": lambda house, by: attach(house, by=by, content=b"another job plan"),
    "import_audit": lambda house, by: import_audit(
        house.database, principal=by, cycle_id=CYCLE, published={"2.02": Answer(level="A")}, source="audit 2026",
        at=AT,
    ),
    "submit": lambda house, by: submit(
        house.database, principal=by, cycle_id=CYCLE, stage=stage_of(house), at=AT
    ),
    "send_back": lambda house, by: send_back(
        house.database, principal=by, cycle_id=CYCLE, reason="A file is missing.", at=AT
    ),
    "withdraw": lambda house, by: withdraw(
        house.database, principal=by, cycle_id=CYCLE, reason="The ward closes.", at=AT
    ),
    "review": lambda house, by: review(house.database, principal=by, cycle_id=CYCLE, given=found(), at=AT),
    "hand_in": lambda house, by: hand_in(house.database, principal=by, cycle_id=CYCLE, at=AT),
    "settle": lambda house, by: settle(
        house.database, principal=by, cycle_id=CYCLE, criterion="1.01",
        answer=Answer(rating="met", note="The job plan was seen."), at=AT,
    ),
    "comment": lambda house, by: comment(
        house.database, principal=by, cycle_id=CYCLE, criterion="1.01", reason="The plan names her.", at=AT
    ),
    "answer_comment": lambda house, by: answer_comment(
        house.database, principal=by, cycle_id=CYCLE, comment_id=_said(house, by), amended=None, reason="It does not.",
        at=AT,
    ),
    "agree": lambda house, by: agree(house.database, principal=by, cycle_id=CYCLE, at=AT),
    "decide": lambda house, by: decide(
        house.database, principal=by, cycle_id=CYCLE, outcome="accredited", reason="", at=AT
    ),
    "carry_over": lambda house, by: carry_over_cycle(
        house.database, principal=by, cycle_id=CYCLE, digest=_next(house, by), at=AT
    ),
    "publish": lambda house, by: publish(house.database, principal=by, cycle_id=CYCLE, at=AT),
}  # fmt: skip
"""What is about one cycle."""


def _next(house: House, by: Principal) -> str:
    """The digest of the next edition, published where the office asks in a stage that lets it carry a cycle over."""
    stage = stage_of(house)
    edition = followed(**{'"2026.1"': '"2026.2"'}) if stage is Stage.FACTUAL_ACCURACY else SOFTER
    if by.role is Role.OFFICE and any(row.move is Move.CARRY_OVER for row in allowed(stage)):
        publish_edition(house.database, principal=by, scheme=edition, at=AT)
    return edition.digest


def _said(house: House, by: Principal) -> int:
    """The id of the team's comment, which it makes where a reviewer asks in the stage for it."""
    if by.role is Role.REVIEWER and stage_of(house) is Stage.FACTUAL_ACCURACY:
        return comment(house.database, principal=LEAD, cycle_id=CYCLE, criterion="1.01", reason="She is.", at=AT)
    return 1


def _seen(house: House) -> int:
    """The version that somebody sees who looks now: the walk answers once, on its way to the second stage."""
    return 0 if stage_of(house) in ("self_assessment", "withdrawn") else 1
