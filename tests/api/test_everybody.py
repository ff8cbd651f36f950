"""Everybody asks for everything: each route by each role, of a cycle that is theirs, another's, or nobody's."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from accreditation.database import observe_statements
from accreditation.rules.cycle import Stage
from tests.api.asking import PEOPLE, Client
from tests.api.conftest import AtStage
from tests.api.forming import A_FORM, form, put, said
from tests.api.test_guard import TABLE
from tests.building import FILES
from tests.walking import NORTHS_LEAD, OTHER_LEAD

ANSWER = {"answer": {"rating": "met"}, "seen_version": 0}

BODIES: Mapping[str, Any] = {
    "POST /api/cycles/{cycle}/review-team/{reviewer}/departure": {"reason": "Ill."},
    "POST /api/cycles/{cycle}/review/departure": {"reason": "I am ill."},
    "POST /api/rounds/{round}/proposal/changes": {
        "number": 1,
        "change": {"kind": "lock", "cycle": 1, "reviewer": 1, "role": "lead"},
    },
    "POST /api/rounds/{round}/proposal/confirmation": {"number": 1},
    "POST /api/rounds/{round}/proposal/explanation": {"cycle": 1, "reviewer": 1},
    "POST /api/rounds/{round}/proposal/preview": {
        "number": 1,
        "change": {"kind": "swap", "cycle": 1, "out": 1, "into": 2},
    },
    "PUT /api/cycles/{cycle}/proposed-team/{reviewer}/answer": {"conflict": True, "reason": "A friend of ours."},
    "PUT /api/cycles/{cycle}/panels/{kind}": {"members": [OTHER_LEAD]},
    "PUT /api/cycles/{cycle}/visit": {"first": "2026-05-04", "last": "2026-05-05"},
    "PUT /api/library/versions/{version}": {"title": "Plan", "owner": "The matron", "seen_version": 1},
    "POST /api/cycles/{cycle}/evidence/suggestions/dismissal": {"document": 1, "criterion": "1.01"},
    "POST /api/cycles/{cycle}/evidence/from-library": {"documents": [{"version": 1, "criteria": ["1.01"]}]},
    "POST /api/cycles/{cycle}/evidence/{evidence}/replacement": {"version": 1},
    "POST /api/cycles/{cycle}/evidence/{evidence}/withdrawal": {"reason": "A wrong file."},
    "PUT /api/cycles/{cycle}/evidence/{evidence}/places/{criterion}": {"place": "p. 3"},
    "PUT /api/cycles/{cycle}/evidence/{evidence}/explanation": {"reason": "Telephones.", "seen_version": 1},
    "PUT /api/cycles/{cycle}/evidence/{evidence}/clearance": {"step": "release", "reason": "So.", "seen_version": 1},
    "POST /api/evidence/deletions/preview": {"versions": [1], "cause": "patient_data"},
    "POST /api/evidence/deletions": {"versions": [1], "cause": "patient_data", "reason": "It names a patient."},
    "POST /api/evidence/unfinished/drop": {"uploads": ["0" * 32]},
    "POST /api/holds": {"scheme": "small", "reason": "The coroner asked."},
    "POST /api/holds/{hold}/end": {"reason": "It is over."},
    "PUT /api/me/availability": {
        "unavailable": [{"first": "2026-05-01", "last": "2026-05-14"}],
        "preferences": [{"organisation": 2, "how": "prefers"}],
    },
    "PUT /api/cycles/{cycle}/settler": {"reviewer": 3, "seen_version": 0, "reason": "The lead is ill."},
    "PUT /api/invitations/{invitation}/answer": {"answer": "accepts"},
    "PATCH /api/cycles/{cycle}/profile": {"profile": {"hasu": False}},
    "PATCH /api/reviewers/{reviewer}": {
        "capacity": 3,
        "specialties": ["stroke"],
        "worked_at": [{"organisation": 1, "until": "2024-05-31"}],
        "unavailable": [{"first": "2026-05-01", "last": "2026-05-14"}],
        "place": "AA1 1AA",
        "preferences": [{"organisation": 2, "how": "prefers"}],
    },
    "POST /api/calibrations": {"cycle": 1, "title": "A case"},
    "POST /api/calibrations/{exercise}/answers": {"answers": {"1.01": ANSWER}},
    "POST /api/calibrations/{exercise}/retirement": {"reason": "It tells who it is."},
    "PUT /api/calibrations/{exercise}/answers/{criterion}": ANSWER,
    "PUT /api/calibrations/{exercise}/draft/{criterion}": {"note": "Nothing.", "seen_version": 1},
    "POST /api/conflicts": {"organisation": 2, "reviewer": NORTHS_LEAD, "reason": "A friend works there."},
    "POST /api/cycles": {"team": 2, "round": 1},
    "POST /api/cycles/{cycle}/carry-over": {"edition": "{digest}"},
    "POST /api/cycles/{cycle}/appeal": {"reason": "The visit was on a strike day."},
    "POST /api/cycles/{cycle}/decision": {"outcome": "accredited"},
    "POST /api/cycles/{cycle}/report/comments": {"criterion": "1.01", "reason": "The plan names her."},
    "PUT /api/cycles/{cycle}/appeal/answer": {"outcome": None, "reason": "The visit was sound."},
    "PUT /api/cycles/{cycle}/conditions/{condition}": {"reason": "Seen."},
    "PUT /api/cycles/{cycle}/report/comments/{comment}/answer": {"reason": "It does not."},
    "POST /api/cycles/{cycle}/review/criteria/{criterion}/requests": {"question": "May we see the rota?"},
    "POST /api/cycles/{cycle}/indicators/{criterion}/challenges": {"note": "It is wrong."},
    "PUT /api/cycles/{cycle}/challenges/{challenge}/answer": {"how": "upheld", "reason": "It was checked."},
    "PUT /api/rounds/{round}/indicators/{source}": {"team": "Team", "values": {"2.02": "Level"}},
    "POST /api/cycles/{cycle}/risks": {"criterion": "1.01", "text": "There is no defibrillator."},
    "PUT /api/cycles/{cycle}/findings/{finding}": {"how": "kept", "reason": "All of us saw it."},
    "PUT /api/cycles/{cycle}/requests/{request}/answer": {"reply": "It is attached."},
    "PUT /api/cycles/{cycle}/review/findings/{key}": {"kind": "commendation", "text": "Kind.", "seen_version": 0},
    "PUT /api/cycles/{cycle}/risks/{risk}/answer": {"reply": "It is there since noon."},
    "POST /api/cycles/{cycle}/review": {"answers": {"1.01": ANSWER}},
    "POST /api/cycles/{cycle}/self-assessment": {"answers": {"1.01": ANSWER}},
    "POST /api/cycles/{cycle}/send-back": {"reason": "The job plan is of another hospital."},
    "POST /api/cycles/{cycle}/submissions": {"stage": "self_assessment"},
    "POST /api/cycles/{cycle}/withdrawal": {"reason": "The ward closes."},
    "POST /api/drafts/impact": {"files": {name: content.decode() for name, content in FILES.items()}},
    "POST /api/organisations/{organisation}/merger": {"into": 1, "reason": "The trusts merged."},
    "POST /api/reviewers": {"name": "Lay 9", "roles": ["lay"], "capacity": 1},
    "POST /api/rounds": {"name": "autumn", "edition": "{digest}"},
    "POST /api/teams": {"teams": [{"organisation": "West Trust", "team": "West", "service_line": "small"}]},
    "POST /api/tokens": {"name": "another", "role": "office"},
    "PUT /api/cycles/{cycle}/review/{criterion}": ANSWER,
    "PUT /api/cycles/{cycle}/self-assessment/{criterion}": ANSWER,
    "PUT /api/cycles/{cycle}/settlements/{criterion}": {"rating": "met", "note": "Seen."},
}
"""A sound body for each route that takes one."""

NAME_AN_EDITION = ("POST /api/rounds", "POST /api/cycles/{cycle}/carry-over")

WHO = ("public", "member", "lead", "stranger", "reviewer", "other reviewer", "office", "committee")

IN_REVIEW: Mapping[str, tuple[int, ...]] = {
    # public, member, lead, stranger, reviewer, other reviewer, office, committee
    "GET /": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /api/calibrations": (401, 403, 403, 403, 200, 200, 200, 403),
    "GET /api/calibrations/{exercise}": (401, 403, 403, 403, 404, 404, 403, 403),
    "GET /api/calibrations/{exercise}/comparison": (401, 403, 403, 403, 404, 404, 422, 403),
    "GET /api/calibrations/{exercise}/draft": (401, 403, 403, 403, 403, 403, 404, 403),
    "GET /api/cycles": (401, 200, 200, 200, 200, 200, 200, 200),
    "GET /api/cycles/{cycle}": (401, 200, 200, 404, 200, 404, 200, 200),
    "GET /api/cycles/{cycle}/carry-over": (401, 403, 403, 404, 403, 404, 200, 403),
    "GET /api/cycles/{cycle}/decision": (401, 404, 404, 404, 403, 404, 404, 404),
    "GET /api/cycles/{cycle}/evidence": (401, 200, 200, 404, 200, 404, 200, 200),
    "GET /api/cycles/{cycle}/findings": (401, 403, 403, 404, 200, 404, 200, 200),
    "GET /api/cycles/{cycle}/history": (401, 200, 200, 404, 200, 404, 200, 200),
    "GET /api/cycles/{cycle}/panels/{kind}": (401, 403, 403, 404, 403, 404, 200, 200),
    "GET /api/cycles/{cycle}/progress": (401, 200, 200, 404, 200, 404, 200, 200),
    "GET /api/cycles/{cycle}/proposed-team": (401, 200, 200, 404, 403, 404, 200, 200),
    "GET /api/cycles/{cycle}/recommendation": (401, 404, 404, 404, 403, 404, 404, 404),
    "GET /api/cycles/{cycle}/report": (401, 404, 404, 404, 404, 404, 404, 404),
    "GET /api/cycles/{cycle}/requests": (401, 200, 200, 404, 200, 404, 200, 200),
    "GET /api/cycles/{cycle}/review/criteria/{criterion}": (401, 403, 403, 404, 200, 404, 403, 403),
    "GET /api/cycles/{cycle}/review": (401, 403, 403, 404, 200, 404, 403, 403),
    "GET /api/cycles/{cycle}/review/workbook": (401, 403, 403, 404, 200, 404, 403, 403),
    "GET /api/cycles/{cycle}/review-team": (401, 200, 200, 404, 200, 404, 200, 200),
    "GET /api/cycles/{cycle}/reviews": (401, 403, 403, 404, 200, 404, 200, 200),
    "GET /api/cycles/{cycle}/risks": (401, 403, 200, 404, 200, 404, 200, 200),
    "GET /api/cycles/{cycle}/indicators": (401, 200, 200, 404, 200, 404, 200, 200),
    "POST /api/cycles/{cycle}/indicators/{criterion}/challenges": (401, 409, 409, 404, 403, 404, 403, 403),
    "PUT /api/cycles/{cycle}/challenges/{challenge}/answer": (401, 403, 403, 404, 403, 404, 404, 403),
    "GET /api/rounds/{round}/indicators": (401, 403, 403, 403, 403, 403, 200, 403),
    "PUT /api/rounds/{round}/indicators/{source}": (401, 403, 403, 403, 403, 403, 200, 403),
    "POST /api/rounds/{round}/indicators": (401, 403, 403, 403, 403, 403, 200, 403),
    "GET /api/cycles/{cycle}/self-assessment": (401, 200, 200, 404, 200, 404, 200, 200),
    "GET /api/cycles/{cycle}/settlements": (401, 404, 404, 404, 403, 404, 200, 200),
    "GET /api/editions/{digest}": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /api/evidence/closed": (401, 403, 403, 403, 403, 403, 200, 403),
    "GET /api/evidence/due": (401, 403, 403, 403, 403, 403, 200, 403),
    "GET /api/evidence/unfinished": (401, 403, 403, 403, 403, 403, 200, 403),
    "POST /api/evidence/unfinished/drop": (401, 403, 403, 403, 403, 403, 200, 403),
    "POST /api/evidence/deletions/preview": (401, 403, 403, 403, 403, 403, 200, 403),
    "POST /api/evidence/deletions": (401, 403, 403, 403, 403, 403, 200, 403),
    "GET /api/holds": (401, 403, 403, 403, 403, 403, 200, 403),
    "POST /api/holds": (401, 403, 403, 403, 403, 403, 201, 403),
    "POST /api/holds/{hold}/end": (401, 403, 403, 403, 403, 403, 404, 403),
    "PUT /api/cycles/{cycle}/evidence/{evidence}/explanation": (401, 409, 409, 404, 403, 404, 403, 403),
    "PUT /api/cycles/{cycle}/evidence/{evidence}/clearance": (401, 403, 403, 404, 403, 404, 409, 403),
    "GET /api/evidence/{evidence}/content": (401, 200, 200, 404, 200, 404, 200, 200),
    "GET /api/health": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /api/invitations": (401, 403, 403, 403, 200, 200, 403, 403),
    "GET /api/jobs": (401, 403, 403, 403, 403, 403, 200, 403),
    "POST /api/cycles/{cycle}/archive": (401, 403, 404, 404, 403, 404, 200, 403),
    "GET /api/ledger": (401, 403, 403, 403, 403, 403, 200, 200),
    "GET /api/ledger/verification": (401, 403, 403, 403, 403, 403, 200, 200),
    "GET /api/library/{document}/offers": (401, 200, 200, 404, 403, 403, 403, 403),
    "GET /api/cycles/{cycle}/evidence/offers": (401, 200, 200, 404, 403, 404, 403, 403),
    "GET /api/cycles/{cycle}/evidence/suggestions": (401, 200, 200, 404, 403, 404, 403, 403),
    "POST /api/cycles/{cycle}/evidence/suggestions/dismissal": (401, 409, 409, 404, 403, 404, 403, 403),
    "GET /api/cycles/{cycle}/burden": (401, 200, 200, 404, 403, 404, 403, 403),
    "GET /api/schemes/{scheme}/burden": (401, 403, 403, 403, 403, 403, 200, 403),
    "GET /api/library/versions/{version}/content": (401, 200, 200, 404, 403, 403, 403, 403),
    "GET /api/library": (401, 200, 200, 200, 403, 403, 403, 403),
    "GET /api/library/{document}": (401, 200, 200, 404, 403, 403, 403, 403),
    "POST /api/library": (401, 201, 201, 201, 403, 403, 403, 403),
    "POST /api/library/{document}/versions": (401, 201, 201, 404, 403, 403, 403, 403),
    "PUT /api/library/versions/{version}": (401, 200, 200, 404, 403, 403, 403, 403),
    "POST /api/cycles/{cycle}/evidence/from-library": (401, 409, 409, 404, 403, 404, 403, 403),
    "POST /api/cycles/{cycle}/evidence/{evidence}/replacement": (401, 409, 409, 404, 403, 404, 403, 403),
    "POST /api/cycles/{cycle}/evidence/{evidence}/withdrawal": (401, 409, 409, 404, 403, 404, 403, 403),
    "PUT /api/cycles/{cycle}/evidence/{evidence}/places/{criterion}": (401, 409, 409, 404, 403, 404, 403, 403),
    "GET /api/me/availability": (401, 403, 403, 403, 200, 200, 403, 403),
    "GET /api/notices": (401, 200, 200, 200, 200, 200, 200, 403),
    "GET /api/organisations": (401, 200, 200, 200, 403, 403, 200, 200),
    "GET /api/register": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /api/register/{cycle}": (404, 404, 404, 404, 404, 404, 404, 404),
    "GET /api/reviewers": (401, 403, 403, 403, 403, 403, 200, 200),
    "GET /api/rounds": (401, 403, 403, 403, 403, 403, 200, 200),
    "GET /api/rounds/{round}": (401, 403, 403, 403, 403, 403, 200, 200),
    "GET /api/rounds/{round}/proposal": (401, 403, 403, 403, 403, 403, 404, 403),
    "GET /api/rounds/{round}/agreement": (401, 403, 403, 403, 403, 403, 200, 200),
    "GET /api/schemes": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /api/schemes/{scheme}/agreement": (401, 403, 403, 403, 403, 403, 200, 200),
    "GET /api/schemes/{scheme}/agreement/reviewers": (401, 403, 403, 403, 200, 200, 200, 403),
    "GET /api/schemes/{scheme}/editions": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /api/teams": (401, 200, 200, 200, 403, 403, 200, 200),
    "GET /api/teams/{team}/results": (404, 200, 200, 404, 404, 404, 200, 200),
    "GET /register": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /register/{cycle}": (404, 404, 404, 404, 404, 404, 404, 404),
    "GET /cy": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /cy/register": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /cy/register/{cycle}": (404, 404, 404, 404, 404, 404, 404, 404),
    "PATCH /api/cycles/{cycle}/profile": (401, 403, 409, 404, 403, 404, 409, 403),
    "PATCH /api/reviewers/{reviewer}": (401, 403, 403, 403, 403, 403, 200, 403),
    "POST /api/calibrations": (401, 403, 403, 403, 403, 403, 409, 403),
    "POST /api/calibrations/{exercise}/answers": (401, 403, 403, 403, 404, 404, 403, 403),
    "POST /api/calibrations/{exercise}/confirmation": (401, 403, 403, 403, 403, 403, 404, 403),
    "POST /api/calibrations/{exercise}/hand-in": (401, 403, 403, 403, 404, 404, 403, 403),
    "POST /api/calibrations/{exercise}/retirement": (401, 403, 403, 403, 403, 403, 404, 403),
    "POST /api/conflicts": (401, 403, 403, 403, 201, 403, 201, 403),
    "POST /api/cycles": (401, 403, 403, 403, 403, 403, 201, 403),
    "POST /api/cycles/{cycle}/appeal": (401, 403, 409, 404, 403, 404, 403, 403),
    "POST /api/cycles/{cycle}/carry-over": (401, 403, 403, 404, 403, 404, 200, 403),
    "POST /api/cycles/{cycle}/decision": (401, 403, 403, 404, 403, 404, 403, 409),
    "POST /api/cycles/{cycle}/evidence": (401, 409, 409, 404, 403, 404, 403, 403),
    "POST /api/cycles/{cycle}/evidence/files": (401, 409, 409, 404, 403, 404, 403, 403),
    "POST /api/cycles/{cycle}/publication": (401, 403, 403, 404, 403, 404, 409, 403),
    "POST /api/cycles/{cycle}/report/agreement": (401, 403, 409, 404, 403, 404, 403, 403),
    "POST /api/cycles/{cycle}/report/comments": (401, 409, 409, 404, 403, 404, 403, 403),
    "POST /api/cycles/{cycle}/review": (401, 403, 403, 404, 200, 404, 403, 403),
    "POST /api/cycles/{cycle}/review-team/{reviewer}/departure": (401, 403, 403, 404, 403, 404, 200, 403),
    "POST /api/cycles/{cycle}/review/departure": (401, 403, 403, 404, 200, 404, 403, 403),
    "POST /api/cycles/{cycle}/review/criteria/{criterion}/requests": (401, 403, 403, 404, 201, 404, 403, 403),
    "POST /api/cycles/{cycle}/risks": (401, 403, 403, 404, 201, 404, 403, 403),
    "POST /api/cycles/{cycle}/review/workbook": (401, 403, 403, 404, 422, 404, 403, 403),
    "POST /api/cycles/{cycle}/review/hand-in": (401, 403, 403, 404, 422, 404, 403, 403),
    "POST /api/cycles/{cycle}/self-assessment": (401, 409, 409, 404, 403, 404, 403, 403),
    "POST /api/cycles/{cycle}/send-back": (401, 403, 403, 404, 403, 404, 409, 403),
    "POST /api/cycles/{cycle}/submissions": (401, 403, 200, 404, 403, 404, 403, 403),
    "POST /api/cycles/{cycle}/withdrawal": (401, 403, 200, 404, 403, 404, 200, 403),
    "POST /api/drafts/impact": (401, 403, 403, 403, 403, 403, 200, 403),
    "POST /api/jobs/{job}/release": (401, 403, 403, 403, 403, 403, 404, 403),
    "POST /api/organisations/{organisation}/merger": (401, 403, 403, 403, 403, 403, 201, 403),
    "POST /api/reviewers": (401, 403, 403, 403, 403, 403, 201, 403),
    "POST /api/rounds": (401, 403, 403, 403, 403, 403, 201, 403),
    "POST /api/rounds/{round}/assignment": (401, 403, 403, 403, 403, 403, 200, 403),
    "POST /api/rounds/{round}/proposal/changes": (401, 403, 403, 403, 403, 403, 404, 403),
    "POST /api/rounds/{round}/proposal/confirmation": (401, 403, 403, 403, 403, 403, 404, 403),
    "POST /api/rounds/{round}/proposal/explanation": (401, 403, 403, 403, 403, 403, 404, 403),
    "POST /api/rounds/{round}/proposal/preview": (401, 403, 403, 403, 403, 403, 404, 403),
    "POST /api/teams": (401, 403, 403, 403, 403, 403, 201, 403),
    "POST /api/tokens": (401, 403, 403, 403, 403, 403, 201, 403),
    "PUT /api/calibrations/{exercise}/answers/{criterion}": (401, 403, 403, 403, 404, 404, 403, 403),
    "PUT /api/calibrations/{exercise}/draft/{criterion}": (401, 403, 403, 403, 403, 403, 404, 403),
    "PUT /api/cycles/{cycle}/appeal/answer": (401, 403, 403, 404, 403, 404, 403, 409),
    "PUT /api/cycles/{cycle}/conditions/{condition}": (401, 403, 403, 404, 403, 404, 409, 403),
    "PUT /api/cycles/{cycle}/panels/{kind}": (401, 403, 403, 404, 403, 404, 200, 403),
    "PUT /api/cycles/{cycle}/proposed-team/{reviewer}/answer": (401, 403, 409, 404, 403, 404, 403, 403),
    "PUT /api/cycles/{cycle}/findings/{finding}": (401, 403, 403, 404, 409, 404, 403, 403),
    "PUT /api/cycles/{cycle}/requests/{request}/answer": (401, 404, 404, 404, 403, 404, 403, 403),
    "PUT /api/cycles/{cycle}/review/findings/{key}": (401, 403, 403, 404, 200, 404, 403, 403),
    "PUT /api/cycles/{cycle}/risks/{risk}/answer": (401, 403, 404, 404, 403, 404, 403, 403),
    "PUT /api/cycles/{cycle}/report/comments/{comment}/answer": (401, 403, 403, 404, 404, 404, 403, 403),
    "PUT /api/cycles/{cycle}/review/{criterion}": (401, 403, 403, 404, 200, 404, 403, 403),
    "PUT /api/cycles/{cycle}/self-assessment/{criterion}": (401, 409, 409, 404, 403, 404, 403, 403),
    "PUT /api/cycles/{cycle}/settlements/{criterion}": (401, 403, 403, 404, 409, 404, 403, 403),
    "HEAD /api/evidence/{evidence}/content": (401, 200, 200, 404, 200, 404, 200, 200),
    "HEAD /api/library/versions/{version}/content": (401, 200, 200, 404, 403, 403, 403, 403),
    "OPTIONS /api/uploads": (204, 204, 204, 204, 204, 204, 204, 204),
    "GET /api/uploads": (401, 200, 200, 200, 403, 403, 403, 403),
    "POST /api/uploads": (401, 409, 409, 404, 403, 403, 403, 403),
    "HEAD /api/uploads/{upload}": (401, 404, 404, 404, 403, 403, 403, 403),
    "PATCH /api/uploads/{upload}": (401, 404, 404, 404, 403, 403, 403, 403),
    "DELETE /api/uploads/{upload}": (401, 404, 404, 404, 403, 403, 403, 403),
    "POST /api/uploads/{upload}": (401, 404, 404, 404, 403, 403, 403, 403),
    "PUT /api/cycles/{cycle}/visit": (401, 403, 403, 404, 403, 404, 200, 403),
    "PUT /api/me/availability": (401, 403, 403, 403, 200, 200, 403, 403),
    "PUT /api/cycles/{cycle}/settler": (401, 403, 403, 404, 403, 404, 409, 403),
    "PUT /api/invitations/{invitation}/answer": (401, 403, 403, 403, 404, 404, 403, 403),
    # A page takes no notice of tokens; who is signed in is answered in tests/pages/.
    "GET /sign-in": (200, 200, 200, 200, 200, 200, 200, 200),
    "POST /sign-in": (403, 403, 403, 403, 403, 403, 403, 403),
    "POST /sign-out": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /invitation": (404, 404, 404, 404, 404, 404, 404, 404),
    "POST /invitation": (403, 403, 403, 403, 403, 403, 403, 403),
    "GET /forgotten": (200, 200, 200, 200, 200, 200, 200, 200),
    "POST /forgotten": (403, 403, 403, 403, 403, 403, 403, 403),
    "GET /sign-in/provider": (404, 404, 404, 404, 404, 404, 404, 404),
    "GET /sign-in/provider/back": (404, 404, 404, 404, 404, 404, 404, 404),
    "GET /forgotten/asked": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /account/authenticator": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /account": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /account/password": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /account/authenticator": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /account/authenticator/confirmation": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /account/authenticator/end": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /account/provider": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /account/provider": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /account/provider/out": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /account/provider/end": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /account/offers/{grant}": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /account/everywhere": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/decisions": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/cycles/{cycle}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/cycles/{cycle}/runs": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/cycles/{cycle}/evidence/{evidence}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/archive": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/send-back": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/send-back": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/withdrawal": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/withdrawal": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/publication": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/publication": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/visit": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/visit": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/settler": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/settler": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/departure": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/departure": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/panel": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/panel": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/conditions": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/conditions": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/facts": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/facts": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/files/{evidence}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/files/{evidence}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/pack": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/cycles/{cycle}/decision": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/decision": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/cycles/{cycle}/appeal": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/cycles/{cycle}/appeal": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/files": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/jobs": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/jobs/{job}/release": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/people": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/people/new": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/people/new": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/grants/{grant}/end": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/grants/{grant}/end": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/rounds": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/rounds/new": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/rounds/new": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/rounds/{round}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/rounds/{round}/teams": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/rounds/{round}/teams": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/rounds/{round}/teams/list": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/rounds/{round}/assignment": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/exercises": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/exercises/new": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/exercises/new": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/exercises/{exercise}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/exercises/{exercise}/criteria/{criterion}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/exercises/{exercise}/criteria/{criterion}": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/exercises/{exercise}/confirmation": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/exercises/{exercise}/retirement": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/reviewers": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/reviewers/new": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/reviewers/new": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/reviewers/new/list": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/reviewers/{reviewer}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/reviewers/{reviewer}": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/reviewers/{reviewer}/absences": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/reviewers/{reviewer}/absences/ended": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/reviewers/{reviewer}/conflicts": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/teams": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/teams/new": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/teams/new": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/teams/new/list": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/teams/{team}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/teams/{team}/name": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/teams/{team}/name": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/teams/{team}/removal": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/teams/{team}/removal": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/organisations/{organisation}/name": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/organisations/{organisation}/name": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/cycles/{cycle}/reminder": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/organisations": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/organisations/{organisation}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/organisations/{organisation}/merger": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/organisations/{organisation}/merger": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/organisations/{organisation}/merger/preview": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/schemes": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/editions/{edition}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/editions/{edition}/domains/{domain}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/editions/{edition}/file": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/compare": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/handbook": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/new-scheme": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/new-scheme": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/schemes/{scheme}/drafts/new": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/schemes/{scheme}/drafts/new": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/schemes/{scheme}/drafts/{draft}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/schemes/{scheme}/drafts/{draft}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/schemes/{scheme}/drafts/{draft}/file": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/schemes/{scheme}/drafts/{draft}/file": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/schemes/{scheme}/drafts/{draft}/compare": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/drafts/{draft}/impact": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/drafts/{draft}/publish": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/schemes/{scheme}/drafts/{draft}/publish": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/schemes/{scheme}/drafts/{draft}/drop": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/schemes/{scheme}/drafts/{draft}/drop": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/rounds/{round}/proposals": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/rounds/{round}/proposals/{number}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/rounds/{round}/proposals/{number}/confirmation": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/rounds/{round}/proposals/{number}/confirmation": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/rounds/{round}/proposals/{number}/change": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/rounds/{round}/proposals/{number}/change": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /college/rounds/{round}/proposals/{number}/changes": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/rounds/{round}/proposals/{number}/explanation": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /college/rounds/{round}/proposals/{number}/departure": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /college/figures": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/burden": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/burden.csv": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/agreement": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/agreement.csv": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/reviewers": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/schemes/{scheme}/reviewers.csv": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/ledger": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/ledger/check": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /college/cycles/{cycle}/ledger": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /team": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /team/cycles/{cycle}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /team/cycles/{cycle}/criteria/{criterion}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/criteria/{criterion}": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/criteria/{criterion}/comments": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/criteria/{criterion}/holder": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/criteria/{criterion}/challenges": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/evidence": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/evidence/requests/{request}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/evidence/files": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/evidence/files": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/evidence/files/uploads": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/evidence/files/uploads/{upload}": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/evidence/files/uploads/{upload}/end": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/evidence/reuse": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/evidence/reuse": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/evidence/reuse/one": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/evidence/reuse/dismissals": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/evidence/{evidence}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /team/cycles/{cycle}/evidence/{evidence}/content": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/evidence/{evidence}/withdrawal": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/evidence/{evidence}/explanation": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/evidence/{evidence}/places/{criterion}": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/evidence/{evidence}/replacement": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/cycles/{cycle}/evidence/{evidence}/versions": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/people": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /team/people/{team}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /team/people/{team}/new": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/people/{team}/new": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/people/{team}/roles/{grant}/end": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/people/{team}/roles/{grant}/end": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/library": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /team/library/{team}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/library/{team}/documents": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/library/{team}/uploads": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/library/{team}/uploads/{upload}": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/library/{team}/uploads/{upload}/end": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/library/{team}/documents/{document}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/library/{team}/documents/{document}/versions": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /team/library/{team}/documents/{document}/description": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/library/{team}/versions/{version}/content": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /team/cycles/{cycle}/profile": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/profile": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/gaps": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /team/cycles/{cycle}/submission": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/submission": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/accuracy": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/accuracy": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/accuracy/criteria/{criterion}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/accuracy/criteria/{criterion}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/accuracy/findings/{finding}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/accuracy/findings/{finding}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/reviewers": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/reviewers/{reviewer}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/risks": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/risks/{risk}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /team/cycles/{cycle}/results": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /team/cycles/{cycle}/results": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/invitations/{invitation}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/invitations/{invitation}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/availability": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/availability": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /review/availability/ended": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /review/availability/places": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /review/availability/places/ended": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/figures": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/cycles/{cycle}/certificate": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/training": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/training/{exercise}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/training/{exercise}/hand-in": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/training/{exercise}/result": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/training/{exercise}/criteria/{criterion}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/training/{exercise}/criteria/{criterion}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/conflicts": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/conflicts": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/cycles/{cycle}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/cycles/{cycle}/hand-in": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/cycles/{cycle}/criteria/{criterion}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/cycles/{cycle}/criteria/{criterion}": (401, 401, 401, 401, 401, 401, 401, 401),
    "POST /review/cycles/{cycle}/criteria/{criterion}/requests": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/cycles/{cycle}/evidence/{evidence}": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/cycles/{cycle}/evidence/{evidence}/shown": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/cycles/{cycle}/risks": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/cycles/{cycle}/risks": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/cycles/{cycle}/requests": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/cycles/{cycle}/leaving": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/cycles/{cycle}/leaving": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/cycles/{cycle}/workbook": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/cycles/{cycle}/workbook/file": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/cycles/{cycle}/workbook/files": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/cycles/{cycle}/report": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/cycles/{cycle}/report/comments/{comment}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/cycles/{cycle}/report/comments/{comment}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/cycles/{cycle}/findings": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/cycles/{cycle}/findings/new": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/cycles/{cycle}/findings/{key}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/cycles/{cycle}/findings/{key}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/cycles/{cycle}/others": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /review/cycles/{cycle}/others/findings/{finding}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/cycles/{cycle}/others/findings/{finding}": (401, 401, 401, 401, 401, 401, 401, 401),
    "GET /review/cycles/{cycle}/others/{criterion}": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /review/cycles/{cycle}/others/{criterion}": (401, 401, 401, 401, 401, 401, 401, 401),
}
"""What each is answered while North's cycle is in review; the stranger's and the other reviewer's is not theirs."""

