"""What each role may do: a `resource:action` vocabulary and one table. Every refusal carries its reason."""

from collections.abc import Mapping
from enum import StrEnum

from accreditation.errors import NotFound, NotPermitted
from accreditation.rules.people import CycleStanding, Principal, Role, belongs


class Permission(StrEnum):
    """The vocabulary. Every route and every action names one of these."""

    SCHEME_READ = "scheme:read"
    SCHEME_PUBLISH = "scheme:publish"
    REGISTER_READ = "register:read"
    TEAM_READ = "team:read"
    TEAM_IMPORT = "team:import"
    ORGANISATION_MERGE = "organisation:merge"
    ROUND_OPEN = "round:open"
    ROUND_READ = "round:read"
    CYCLE_ENROL = "cycle:enrol"
    CYCLE_READ = "cycle:read"
    CYCLE_PROFILE = "cycle:profile"
    CYCLE_SEND_BACK = "cycle:send_back"
    CYCLE_REMIND = "cycle:remind"
    CYCLE_WITHDRAW = "cycle:withdraw"
    CYCLE_CARRY_OVER = "cycle:carry_over"
    ASSESSMENT_READ = "assessment:read"
    ASSESSMENT_RATE = "assessment:rate"
    ASSESSMENT_SUBMIT = "assessment:submit"
    ASSESSMENT_SHARE = "assessment:share"
    INDICATOR_IMPORT = "indicator:import"
    INDICATOR_CHALLENGE = "indicator:challenge"
    INDICATOR_ANSWER = "indicator:answer"
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_ATTACH = "evidence:attach"
    EVIDENCE_WITHDRAW = "evidence:withdraw"
    EVIDENCE_EXPLAIN = "evidence:explain"
    EVIDENCE_RELEASE = "evidence:release"
    EVIDENCE_HOLD = "evidence:hold"
    EVIDENCE_DELETE = "evidence:delete"
    LIBRARY_READ = "library:read"
    LIBRARY_KEEP = "library:keep"
    BURDEN_OWN = "burden:own"
    BURDEN_READ = "burden:read"
    REVIEWER_READ = "reviewer:read"
    REVIEWER_REGISTER = "reviewer:register"
    AVAILABILITY_STATE = "availability:state"
    CONFLICT_DECLARE = "conflict:declare"
    VISIT_DATE = "visit:date"
    PANEL_READ = "panel:read"
    PANEL_NAME = "panel:name"
    REVIEW_ASSIGN = "review:assign"
    REVIEW_APPOINT = "review:appoint"
    PROPOSAL_READ = "proposal:read"
    PROPOSAL_ANSWER = "proposal:answer"
    INVITATION_READ = "invitation:read"
    INVITATION_ANSWER = "invitation:answer"
    REVIEW_READ = "review:read"
    REVIEW_RATE = "review:rate"
    REVIEW_HAND_IN = "review:hand_in"
    REVIEW_SETTLE = "review:settle"
    REVIEW_LEAVE = "review:leave"
    EVIDENCE_REQUEST = "evidence:request"
    FINDING_RECORD = "finding:record"
    FINDING_READ = "finding:read"
    FINDING_SETTLE = "finding:settle"
    RISK_RAISE = "risk:raise"
    RISK_READ = "risk:read"
    RISK_ANSWER = "risk:answer"
    NOTICE_READ = "notice:read"
    ACCURACY_READ = "accuracy:read"
    ACCURACY_COMMENT = "accuracy:comment"
    ACCURACY_ANSWER = "accuracy:answer"
    ACCURACY_AGREE = "accuracy:agree"
    ACCURACY_CLOSE = "accuracy:close"
    AGREEMENT_READ = "agreement:read"
    AGREEMENT_OWN = "agreement:own"
    CALIBRATION_READ = "calibration:read"
    CALIBRATION_MAKE = "calibration:make"
    CALIBRATION_TAKE = "calibration:take"
    AWARD_RECOMMEND = "award:recommend"
    AWARD_READ = "award:read"
    AWARD_DECIDE = "award:decide"
    AWARD_PUBLISH = "award:publish"
    AWARD_LAPSE = "award:lapse"
    CONDITION_MEET = "condition:meet"
    APPEAL_LODGE = "appeal:lodge"
    APPEAL_ANSWER = "appeal:answer"
    ARCHIVE_EXPORT = "archive:export"
    LEDGER_READ = "ledger:read"
    COLLEAGUE_READ = "colleague:read"
    COLLEAGUE_END = "colleague:end"
    PERSON_INVITE = "person:invite"
    PERSON_READ = "person:read"
    GRANT_GIVE = "grant:give"
    TOKEN_CREATE = "token:create"  # noqa: S105  (a permission, no secret)
    JOB_READ = "job:read"
    JOB_RELEASE = "job:release"


