"""Every route is guarded, by the permission that stands here."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant

from accreditation.actions.create_token import create_token
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Role
from api.guard import OWN_ROUTES, PUBLIC_ROUTES, calls_of, permission_of, routes_of
from api.visiting import FormGuard
from api.visitors import FORGERY_PROOF, own, own_sender
from tests.api.asking import Client
from tests.api.conftest import AtStage
from tests.walking import LEAD, OFFICE

TABLE = {
    "GET /": "register:read",
    "GET /api/calibrations": "calibration:read",
    "GET /api/calibrations/{exercise}": "calibration:take",
    "GET /api/calibrations/{exercise}/comparison": "calibration:read",
    "GET /api/calibrations/{exercise}/draft": "calibration:make",
    "GET /api/cycles": "cycle:read",
    "GET /api/cycles/{cycle}": "cycle:read",
    "GET /api/cycles/{cycle}/carry-over": "cycle:carry_over",
    "GET /api/cycles/{cycle}/decision": "award:read",
    "GET /api/cycles/{cycle}/evidence": "evidence:read",
    "GET /api/cycles/{cycle}/findings": "finding:read",
    "GET /api/cycles/{cycle}/history": "cycle:read",
    "GET /api/cycles/{cycle}/indicators": "assessment:read",
    "POST /api/cycles/{cycle}/indicators/{criterion}/challenges": "indicator:challenge",
    "GET /api/rounds/{round}/indicators": "indicator:import",
    "PUT /api/rounds/{round}/indicators/{source}": "indicator:import",
    "POST /api/rounds/{round}/indicators": "indicator:import",
    "PUT /api/cycles/{cycle}/challenges/{challenge}/answer": "indicator:answer",
    "GET /api/cycles/{cycle}/panels/{kind}": "panel:read",
    "GET /api/cycles/{cycle}/progress": "assessment:read",
    "GET /api/cycles/{cycle}/proposed-team": "proposal:read",
    "GET /api/cycles/{cycle}/recommendation": "award:read",
    "GET /api/cycles/{cycle}/report": "accuracy:read",
    "GET /api/cycles/{cycle}/requests": "evidence:read",
    "GET /api/cycles/{cycle}/review": "review:rate",
    "GET /api/cycles/{cycle}/review/criteria/{criterion}": "review:rate",
    "GET /api/cycles/{cycle}/review-team": "cycle:read",
    "GET /api/cycles/{cycle}/review/workbook": "review:rate",
    "GET /api/cycles/{cycle}/reviews": "review:read",
    "GET /api/cycles/{cycle}/risks": "risk:read",
    "GET /api/cycles/{cycle}/self-assessment": "assessment:read",
    "GET /api/cycles/{cycle}/settlements": "award:read",
    "GET /api/editions/{digest}": "scheme:read",
    "GET /api/evidence/closed": "evidence:release",
    "GET /api/evidence/due": "evidence:delete",
    "GET /api/evidence/unfinished": "evidence:delete",
    "POST /api/evidence/unfinished/drop": "evidence:delete",
    "POST /api/evidence/deletions/preview": "evidence:delete",
    "POST /api/evidence/deletions": "evidence:delete",
    "GET /api/holds": "evidence:hold",
    "POST /api/holds": "evidence:hold",
    "POST /api/holds/{hold}/end": "evidence:hold",
    "GET /api/evidence/{evidence}/content": "evidence:read",
    "PUT /api/cycles/{cycle}/evidence/{evidence}/explanation": "evidence:explain",
    "PUT /api/cycles/{cycle}/evidence/{evidence}/clearance": "evidence:release",
    "GET /api/health": None,
    "GET /api/invitations": "invitation:read",
    "GET /api/jobs": "job:read",
    "GET /api/ledger": "ledger:read",
    "GET /api/ledger/verification": "ledger:read",
    "GET /api/library": "library:read",
    "GET /api/library/versions/{version}/content": "library:read",
    "GET /api/cycles/{cycle}/burden": "burden:own",
    "GET /api/schemes/{scheme}/burden": "burden:read",
    "GET /api/library/{document}/offers": "library:read",
    "GET /api/cycles/{cycle}/evidence/offers": "library:read",
    "GET /api/cycles/{cycle}/evidence/suggestions": "library:read",
    "POST /api/cycles/{cycle}/evidence/suggestions/dismissal": "evidence:attach",
    "GET /api/library/{document}": "library:read",
    "POST /api/library": "library:keep",
    "POST /api/library/{document}/versions": "library:keep",
    "PUT /api/library/versions/{version}": "library:keep",
    "POST /api/cycles/{cycle}/evidence/from-library": "evidence:attach",
    "POST /api/cycles/{cycle}/evidence/{evidence}/replacement": "evidence:withdraw",
    "POST /api/cycles/{cycle}/evidence/{evidence}/withdrawal": "evidence:withdraw",
    "PUT /api/cycles/{cycle}/evidence/{evidence}/places/{criterion}": "evidence:attach",
    "GET /api/me/availability": "availability:state",
    "GET /api/notices": "notice:read",
    "GET /api/organisations": "team:read",
    "GET /api/register": "register:read",
    "GET /api/register/{cycle}": "register:read",
    "GET /api/reviewers": "reviewer:read",
    "GET /api/rounds": "round:read",
    "GET /api/rounds/{round}": "round:read",
    "GET /api/rounds/{round}/proposal": "review:assign",
    "GET /api/rounds/{round}/agreement": "agreement:read",
    "GET /api/schemes": "scheme:read",
    "GET /api/schemes/{scheme}/agreement": "agreement:read",
    "GET /api/schemes/{scheme}/agreement/reviewers": "agreement:own",
    "GET /api/schemes/{scheme}/editions": "scheme:read",
    "GET /api/teams": "team:read",
    "GET /api/teams/{team}/results": "register:read",
    "GET /register": "register:read",
    "GET /register/{cycle}": "register:read",
    "GET /cy": "register:read",
    "GET /cy/register": "register:read",
    "GET /cy/register/{cycle}": "register:read",
    "PATCH /api/cycles/{cycle}/profile": "cycle:profile",
    "PATCH /api/reviewers/{reviewer}": "reviewer:register",
    "POST /api/calibrations": "calibration:make",
    "POST /api/calibrations/{exercise}/answers": "calibration:take",
    "POST /api/calibrations/{exercise}/confirmation": "calibration:make",
    "POST /api/calibrations/{exercise}/hand-in": "calibration:take",
    "POST /api/calibrations/{exercise}/retirement": "calibration:make",
    "POST /api/conflicts": "conflict:declare",
    "POST /api/cycles": "cycle:enrol",
    "POST /api/cycles/{cycle}/archive": "archive:export",
    "POST /api/cycles/{cycle}/appeal": "appeal:lodge",
    "POST /api/cycles/{cycle}/carry-over": "cycle:carry_over",
    "POST /api/cycles/{cycle}/decision": "award:decide",
    "POST /api/cycles/{cycle}/evidence": "evidence:attach",
    "POST /api/cycles/{cycle}/evidence/files": "evidence:attach",
    "POST /api/cycles/{cycle}/publication": "award:publish",
    "POST /api/cycles/{cycle}/report/agreement": "accuracy:agree",
    "POST /api/cycles/{cycle}/report/comments": "accuracy:comment",
    "POST /api/cycles/{cycle}/review": "review:rate",
    "POST /api/cycles/{cycle}/review-team/{reviewer}/departure": "review:assign",
    "POST /api/cycles/{cycle}/review/departure": "review:leave",
    "POST /api/cycles/{cycle}/review/criteria/{criterion}/requests": "evidence:request",
    "POST /api/cycles/{cycle}/review/hand-in": "review:hand_in",
    "POST /api/cycles/{cycle}/review/workbook": "review:rate",
    "POST /api/cycles/{cycle}/risks": "risk:raise",
    "POST /api/cycles/{cycle}/self-assessment": "assessment:rate",
    "POST /api/cycles/{cycle}/send-back": "cycle:send_back",
    "POST /api/cycles/{cycle}/submissions": "assessment:submit",
    "POST /api/cycles/{cycle}/withdrawal": "cycle:withdraw",
    "POST /api/drafts/impact": "scheme:publish",
    "POST /api/jobs/{job}/release": "job:release",
    "POST /api/organisations/{organisation}/merger": "organisation:merge",
    "POST /api/reviewers": "reviewer:register",
    "POST /api/rounds": "round:open",
    "POST /api/rounds/{round}/assignment": "review:assign",
    "POST /api/rounds/{round}/proposal/changes": "review:assign",
    "POST /api/rounds/{round}/proposal/confirmation": "review:assign",
    "POST /api/rounds/{round}/proposal/explanation": "review:assign",
    "POST /api/rounds/{round}/proposal/preview": "review:assign",
    "POST /api/teams": "team:import",
    "POST /api/tokens": "token:create",
    "PUT /api/calibrations/{exercise}/answers/{criterion}": "calibration:take",
    "PUT /api/calibrations/{exercise}/draft/{criterion}": "calibration:make",
    "PUT /api/cycles/{cycle}/appeal/answer": "appeal:answer",
    "PUT /api/cycles/{cycle}/conditions/{condition}": "condition:meet",
    "PUT /api/cycles/{cycle}/panels/{kind}": "panel:name",
    "PUT /api/cycles/{cycle}/proposed-team/{reviewer}/answer": "proposal:answer",
    "PUT /api/cycles/{cycle}/findings/{finding}": "finding:settle",
    "PUT /api/cycles/{cycle}/report/comments/{comment}/answer": "accuracy:answer",
    "PUT /api/cycles/{cycle}/requests/{request}/answer": "evidence:attach",
    "PUT /api/cycles/{cycle}/review/findings/{key}": "finding:record",
    "PUT /api/cycles/{cycle}/review/{criterion}": "review:rate",
    "PUT /api/cycles/{cycle}/risks/{risk}/answer": "risk:answer",
    "PUT /api/cycles/{cycle}/self-assessment/{criterion}": "assessment:rate",
    "PUT /api/cycles/{cycle}/settlements/{criterion}": "review:settle",
    "HEAD /api/evidence/{evidence}/content": "evidence:read",
    "HEAD /api/library/versions/{version}/content": "library:read",
    "OPTIONS /api/uploads": None,
    "GET /api/uploads": "evidence:attach",
    "POST /api/uploads": "evidence:attach",
    "HEAD /api/uploads/{upload}": "evidence:attach",
    "PATCH /api/uploads/{upload}": "evidence:attach",
    "DELETE /api/uploads/{upload}": "evidence:attach",
    "POST /api/uploads/{upload}": "evidence:attach",
    "PUT /api/cycles/{cycle}/visit": "visit:date",
    "PUT /api/me/availability": "availability:state",
    "PUT /api/cycles/{cycle}/settler": "review:appoint",
    "PUT /api/invitations/{invitation}/answer": "invitation:answer",
    "GET /sign-in": None,
    "POST /sign-in": None,
    "POST /sign-out": None,
    "GET /invitation": None,
    "POST /invitation": None,
    "GET /forgotten": None,
    "POST /forgotten": None,
    "GET /forgotten/asked": None,
    "GET /sign-in/provider": None,
    "GET /sign-in/provider/back": None,
    "GET /account": None,
    "POST /account/password": None,
    "GET /account/authenticator": None,
    "POST /account/authenticator": None,
    "POST /account/authenticator/confirmation": None,
    "POST /account/authenticator/end": None,
    "POST /account/everywhere": None,
    "GET /account/provider": None,
    "POST /account/provider": None,
    "GET /account/provider/out": None,
    "POST /account/provider/end": None,
    "POST /account/offers/{grant}": None,
    "GET /college": "round:read",
    "GET /college/decisions": "award:decide",
    "GET /college/cycles/{cycle}": "round:read",
    "GET /college/cycles/{cycle}/runs": "job:read",
    "GET /college/cycles/{cycle}/evidence/{evidence}": "evidence:read",
    "POST /college/cycles/{cycle}/archive": "archive:export",
    "POST /college/cycles/{cycle}/reminder": "cycle:remind",
    "GET /college/cycles/{cycle}/send-back": "cycle:send_back",
    "POST /college/cycles/{cycle}/send-back": "cycle:send_back",
    "GET /college/cycles/{cycle}/withdrawal": "cycle:withdraw",
    "POST /college/cycles/{cycle}/withdrawal": "cycle:withdraw",
    "GET /college/cycles/{cycle}/publication": "award:publish",
    "POST /college/cycles/{cycle}/publication": "award:publish",
    "GET /college/cycles/{cycle}/visit": "visit:date",
    "POST /college/cycles/{cycle}/visit": "visit:date",
    "GET /college/cycles/{cycle}/settler": "review:appoint",
    "POST /college/cycles/{cycle}/settler": "review:appoint",
    "GET /college/cycles/{cycle}/departure": "review:assign",
    "POST /college/cycles/{cycle}/departure": "review:assign",
    "GET /college/cycles/{cycle}/panel": "panel:name",
    "POST /college/cycles/{cycle}/panel": "panel:name",
    "GET /college/cycles/{cycle}/conditions": "condition:meet",
    "POST /college/cycles/{cycle}/conditions": "condition:meet",
    "GET /college/cycles/{cycle}/facts": "cycle:profile",
    "POST /college/cycles/{cycle}/facts": "cycle:profile",
    "GET /college/cycles/{cycle}/files/{evidence}": "evidence:release",
    "POST /college/cycles/{cycle}/files/{evidence}": "evidence:release",
    "GET /college/cycles/{cycle}/pack": "award:read",
    "GET /college/cycles/{cycle}/decision": "award:decide",
    "POST /college/cycles/{cycle}/decision": "award:decide",
    "GET /college/cycles/{cycle}/appeal": "appeal:answer",
    "POST /college/cycles/{cycle}/appeal": "appeal:answer",
    "GET /college/files": "evidence:release",
    "GET /college/jobs": "job:read",
    "POST /college/jobs/{job}/release": "job:release",
    "GET /college/people": "person:read",
    "GET /college/people/new": "person:invite",
    "POST /college/people/new": "person:invite",
    "GET /college/grants/{grant}/end": "grant:give",
    "POST /college/grants/{grant}/end": "grant:give",
    "GET /college/rounds": "round:read",
    "GET /college/rounds/new": "round:open",
    "POST /college/rounds/new": "round:open",
    "GET /college/rounds/{round}": "round:read",
    "GET /college/rounds/{round}/teams": "cycle:enrol",
    "POST /college/rounds/{round}/teams": "cycle:enrol",
    "POST /college/rounds/{round}/teams/list": "cycle:enrol",
    "POST /college/rounds/{round}/assignment": "review:assign",
    "GET /college/exercises": "calibration:make",
    "GET /college/exercises/new": "calibration:make",
    "POST /college/exercises/new": "calibration:make",
    "GET /college/exercises/{exercise}": "calibration:make",
    "GET /college/exercises/{exercise}/criteria/{criterion}": "calibration:make",
    "POST /college/exercises/{exercise}/criteria/{criterion}": "calibration:make",
    "POST /college/exercises/{exercise}/confirmation": "calibration:make",
    "POST /college/exercises/{exercise}/retirement": "calibration:make",
    "GET /college/reviewers": "reviewer:read",
    "GET /college/reviewers/new": "reviewer:register",
    "POST /college/reviewers/new": "reviewer:register",
    "POST /college/reviewers/new/list": "reviewer:register",
    "GET /college/reviewers/{reviewer}": "reviewer:read",
    "POST /college/reviewers/{reviewer}": "reviewer:register",
    "POST /college/reviewers/{reviewer}/absences": "reviewer:register",
    "POST /college/reviewers/{reviewer}/absences/ended": "reviewer:register",
    "POST /college/reviewers/{reviewer}/conflicts": "conflict:declare",
    "GET /college/teams": "team:read",
    "GET /college/teams/new": "team:import",
    "POST /college/teams/new": "team:import",
    "POST /college/teams/new/list": "team:import",
    "GET /college/teams/{team}": "team:read",
    "GET /college/teams/{team}/name": "team:import",
    "POST /college/teams/{team}/name": "team:import",
    "GET /college/teams/{team}/removal": "team:import",
    "POST /college/teams/{team}/removal": "team:import",
    "GET /college/organisations/{organisation}/name": "team:import",
    "POST /college/organisations/{organisation}/name": "team:import",
    "GET /college/organisations": "team:read",
    "GET /college/organisations/{organisation}": "team:read",
    "GET /college/organisations/{organisation}/merger": "organisation:merge",
    "POST /college/organisations/{organisation}/merger": "organisation:merge",
    "POST /college/organisations/{organisation}/merger/preview": "organisation:merge",
    "GET /college/schemes": "round:read",
    "GET /college/schemes/{scheme}": "round:read",
    "GET /college/schemes/{scheme}/editions/{edition}": "round:read",
    "GET /college/schemes/{scheme}/editions/{edition}/domains/{domain}": "round:read",
    "GET /college/schemes/{scheme}/editions/{edition}/file": "round:read",
    "GET /college/schemes/{scheme}/compare": "round:read",
    "GET /college/handbook": "scheme:publish",
    "GET /college/new-scheme": "scheme:publish",
    "POST /college/new-scheme": "scheme:publish",
    "GET /college/schemes/{scheme}/drafts/new": "scheme:publish",
    "POST /college/schemes/{scheme}/drafts/new": "scheme:publish",
    "GET /college/schemes/{scheme}/drafts/{draft}": "scheme:publish",
    "POST /college/schemes/{scheme}/drafts/{draft}": "scheme:publish",
    "GET /college/schemes/{scheme}/drafts/{draft}/file": "scheme:publish",
    "POST /college/schemes/{scheme}/drafts/{draft}/file": "scheme:publish",
    "GET /college/schemes/{scheme}/drafts/{draft}/compare": "scheme:publish",
    "GET /college/schemes/{scheme}/drafts/{draft}/impact": "scheme:publish",
    "GET /college/schemes/{scheme}/drafts/{draft}/publish": "scheme:publish",
    "POST /college/schemes/{scheme}/drafts/{draft}/publish": "scheme:publish",
    "GET /college/schemes/{scheme}/drafts/{draft}/drop": "scheme:publish",
    "POST /college/schemes/{scheme}/drafts/{draft}/drop": "scheme:publish",
    "GET /college/rounds/{round}/proposals": "review:assign",
    "GET /college/rounds/{round}/proposals/{number}": "review:assign",
    "GET /college/rounds/{round}/proposals/{number}/confirmation": "review:assign",
    "POST /college/rounds/{round}/proposals/{number}/confirmation": "review:assign",
    "GET /college/rounds/{round}/proposals/{number}/change": "review:assign",
    "POST /college/rounds/{round}/proposals/{number}/change": "review:assign",
    "POST /college/rounds/{round}/proposals/{number}/changes": "review:assign",
    "GET /college/rounds/{round}/proposals/{number}/explanation": "review:assign",
    "POST /college/rounds/{round}/proposals/{number}/departure": "review:assign",
    "GET /college/figures": "agreement:read",
    "GET /college/schemes/{scheme}/burden": "burden:read",
    "GET /college/schemes/{scheme}/burden.csv": "burden:read",
    "GET /college/schemes/{scheme}/agreement": "agreement:read",
    "GET /college/schemes/{scheme}/agreement.csv": "agreement:read",
    "GET /college/schemes/{scheme}/reviewers": "agreement:own",
    "GET /college/schemes/{scheme}/reviewers.csv": "agreement:own",
    "GET /college/ledger": "ledger:read",
    "GET /college/ledger/check": "ledger:read",
    "GET /college/cycles/{cycle}/ledger": "ledger:read",
    "GET /team": "cycle:read",
    "GET /team/people": "colleague:read",
    "GET /team/people/{team}": "colleague:read",
    "GET /team/people/{team}/new": "person:invite",
    "POST /team/people/{team}/new": "person:invite",
    "GET /team/people/{team}/roles/{grant}/end": "colleague:end",
    "POST /team/people/{team}/roles/{grant}/end": "colleague:end",
    "GET /team/cycles/{cycle}": "assessment:share",
    "GET /team/cycles/{cycle}/criteria/{criterion}": "assessment:share",
    "POST /team/cycles/{cycle}/criteria/{criterion}": "assessment:rate",
    "POST /team/cycles/{cycle}/criteria/{criterion}/comments": "assessment:share",
    "POST /team/cycles/{cycle}/criteria/{criterion}/holder": "assessment:share",
    "POST /team/cycles/{cycle}/criteria/{criterion}/challenges": "indicator:challenge",
    "GET /team/cycles/{cycle}/evidence": "evidence:read",
    "POST /team/cycles/{cycle}/evidence/requests/{request}": "evidence:attach",
    "GET /team/cycles/{cycle}/evidence/files": "evidence:attach",
    "POST /team/cycles/{cycle}/evidence/files": "evidence:attach",
    "POST /team/cycles/{cycle}/evidence/files/uploads": "evidence:attach",
    "POST /team/cycles/{cycle}/evidence/files/uploads/{upload}": "evidence:attach",
    "POST /team/cycles/{cycle}/evidence/files/uploads/{upload}/end": "evidence:attach",
    "GET /team/cycles/{cycle}/evidence/reuse": "library:read",
    "POST /team/cycles/{cycle}/evidence/reuse": "evidence:attach",
    "POST /team/cycles/{cycle}/evidence/reuse/one": "evidence:attach",
    "POST /team/cycles/{cycle}/evidence/reuse/dismissals": "evidence:attach",
    "GET /team/cycles/{cycle}/evidence/{evidence}": "evidence:read",
    "GET /team/cycles/{cycle}/evidence/{evidence}/content": "evidence:read",
    "POST /team/cycles/{cycle}/evidence/{evidence}/withdrawal": "evidence:withdraw",
    "POST /team/cycles/{cycle}/evidence/{evidence}/explanation": "evidence:explain",
    "POST /team/cycles/{cycle}/evidence/{evidence}/places/{criterion}": "evidence:attach",
    "POST /team/cycles/{cycle}/evidence/{evidence}/replacement": "evidence:withdraw",
    "POST /team/cycles/{cycle}/evidence/{evidence}/versions": "evidence:withdraw",
    "GET /team/library": "library:read",
    "GET /team/library/{team}": "library:read",
    "POST /team/library/{team}/documents": "library:keep",
    "POST /team/library/{team}/uploads": "library:keep",
    "POST /team/library/{team}/uploads/{upload}": "library:keep",
    "POST /team/library/{team}/uploads/{upload}/end": "library:keep",
    "GET /team/library/{team}/documents/{document}": "library:read",
    "POST /team/library/{team}/documents/{document}/versions": "library:keep",
    "POST /team/library/{team}/documents/{document}/description": "library:keep",
    "GET /team/library/{team}/versions/{version}/content": "library:read",
    "GET /team/cycles/{cycle}/profile": "cycle:read",
    "POST /team/cycles/{cycle}/profile": "cycle:profile",
    "GET /team/cycles/{cycle}/gaps": "assessment:read",
    "GET /team/cycles/{cycle}/submission": "assessment:read",
    "POST /team/cycles/{cycle}/submission": "assessment:submit",
    "GET /team/cycles/{cycle}/accuracy": "accuracy:read",
    "POST /team/cycles/{cycle}/accuracy": "accuracy:agree",
    "GET /team/cycles/{cycle}/accuracy/criteria/{criterion}": "accuracy:read",
    "POST /team/cycles/{cycle}/accuracy/criteria/{criterion}": "accuracy:comment",
    "GET /team/cycles/{cycle}/accuracy/findings/{finding}": "accuracy:read",
    "POST /team/cycles/{cycle}/accuracy/findings/{finding}": "accuracy:comment",
    "GET /team/cycles/{cycle}/reviewers": "proposal:read",
    "POST /team/cycles/{cycle}/reviewers/{reviewer}": "proposal:answer",
    "GET /team/cycles/{cycle}/risks": "risk:read",
    "POST /team/cycles/{cycle}/risks/{risk}": "risk:answer",
    "GET /team/cycles/{cycle}/results": "award:read",
    "POST /team/cycles/{cycle}/results": "appeal:lodge",
    "GET /review": "invitation:read",
    "GET /review/invitations/{invitation}": "invitation:read",
    "POST /review/invitations/{invitation}": "invitation:answer",
    "GET /review/availability": "availability:state",
    "POST /review/availability": "availability:state",
    "POST /review/availability/ended": "availability:state",
    "POST /review/availability/places": "availability:state",
    "POST /review/availability/places/ended": "availability:state",
    "GET /review/figures": "agreement:own",
    "GET /review/cycles/{cycle}/certificate": "cycle:read",
    "GET /review/training": "calibration:read",
    "GET /review/training/{exercise}": "calibration:take",
    "POST /review/training/{exercise}/hand-in": "calibration:take",
    "GET /review/training/{exercise}/result": "calibration:take",
    "GET /review/training/{exercise}/criteria/{criterion}": "calibration:take",
    "POST /review/training/{exercise}/criteria/{criterion}": "calibration:take",
    "GET /review/conflicts": "conflict:declare",
    "POST /review/conflicts": "conflict:declare",
    "GET /review/cycles/{cycle}": "review:rate",
    "POST /review/cycles/{cycle}/hand-in": "review:hand_in",
    "GET /review/cycles/{cycle}/criteria/{criterion}": "review:rate",
    "POST /review/cycles/{cycle}/criteria/{criterion}": "review:rate",
    "POST /review/cycles/{cycle}/criteria/{criterion}/requests": "evidence:request",
    "GET /review/cycles/{cycle}/evidence/{evidence}": "evidence:read",
    "GET /review/cycles/{cycle}/evidence/{evidence}/shown": "evidence:read",
    "GET /review/cycles/{cycle}/risks": "risk:read",
    "POST /review/cycles/{cycle}/risks": "risk:raise",
    "GET /review/cycles/{cycle}/requests": "evidence:read",
    "GET /review/cycles/{cycle}/leaving": "review:leave",
    "POST /review/cycles/{cycle}/leaving": "review:leave",
    "GET /review/cycles/{cycle}/workbook": "review:rate",
    "GET /review/cycles/{cycle}/workbook/file": "review:rate",
    "POST /review/cycles/{cycle}/workbook/files": "review:rate",
    "GET /review/cycles/{cycle}/report": "accuracy:read",
    "GET /review/cycles/{cycle}/report/comments/{comment}": "accuracy:read",
    "POST /review/cycles/{cycle}/report/comments/{comment}": "accuracy:answer",
    "GET /review/cycles/{cycle}/findings": "finding:record",
    "GET /review/cycles/{cycle}/findings/new": "finding:record",
    "GET /review/cycles/{cycle}/findings/{key}": "finding:record",
    "POST /review/cycles/{cycle}/findings/{key}": "finding:record",
    "GET /review/cycles/{cycle}/others": "review:read",
    "GET /review/cycles/{cycle}/others/findings/{finding}": "review:read",
    "POST /review/cycles/{cycle}/others/findings/{finding}": "finding:settle",
    "GET /review/cycles/{cycle}/others/{criterion}": "review:read",
    "POST /review/cycles/{cycle}/others/{criterion}": "review:settle",
}


def test_every_route_names_exactly_the_permission_that_stands_here(client: Client) -> None:
    assert {
        f"{method} {route.path}": permission_of(route)
        for route in routes_of(client.app)
        for method in sorted(route.methods or ())
    } == TABLE, "guard the new route with Annotated[Asks, guard(Permission.…)], and enter it here"


def test_only_the_public_routes_name_none(client: Client) -> None:
    assert {
        f"{method} {route.path}"
        for route in routes_of(client.app)
        for method in route.methods or ()
        if permission_of(route) is None
    } == PUBLIC_ROUTES | OWN_ROUTES


COMPARED = frozenset({"done", "from", "head", "history", "left", "link", "next", "out"})
"""What is asked in an address and held against what is there, and never asked of the records as it stands."""

OF_A_FILE = frozenset({"file_name", "owner", "title"})
"""What is said of a file in an address: whoever keeps it looks at each sign."""


def test_what_is_asked_in_an_address_has_no_sign_that_a_database_refuses(client: Client) -> None:
    """PostgreSQL takes no NUL: what has one would be a failure there."""
    takes = {
        field.alias
        for route in routes_of(client.app)
        for field in asked_by(route.dependant)
        for said in ("a\0b", ["a\0b"])
        if not field.validate(said, {}, loc=("query",))[1]
    }
    assert takes == COMPARED | OF_A_FILE


def asked_by(dependant: Dependant) -> Iterator[Any]:
    """What is asked in the address, by the route itself and by what it depends on."""
    yield from dependant.query_params
    for one in dependant.dependencies:
        yield from asked_by(one)


def test_a_route_of_ones_own_account_asks_who_is_signed_in(client: Client) -> None:
    asked = {
        f"{method} {route.path}"
        for route in routes_of(client.app)
        for method in route.methods or ()
        if {own, own_sender} & set(calls_of(route))
    }
    assert asked == OWN_ROUTES


def test_every_form_of_a_page_has_its_token_looked_at(client: Client) -> None:
    sent = {
        f"{method} {route.path}": any(one in FORGERY_PROOF or isinstance(one, FormGuard) for one in calls_of(route))
        for route in routes_of(client.app)
        for method in route.methods or ()
        if not route.path.startswith("/api") and method != "GET"
    }
    assert sent == dict.fromkeys(sent, True), "let the handler take Sender, OwnSender or form_guard(…)"
    assert len(sent) > 8


def test_nothing_is_served_beside_these_routes_but_the_description_and_the_style_sheet(client: Client) -> None:
    known = {route.path for route in routes_of(client.app)}
    assert {getattr(route, "path", repr(route)) for route in client.app.routes} - known == {
        "/api/openapi.json",
        "/static/{path:path}",
    }


def test_the_description_names_each_permission(client: Client) -> None:
    described = client.get("/api/openapi.json").json()["paths"]
    told = {
        f"{method.upper()} {path}": one.get("x-permission")
        for path, ways in described.items()
        for method, one in ways.items()
    }
    assert told == {way: permission for way, permission in TABLE.items() if " /api/" in way}


@pytest.mark.parametrize(
    "header",
    [
        "Bearer unknown",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "unknown",
        "",
        "Bearer " + "é" * 40,
        "Bearer \xff\xfe",
    ],
)
def test_a_wrong_token_is_refused_and_never_taken_for_no_token(client: Client, header: str) -> None:
    answer = client.get("/api/register", headers={"Authorization": header.encode("latin-1")})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="accreditation"')


def test_two_authorisations_at_once_are_refused(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    right = f"Bearer {client.token(OFFICE)}"
    answer = client.get("/api/cycles", headers=[("Authorization", right), ("Authorization", right)])
    assert answer.status_code == 401


def test_an_expired_token_is_refused(client: Client) -> None:
    at = client.house.now()
    secret = create_token(
        client.house.database, principal=OFFICE, name="late", role=Role.OFFICE, team_id=None, reviewer_id=None,
        valid_for=timedelta(days=1), at=at - timedelta(days=2),
    )  # fmt: skip
    assert client.get("/api/register", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_the_word_bearer_may_be_written_small(at_stage: AtStage) -> None:
    client = at_stage(Stage.SELF_ASSESSMENT)
    answer = client.get("/api/cycles", headers={"Authorization": f"bearer {client.token(LEAD)}"})
    assert [one["id"] for one in answer.json()["items"]] == [1]


def test_a_token_is_shown_once_and_lets_its_holder_in(client: Client) -> None:
    made = client.post("/api/tokens", by=OFFICE, json={"name": "committee", "role": "committee"}).json()
    assert set(made) == {"name", "secret", "expires_at"}
    assert client.get("/api/cycles", headers={"Authorization": f"Bearer {made['secret']}"}).json()["items"] == []