A_PIECE = {
    "Tus-Resumable": "1.0.0",
    "Content-Type": "application/offset+octet-stream",
    "Upload-Length": "6",
    "Upload-Offset": "0",
    "Upload-Metadata": "filename cm90YS5wZGY=,cycle MQ==,criteria MS4wMQ==",
    "X-HTTP-Method-Override": "PATCH",
}
"""What begins an upload to North's cycle, and what goes on with one."""

OF_A_CYCLE = [way for way in TABLE if "{cycle}" in way and " /api/" in way and "register" not in way]


def digest_of(client: Client) -> str:
    """The digest of the edition that the cycle runs on."""
    digest: str = client.get("/api/schemes").json()["schemes"][0]["newest"]["digest"]
    return digest


def send(client: Client, way: str, who: str, *, cycle: int = 1) -> httpx.Response:
    """What does the API answer when this person sends a sound request on this way?"""
    method, template = way.split(" ")
    digest = digest_of(client) if "digest" in way or way in NAME_AN_EDITION else ""
    path = template.format(
        cycle=cycle, criterion="1.01", comment=1, condition=1, round=1, team=1, job=1,
        evidence=1 if "{cycle}" in way else cycle,
        exercise=1, document=1, version=1, upload="0" * 32, challenge=1, scheme="small", digest=digest, organisation=2,
        invitation=1, hold=1, grant=1, draft=1, edition="2026.1", domain="1", number=1,
        reviewer=NORTHS_LEAD if "{cycle}" in way else OTHER_LEAD,
        finding="0123456789ab", request="0123456789ab", risk="0123456789ab", key="first", kind="appeal",
        source="registry",
    )  # fmt: skip
    body = BODIES.get(way)
    if way in NAME_AN_EDITION:
        body = {**BODIES[way], "edition": digest}
    if way == "POST /api/cycles/{cycle}/evidence":
        return client.attach(by=PEOPLE[who], cycle=cycle)
    if way == "POST /api/cycles/{cycle}/evidence/files":
        sent = form(said("criteria", "1.01"), put(b"a rota"))
        return client.post(path, by=PEOPLE[who], headers=A_FORM, content=sent)
    if method == "POST" and template.startswith("/api/library"):
        query = {"title": "Rota", "file_name": "rota.pdf"}
        return client.post(path, by=PEOPLE[who], params=query, content=f"sent on {way}".encode())
    if way == "POST /api/rounds/{round}/indicators":
        figures = b"team,trust,quarter,t_scan\nNorth,North Trust,2026-Q1,A\n"
        return client.post(path, by=PEOPLE[who], params={"file_name": "q.csv"}, content=figures)
    if template.startswith("/api/uploads"):
        return client.ask(method, path, by=PEOPLE[who], headers=A_PIECE, content=b"a rota")
    return client.ask(method, path, by=PEOPLE[who], json=body)


