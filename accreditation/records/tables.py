"""All tables in one place, for migrations: importing this module makes the metadata whole."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from accreditation.records import (  # noqa: F401  (each import adds its tables)
    accuracy,
    aftermath,
    answers,
    awards,
    calibration,
    cycles,
    edition_changes,
    editions,
    evidence_items,
    invitations,
    jobs,
    proposals,
    reviewer_facts,
    reviewers,
    reviews,
    teams,
    tokens,
)

APPEND_ONLY = (
    "accuracy_answer",
    "accuracy_comment",
    "appeal",
    "appeal_answer",
    "assignment",
    "assignment_block",
    "assignment_end",
    "calibration_answer",
    "calibration_exercise",
    "calibration_hand_in",
    "calibration_item",
    "calibration_release",
    "calibration_retirement",
    "condition",
    "condition_met",
    "cycle",
    "decision",
    "declared_conflict",
    "edition",
    "edition_change",
    "evidence_check",
    "evidence_item",
    "evidence_link",
    "gap_report",
    "hand_in",
    "invitation",
    "invitation_end",
    "ledger_entry",
    "organisation_merger",
    "outcome_change",
    "profile_statement",
    "proposal",
    "proposal_confirmation",
    "proposal_seat",
    "publication",
    "recommendation",
    "review_rating",
    "reviewer_fact",
    "round",
    "seat_answer",
    "self_rating",
    "settlement",
    "stage_change",
)
"""Tables whose rows the database itself refuses to change or delete."""

CHANGEABLE = {
    "job": "the outbox: leases, attempts and what is done change all the time",
    "organisation": "trusts are renamed and join other networks",
    "reviewer": "a reviewer's roles, employer and capacity change",
    "team": "a team is renamed with its service",
    "token": "a token may have to be revoked before it expires",
}
"""The others, and why their rows may change."""

metadata: MetaData = SQLModel.metadata