_P = Permission
_EVERYBODY = frozenset({_P.SCHEME_READ, _P.REGISTER_READ})
_MEMBER = _EVERYBODY | {
    _P.TEAM_READ, _P.CYCLE_READ, _P.ASSESSMENT_READ, _P.ASSESSMENT_RATE, _P.EVIDENCE_READ, _P.EVIDENCE_ATTACH,
    _P.AWARD_READ, _P.ACCURACY_READ, _P.ACCURACY_COMMENT, _P.PROPOSAL_READ,
    _P.NOTICE_READ, _P.EVIDENCE_WITHDRAW, _P.EVIDENCE_EXPLAIN, _P.LIBRARY_READ, _P.LIBRARY_KEEP, _P.BURDEN_OWN,
    _P.INDICATOR_CHALLENGE, _P.ASSESSMENT_SHARE, _P.COLLEAGUE_READ,
}  # fmt: skip
_COLLEGE = _EVERYBODY | {
    _P.TEAM_READ, _P.ROUND_READ, _P.CYCLE_READ, _P.ASSESSMENT_READ, _P.EVIDENCE_READ, _P.REVIEWER_READ, _P.REVIEW_READ,
    _P.ACCURACY_READ, _P.AWARD_READ, _P.LEDGER_READ, _P.PROPOSAL_READ, _P.FINDING_READ,
    _P.RISK_READ,
}  # fmt: skip

ROLE_TABLE: Mapping[Role, frozenset[Permission]] = {
    Role.PUBLIC: _EVERYBODY,
    Role.TEAM_MEMBER: _MEMBER,
    Role.TEAM_LEAD: _MEMBER | {
        _P.ASSESSMENT_SUBMIT, _P.CYCLE_PROFILE, _P.CYCLE_WITHDRAW, _P.ACCURACY_AGREE, _P.APPEAL_LODGE,
        _P.PROPOSAL_ANSWER, _P.RISK_READ, _P.RISK_ANSWER, _P.ARCHIVE_EXPORT, _P.PERSON_INVITE,
        _P.COLLEAGUE_END,
    },
    Role.REVIEWER: _EVERYBODY | {
        _P.CYCLE_READ, _P.ASSESSMENT_READ, _P.EVIDENCE_READ, _P.CONFLICT_DECLARE, _P.REVIEW_READ, _P.REVIEW_RATE,
        _P.REVIEW_HAND_IN, _P.REVIEW_SETTLE, _P.REVIEW_LEAVE, _P.ACCURACY_READ, _P.ACCURACY_ANSWER,
        _P.INVITATION_READ, _P.INVITATION_ANSWER, _P.AVAILABILITY_STATE,
        _P.AGREEMENT_OWN, _P.CALIBRATION_READ, _P.CALIBRATION_TAKE,
        _P.EVIDENCE_REQUEST, _P.FINDING_RECORD, _P.FINDING_READ, _P.FINDING_SETTLE, _P.RISK_RAISE, _P.RISK_READ,
        _P.NOTICE_READ,
    },
    Role.OFFICE: _COLLEGE | {
        _P.SCHEME_PUBLISH, _P.TEAM_IMPORT, _P.ORGANISATION_MERGE, _P.ROUND_OPEN, _P.CYCLE_ENROL, _P.CYCLE_PROFILE,
        _P.CYCLE_SEND_BACK, _P.CYCLE_REMIND, _P.CYCLE_WITHDRAW, _P.CYCLE_CARRY_OVER, _P.INDICATOR_IMPORT,
        _P.INDICATOR_ANSWER, _P.REVIEWER_REGISTER, _P.CONFLICT_DECLARE, _P.REVIEW_ASSIGN, _P.REVIEW_APPOINT,
        _P.AWARD_PUBLISH, _P.VISIT_DATE, _P.PANEL_READ, _P.PANEL_NAME, _P.CONDITION_MEET, _P.TOKEN_CREATE, _P.JOB_READ,
        _P.JOB_RELEASE,
        _P.AGREEMENT_READ, _P.AGREEMENT_OWN, _P.CALIBRATION_READ, _P.CALIBRATION_MAKE, _P.BURDEN_READ,
        _P.EVIDENCE_RELEASE, _P.EVIDENCE_HOLD, _P.EVIDENCE_DELETE, _P.NOTICE_READ,
        _P.ARCHIVE_EXPORT, _P.PERSON_INVITE, _P.PERSON_READ, _P.GRANT_GIVE,
    },
    Role.COMMITTEE: _COLLEGE | {_P.AWARD_DECIDE, _P.APPEAL_ANSWER, _P.AGREEMENT_READ, _P.PANEL_READ},
    Role.ENGINE: _COLLEGE | {
        _P.REVIEW_ASSIGN, _P.ACCURACY_CLOSE, _P.AWARD_RECOMMEND, _P.AWARD_LAPSE, _P.JOB_READ,
    },
}  # fmt: skip
"""Which role holds which permissions. A team's and a reviewer's hold for their own cycles alone."""


def holders(permission: Permission) -> tuple[Role, ...]:
    """Which roles hold this permission?"""
    return tuple(role for role in Role if permission in ROLE_TABLE[role])


def permit(principal: Principal, permission: Permission, standing: CycleStanding | None = None) -> None:
    """May this principal do this (to this cycle, where one is concerned)?

    Raises NotFound where the principal may not know that the cycle exists, and NotPermitted, naming
    who may, where it may know of it.
    """
    if standing is not None and not belongs(principal, standing):
        raise NotFound("There is no such cycle, or it is not one of yours.")
    if permission not in ROLE_TABLE[principal.role]:
        who = [role.words for role in holders(permission)]
        raise NotPermitted(
            f"This needs the permission '{permission.value}', which {principal.role.words} does not have. "
            f"It is for {' or '.join(who)}.", holders=who,
        )  # fmt: skip