def test_everybody_here_is_somebody_there() -> None:
    assert tuple(PEOPLE) == WHO


def test_the_table_has_every_route() -> None:
    assert set(IN_REVIEW) == set(TABLE)


@pytest.mark.parametrize("way", sorted(IN_REVIEW))
def test_each_role_is_answered_as_the_table_says(at_stage: AtStage, way: str) -> None:
    answered = {}
    client = at_stage(Stage.REVIEW)
    for who in WHO:
        answered[who] = send(client, way, who).status_code
        if not way.startswith("GET") and answered[who] < 400:
            client = at_stage(Stage.REVIEW)  # what one did would change what the next is answered
    assert answered == dict(zip(WHO, IN_REVIEW[way], strict=True))


def asked(client: Client, way: str, who: str, *, cycle: int = 1) -> tuple[httpx.Response, list[str]]:
    """What is answered, and which questions that takes of the records."""
    with observe_statements(client.house.database) as statements:
        return send(client, way, who, cycle=cycle), statements


@pytest.mark.parametrize("stage", [Stage.SELF_ASSESSMENT, Stage.REVIEW, Stage.PUBLISHED])
def test_a_cycle_of_others_reads_exactly_as_one_that_does_not_exist(at_stage: AtStage, stage: Stage) -> None:
    client = at_stage(stage)
    for way in OF_A_CYCLE:
        for who in ("stranger", "other reviewer", "public"):
            (others, took), (nobodys, took_for_none) = asked(client, way, who), asked(client, way, who, cycle=999)
            assert others.status_code == (401 if who == "public" else 404), (way, who)
            assert others.text.replace("/cycles/1", "/cycles/999") == nobodys.text, (way, who)
            told = {name: value for name, value in others.headers.items() if name != "content-length"}
            assert told == {name: value for name, value in nobodys.headers.items() if name != "content-length"}
            assert took == took_for_none, (way, who)


