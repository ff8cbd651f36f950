"""Every action on North's cycle with arguments that fit, to be done by anybody at any stage."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from accreditation.actions.agree import agree
from accreditation.actions.answer_challenge import answer_challenge
from accreditation.actions.answer_clearance import answer_clearance, explain_evidence
from accreditation.actions.answer_comment import answer_comment
from accreditation.actions.answer_request import answer_request
from accreditation.actions.appoint_settler import appoint_settler
from accreditation.actions.ask_evidence import ask_evidence
from accreditation.actions.assign import assign
from accreditation.actions.attach_from_library import Wanted, attach_from_library, replace_evidence
from accreditation.actions.authenticator import forget_app
from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.challenge_indicator import challenge_indicator
from accreditation.actions.change_reviewer import ReviewerChange, change_reviewer
from accreditation.actions.comment import comment
from accreditation.actions.comment_criterion import comment_criterion
from accreditation.actions.create_token import create_token
from accreditation.actions.date_visit import date_visit
from accreditation.actions.decide import decide
from accreditation.actions.declare_conflict import declare_conflict
from accreditation.actions.delete_evidence import delete_evidence
from accreditation.actions.describe_document import describe_document
from accreditation.actions.end_colleague import end_colleague
from accreditation.actions.enrol import enrol
from accreditation.actions.export_archive import export_archive
from accreditation.actions.give_criterion import give_criterion
from accreditation.actions.grant_role import end_grant, grant_role
from accreditation.actions.hold_evidence import HoldOn, end_hold, set_hold
from accreditation.actions.import_indicators import OfFile, import_indicators
from accreditation.actions.import_reviewers import ReviewerToImport, import_reviewers
from accreditation.actions.import_teams import TeamToImport, import_teams
from accreditation.actions.invite_person import invite_person
from accreditation.actions.leave import send_back, withdraw
from accreditation.actions.map_indicators import map_indicators
from accreditation.actions.merge_organisations import merge_organisations
from accreditation.actions.name_panel import name_panel
from accreditation.actions.open_round import open_round
from accreditation.actions.place_evidence import place_evidence
from accreditation.actions.publish import publish
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.raise_risk import raise_risk
from accreditation.actions.rate import rate
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.register_reviewer import register_reviewer
from accreditation.actions.release_job import release_job
from accreditation.actions.remind import remind
from accreditation.actions.rename import remove_team, rename_organisation, rename_team
from accreditation.actions.review import hand_in, review
from accreditation.actions.settle import settle
from accreditation.actions.settle_finding import settle_finding
from accreditation.actions.state_availability import state_availability
from accreditation.actions.state_profile import state_profile
from accreditation.actions.submit import submit
from accreditation.actions.undo_grant import undo_grant
from accreditation.actions.withdraw_evidence import withdraw_evidence
from accreditation.records import clearances, credentials, indicators, people
from accreditation.records.challenges import IndicatorChallenge
from accreditation.records.credentials import SecondFactor
from accreditation.records.evidence_requests import EvidenceRequest
from accreditation.records.findings import Finding, of_review
from accreditation.records.reviewers import Assignment, sitting
from accreditation.rules.clearance import State, Step, rules_digest
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.findings import Draft, Kind
from accreditation.rules.grants import Grant
from accreditation.rules.indicators.figures import Figure
from accreditation.rules.indicators.mapping import Columns
from accreditation.rules.indicators.periods import Period
from accreditation.rules.indicators.reading import Reported
from accreditation.rules.library import Described
from accreditation.rules.moves import allowed
from accreditation.rules.panels import PanelKind
from accreditation.rules.people import Principal, Role
from accreditation.rules.retention import Cause
from accreditation.rules.reviewer_facts import Availability, Away
from accreditation.scheme.answer import Answer
from accreditation.views.archive import archive_of
from accreditation.wiring import House
from tests.building import followed
from tests.editions import SOFTER
from tests.walking import (
    AT,
    CYCLE,
    LEAD,
    LEADS,
    NORTH,
    OFFICE,
    ROUND,
    SOUTH,
    attach,
    found,
    given,
    keep,
    later,
    scheme,
    stage_of,
    team_of,
)

Do = Callable[[House, Principal], object]

REQUEST, SEAT = "0123456789abcdef", 1
"""A request for more evidence that a team may answer, and the seat of who asked."""

AWAY = Away(first=date(2026, 5, 4), last=date(2026, 5, 5))
"""Days of a visit, or on which a reviewer is away."""

REPORTED = Reported(
    where="audit.csv:2", team="North", organisation="North Trust", ods_code="",
    period=Period(label="2026-01-01", begins=date(2026, 1, 1)), figures={"2.02": Answer(level="A")},
)  # fmt: skip
"""What an audit says of North."""


CLERK = 1
"""The person whom the office let in first, and the number of the role that they were given."""


def let_in(house: House, grant: Grant = Grant(role=Role.OFFICE)) -> None:  # noqa: B008  (it cannot change)
    """The office lets somebody in, who is offered an authenticator app: a clerk, or what is said."""
    invite_person(
        house.database, key=house.key(), principal=OFFICE, name="A clerk", email="clerk@example.org",
        grants=[grant], at=AT,
    )  # fmt: skip
    with house.database.bookkeeping() as session:
        credentials.keep_factor(session, SecondFactor(person_id=CLERK, nonce="n", used_step=0))


def clerk_of_north(house: House) -> Principal:
    """Somebody of the office who is let in to North's team as well, where nobody was let in before."""
    let_in(house, Grant(role=Role.TEAM_MEMBER, team=NORTH))
    return Principal(name=f"A clerk (person {CLERK})", role=Role.OFFICE)


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
    "invite_person": lambda house, by: invite_person(
        house.database,
        key=house.key(),
        principal=by,
        name="A nurse",
        email="nurse@example.org",
        grants=[Grant(role=Role.TEAM_MEMBER, team=NORTH)],
        at=AT,
    ),
    "grant_role": lambda house, by: grant_role(
        house.database, principal=by, person_id=CLERK, grant=Grant(role=Role.COMMITTEE), at=AT
    ),
    "forget_app": lambda house, by: forget_app(
        house.database, principal=by, person_id=CLERK, reason="The telephone is lost.", at=AT
    ),
    "end_colleague": lambda house, by: end_colleague(
        house.database, principal=by, grant_id=CLERK, reason="She left.", at=AT
    ),
    "end_grant": lambda house, by: end_grant(house.database, principal=by, grant_id=CLERK, reason="She left.", at=AT),
    "undo_grant": lambda house, by: undo_grant(
        house.database, principal=by, grant_id=CLERK, reason="Another nurse.", at=AT
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
    "rename_team": lambda house, by: rename_team(
        house.database, principal=by, team_id=NORTH, name="Stroke", service_line="small", reason="A slip.", at=AT
    ),
    "rename_organisation": lambda house, by: rename_organisation(
        house.database, principal=by, organisation_id=1, name="The Trust", reason="A slip.", at=AT
    ),
    "remove_team": lambda house, by: remove_team(
        house.database, principal=by, team_id=3, reason="It was a slip.", at=AT
    ),
    "merge_organisations": lambda house, by: merge_organisations(
        house.database, principal=by, organisation_id=3, into_id=2, reason="The trusts merged.", at=AT
    ),
    "map_indicators": lambda house, by: map_indicators(
        house.database,
        principal=by,
        scheme=scheme(),
        columns=Columns(name="registry", team="Team", period="Period", values={"2.01": "In an hour"}),
        at=AT,
    ),
    "import_indicators": lambda house, by: import_indicators(
        house.database,
        principal=by,
        round_id=ROUND,
        reported=[REPORTED],
        of=OfFile(source="audit", file_name="audit.csv", digest="d"),
        at=AT,
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
    "keep_document": lambda house, by: keep(house, by=by),
    "describe_document": lambda house, by: describe_document(
        house.database,
        principal=by,
        version_id=keep(house).id if by.team == NORTH else 1,
        described=Described(title="Job plan", owner="The matron"),
        seen_version=1,
        at=AT,
    ),
    "delete_evidence": lambda house, by: delete_evidence(
        house.database,
        principal=by,
        version_ids=[keep(house).id if by.role is Role.OFFICE else 1],
        cause=Cause.PATIENT_DATA,
        reason="A patient.",
        at=AT,
    ),
    "set_hold": lambda house, by: set_hold(
        house.database, principal=by, on=HoldOn(team=NORTH), reason="The coroner asked.", at=AT
    ),
    "end_hold": lambda house, by: end_hold(
        house.database, principal=by, hold_id=_held(house, by), reason="It is over.", at=AT
    ),
    "declare_conflict": lambda house, by: declare_conflict(
        house.database,
        principal=by,
        reviewer_id=by.reviewer or team_of(house).get("lead", 1),
        organisation_id=1,
        reason="A friend works there.",
        at=AT,
    ),
    "state_availability": lambda house, by: state_availability(
        house.database, principal=by, availability=Availability(unavailable=(AWAY,), preferences=()), at=AT
    ),
    "assign": lambda house, by: assign(house.database, principal=by, round_id=ROUND, at=AT),
}
"""What is not about one cycle, or about more than one."""


def _export(house: House, by: Principal) -> object:
    """What the archive has is what its taker may see; to others it is what the office's has."""
    whose = by if by.role in (Role.OFFICE, Role.TEAM_LEAD) and by.team in (None, NORTH) else OFFICE
    archive = archive_of(house.database, house.evidence, principal=whose, cycle_id=CYCLE)
    return export_archive(house.database, house.evidence, principal=by, cycle_id=CYCLE, archive=archive, at=AT)


ON_A_CYCLE: Mapping[str, Do] = {
    "state_profile": lambda house, by: state_profile(
        house.database, principal=by, cycle_id=CYCLE, profile={"hasu": True}, at=AT
    ),
    "date_visit": lambda house, by: date_visit(
        house.database, principal=by, cycle_id=CYCLE, first=AWAY.first, last=AWAY.last, at=AT
    ),
    "name_panel": lambda house, by: name_panel(
        house.database, principal=by, cycle_id=CYCLE, kind=PanelKind.QUALITY_ASSURANCE,
        members=[{*LEADS}.difference(team_of(house).values()).pop()], at=AT,
    ),
    "rate": lambda house, by: rate(
        house.database, principal=by, cycle_id=CYCLE,
        given=given({"1.01": Answer(rating="not_met")}, seen=_seen(house)),
        at=AT,
    ),
    "attach_evidence": lambda house, by: attach(house, by=_asked(house, by), content=b"another job plan"),
    "attach_from_library": lambda house, by: attach_from_library(
        house.database, principal=_asked(house, by), cycle_id=CYCLE,
        wanted=[Wanted(version=_other_version(house, by), criteria=["1.01"])], at=AT,
    ),
    "replace_evidence": lambda house, by: replace_evidence(
        house.database, principal=by, cycle_id=CYCLE, evidence_id=_attached(house, by),
        wanted=Wanted(version=_other_version(house, by), criteria=[]), reason="It is newer.", at=AT,
    ),
    "place_evidence": lambda house, by: place_evidence(
        house.database, principal=by, cycle_id=CYCLE, evidence_id=_attached(house, by), criterion="1.01",
        place="p. 3", at=AT,
    ),
    "withdraw_evidence": lambda house, by: withdraw_evidence(
        house.database, principal=by, cycle_id=CYCLE, evidence_id=_attached(house, by), reason="A wrong file.", at=AT
    ),
    "explain_evidence": lambda house, by: explain_evidence(
        house.database, principal=by, cycle_id=CYCLE, evidence_id=1, reason="They are telephone numbers.",
        seen_version=_kept_back(house, State.QUARANTINED, asks=by.team == NORTH), at=AT,
    ),
    "answer_clearance": lambda house, by: answer_clearance(
        house.database, principal=by, cycle_id=CYCLE, evidence_id=1, step=Step.RELEASE, reason="They are.",
        seen_version=_kept_back(house, State.EXPLAINED, asks=by.role is Role.OFFICE), at=AT,
    ),
    "answer_request": lambda house, by: answer_request(
        house.database, principal=_asked(house, by), cycle_id=CYCLE, request=REQUEST, reply="It is attached.", at=AT
    ),
    "comment_criterion": lambda house, by: comment_criterion(
        house.database, principal=by, cycle_id=CYCLE, criterion="1.01", text="Who has the rota?", at=AT
    ),
    "give_criterion": lambda house, by: give_criterion(
        house.database, principal=by, cycle_id=CYCLE, criterion="1.01", grant_id=1, at=AT
    ),
    "challenge_indicator": lambda house, by: challenge_indicator(
        house.database, principal=_reported(house, by), cycle_id=CYCLE, criterion="2.02", note="It is wrong.", at=AT
    ),
    "answer_challenge": lambda house, by: answer_challenge(
        house.database, principal=_challenged(house, by), cycle_id=CYCLE, challenge=1, how="upheld",
        reason="It was checked.", at=AT,
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
    "remind": lambda house, by: remind(
        house.database, principal=_waited_for(house, by), cycle_id=CYCLE, mail=True, at=AT
    ),
    "review": lambda house, by: review(house.database, principal=by, cycle_id=CYCLE, given=found(), at=AT),
    "record_finding": lambda house, by: record_finding(
        house.database, principal=by, cycle_id=CYCLE, key="first",
        found=Found(draft=Draft(kind=Kind.KEY_ACTION, criterion="1.01", text="Name a deputy."), seen_version=0), at=AT,
    ),
    "ask_evidence": lambda house, by: ask_evidence(
        house.database, principal=by, cycle_id=CYCLE, criterion="1.01", question="May we see the rota?", at=AT
    ),
    "raise_risk": lambda house, by: raise_risk(
        house.database, principal=by, cycle_id=CYCLE, criterion=None, text="There is no defibrillator.", at=AT
    ),
    "settle_finding": lambda house, by: settle_finding(
        house.database, principal=by, cycle_id=CYCLE, finding=_found(house, by), how="kept", amended=None,
        reason="All of us saw it.", at=AT,
    ),
    "hand_in": lambda house, by: hand_in(house.database, principal=by, cycle_id=CYCLE, at=AT),
    "settle": lambda house, by: settle(
        house.database, principal=by, cycle_id=CYCLE, criterion="1.01",
        answer=Answer(rating="met", note="The job plan was seen."), at=AT,
    ),
    "appoint_settler": lambda house, by: appoint_settler(
        house.database, principal=by, cycle_id=CYCLE, reviewer_id=team_of(house).get("lay", 3), seen_version=0,
        reason="The lead is ill.", at=AT,
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
    "export_archive": _export,
}  # fmt: skip
"""What is about one cycle."""


def _held(house: House, by: Principal) -> int:
    """A hold that may be ended, set where somebody asks who may."""
    if by.role is not Role.OFFICE:
        return 1
    return set_hold(house.database, principal=by, on=HoldOn(cycle=CYCLE), reason="A complaint.", at=AT)


WAITED_FOR: Mapping[Stage, Role] = {
    Stage.SELF_ASSESSMENT: Role.TEAM_LEAD,
    Stage.EVIDENCE: Role.TEAM_LEAD,
    Stage.REVIEW: Role.REVIEWER,
    Stage.CONSENSUS: Role.REVIEWER,
    Stage.FACTUAL_ACCURACY: Role.TEAM_LEAD,
    Stage.DECISION: Role.COMMITTEE,
}
"""Whose turn it is on the walk, where it is not the engine's or the office's."""


def _waited_for(house: House, by: Principal) -> Principal:
    """Whoever asks; where the office does and it is somebody's turn, one whose turn it is can sign in."""
    role = WAITED_FOR.get(stage_of(house))
    if by.role is Role.OFFICE and role is not None:
        team, seat = (NORTH if role is Role.TEAM_LEAD else None), team_of(house).get("lead")
        grant = Grant(role=role, team=team, reviewer=seat if role is Role.REVIEWER else None)
        with house.database.bookkeeping() as session:
            who = people.begin(session, name="One", email="one@example.org", by="the office", at=AT).person_id
            people.give(session, person_id=who, grant=grant, by="the office", at=AT)
            credentials.set_password(session, person_id=who, hashed="-", at=AT)
    return by


def _kept_back(house: House, state: State, *, asks: bool) -> int:
    """The clearance of North's first file, which stands in this state where somebody asks who may do something."""
    if not asks or stage_of(house) in (Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.WITHDRAWN):
        return 1
    with house.database.bookkeeping() as session:
        rules = rules_digest(scheme().evidence_rules)
        return clearances.append(session, version_id=1, rules=rules, state=state, by="engine", at=AT)


def _attached(house: House, by: Principal) -> int:
    """The id of evidence that the team may take back, which it attaches where it asks in a stage for it."""
    if by.team == NORTH and any(row.move is Move.WITHDRAW_EVIDENCE for row in allowed(stage_of(house))):
        return attach(house, by=_asked(house, by), content=b"to be taken back", at=later(1)).id or 0
    return 1


def _other_version(house: House, by: Principal) -> int:
    """The id of a version in the team's library that is attached to nothing, which the team keeps where it asks."""
    if by.team == NORTH and any(row.move is Move.WITHDRAW_EVIDENCE for row in allowed(stage_of(house))):
        return keep(house, by=by, content=b"kept").id
    return 1


def _asked(house: House, by: Principal) -> Principal:
    """Whoever asks; a reviewer has asked for more on 1.01 before, where a team asks in a stage that takes it."""
    if by.team == NORTH and stage_of(house) in (Stage.ASSIGNMENT, Stage.REVIEW, Stage.CONSENSUS):
        with house.database.bookkeeping() as session:
            if session.get(Assignment, SEAT) is None:
                session.add(Assignment(id=SEAT, cycle_id=CYCLE, reviewer_id=1, role="lead", why="", at=AT))
                session.flush()
            session.add(
                EvidenceRequest(
                    name=REQUEST, cycle_id=CYCLE, assignment_id=SEAT, criterion="1.01", question="May we see the rota?",
                    due_at=later(7), by="reviewer 1", at=AT,
                )
            )  # fmt: skip
    return by


def _reported(house: House, by: Principal) -> Principal:
    """Whoever asks; a figure is reported of North before, where the team asks in a stage in which it may challenge."""
    if by.team == NORTH and any(row.move is Move.CHALLENGE_INDICATOR for row in allowed(stage_of(house))):
        _keep_figure(house)
    return by


def _challenged(house: House, by: Principal) -> Principal:
    """Whoever asks; North has challenged a figure before, where the office asks in a stage in which it may answer."""
    if by.role is Role.OFFICE and any(row.move is Move.ANSWER_CHALLENGE for row in allowed(stage_of(house))):
        _keep_figure(house)
        with house.database.bookkeeping() as session:
            session.add(IndicatorChallenge(cycle_id=CYCLE, criterion="2.02", value_id=1, note="No.", by="lead", at=AT))
    return by


def _keep_figure(house: House) -> None:
    with house.database.bookkeeping() as session:
        figure = Figure(
            team=NORTH, criterion="2.02", period=REPORTED.period, answer=Answer(level="A"), source="audit", number=1,
            file_name="audit.csv",
        )  # fmt: skip
        indicators.keep(session, scheme="small", figures=[figure], file_digest="d", by="the office", at=AT)


def _found(house: House, by: Principal) -> str:
    """The name of a finding that was handed in, where a reviewer asks in the stage in which it is settled."""
    if by.role is Role.REVIEWER and stage_of(house) is Stage.CONSENSUS:
        with house.database.bookkeeping() as session:
            seat = sitting(session, cycle_ids=[CYCLE])[0][0].id or 0
            session.add(
                Finding(
                    assignment_id=seat, key="first", version=1, kind="commendation", criterion=None, text="Kind.",
                    dropped=False, by="reviewer 2", at=AT,
                )
            )  # fmt: skip
            session.flush()
            return of_review(session, CYCLE)[0].name
    return "0123456789ab"


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