@pytest.mark.parametrize("who", WHO[1:])
def test_a_cycle_that_does_not_exist_is_not_found_by_anybody_with_a_token(at_stage: AtStage, who: str) -> None:
    client = at_stage(Stage.REVIEW)
    assert {way: send(client, way, who, cycle=999).status_code for way in OF_A_CYCLE} == dict.fromkeys(OF_A_CYCLE, 404)


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("GET /api/evidence/{0}/content", ("stranger", "other reviewer")),
        ("GET /api/teams/{0}/results", ("stranger", "public", "reviewer")),
        ("GET /api/library/{0}", ("stranger",)),
        ("GET /api/library/{0}/offers", ("stranger",)),
        ("POST /api/library/{0}/versions?title=A&file_name=a.pdf", ("stranger",)),
        ("GET /api/library/versions/{0}/content", ("stranger",)),
        ("PUT /api/library/versions/{0}", ("stranger",)),
    ],
)
def test_what_else_is_of_others_reads_exactly_as_what_does_not_exist(
    at_stage: AtStage, way: str, told: tuple[str, ...]
) -> None:
    client = at_stage(Stage.REVIEW)
    method, path = way.split(" ")
    for who in told:
        found = []
        for number in (1, 999):
            sent = {"json": BODIES["PUT /api/library/versions/{version}"]} if method == "PUT" else {}
            with observe_statements(client.house.database) as statements:
                answer = client.ask(method, path.format(number), by=PEOPLE[who], **sent)
            found.append((answer.status_code, answer.text.replace("/999", "/1"), statements))
        assert found[0] == found[1], who
        assert found[0][0] == 404, who


def test_lists_hold_only_what_is_the_askers(at_stage: AtStage) -> None:
    client = at_stage(Stage.REVIEW)
    assert client.post("/api/cycles", by=PEOPLE["office"], json={"team": 2, "round": 1}).json() == {"id": 2}
    told = {
        who: [one["id"] for one in client.get("/api/cycles", by=PEOPLE[who]).json()["items"]]
        for who in WHO
        if who != "public"
    }
    assert told == {
        "member": [1], "lead": [1], "stranger": [2], "reviewer": [1], "other reviewer": [], "office": [1, 2],
        "committee": [1, 2],
    }  # fmt: skip
    for path in ("teams", "organisations"):
        own = [
            [one["id"] for one in client.get(f"/api/{path}", by=PEOPLE[who]).json()["items"]]
            for who in ("lead", "stranger")
        ]
        assert own == [[1], [2]]
