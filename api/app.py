"""The application: every route, every page, and what happens at the edge."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from accreditation.wiring import House
from api.attempts import provider_of
from api.edge import Edge
from api.finding import Finding
from api.guard import permission_of, routes_of
from api.pages import register as pages
from api.pages.college import (
    appointing,
    arranging,
    conditions,
    deciding,
    drafts_out,
    ending,
    facts,
    files,
    glance,
    jobs,
    people,
    taking_off,
    to_decide,
)
from api.pages.college import archive as own_archive
from api.pages.college import cycle as one_cycle
from api.pages.college import drafts as scheme_drafts
from api.pages.college import enrolling as college_enrolling
from api.pages.college import exercises as college_exercises
from api.pages.college import figures as college_figures
from api.pages.college import handbook as authors_handbook
from api.pages.college import ledger as college_ledger
from api.pages.college import organisations as college_organisations
from api.pages.college import proposals as college_proposals
from api.pages.college import renaming as college_renaming
from api.pages.college import reviewer as college_reviewer
from api.pages.college import reviewers as college_reviewers
from api.pages.college import rounds as college_rounds
from api.pages.college import schemes as college_schemes
from api.pages.college import teams as college_teams
from api.pages.review import criterion as visited_criterion
from api.pages.review import figures as own_figures
from api.pages.review import findings as own_findings
from api.pages.review import invitation as own_invitation
from api.pages.review import leaving, oneself, others, own_review, training
from api.pages.review import report as visit_report
from api.pages.review import requests as visit_requests
from api.pages.review import risks as visit_risks
from api.pages.review import visits as own_visits
from api.pages.review import workbook as visit_workbook
from api.pages.signing import account, demonstration, invitation, joining, offers, provider, sign_in
from api.pages.team import accuracy as own_report
from api.pages.team import criterion as own_criterion
from api.pages.team import cycle as own_cycle
from api.pages.team import cycles as own_cycles
from api.pages.team import evidence as own_evidence
from api.pages.team import gaps, one_file, profile, results, reuse, submission
from api.pages.team import library as own_library
from api.pages.team import people as own_people
from api.pages.team import reviewers as own_reviewers
from api.pages.team import risks as own_risks
from api.pretending import Pretending
from api.problem_shapes import Problem
from api.problems import answer_with_problems
from api.routes import (
    accuracy,
    aftermath,
    agreement,
    archives,
    assessment,
    awards,
    burden,
    calibration,
    carry_over,
    clearance,
    cycles,
    drafts,
    evidence,
    evidence_forms,
    findings,
    health,
    indicator_files,
    indicators,
    invitations,
    library,
    office,
    proposals,
    register,
    requests,
    retention,
    review_workbook,
    reviewers,
    reviews,
    risks,
    rounds,
    schemes,
    suggestions,
    teams,
    uploads,
    visits,
)
from api.sending import Sent
from api.statics import Statics

ABOUT = """\
The engine of accreditation schemes for clinical teams: self-assessment, evidence, peer review, award, public register.

Send a token as `Authorization: Bearer …`; without one you are the public. Every refusal is a problem (RFC 9457) whose
`type` is stable. Answers and ratings carry `seen_version`, the version that was on the screen: nobody overwrites
anybody unseen. Lists are read with `after` and `limit`.
"""

ROUTERS = (
    health, schemes, drafts, teams, rounds, cycles, carry_over, assessment, indicators, indicator_files, library,
    suggestions, evidence, evidence_forms, clearance, retention, uploads, reviewers, proposals, invitations,
    reviews, review_workbook, findings, requests, risks, accuracy, awards, aftermath, archives, agreement, burden,
    calibration, register, visits, office, pages, sign_in, provider, invitation, account, offers, joining, people,
    own_cycles, own_cycle, own_people, own_criterion, own_evidence, reuse, one_file, own_library, profile, gaps,
    submission, own_report, results, own_risks, own_reviewers,
    own_visits, own_invitation, oneself,
    own_review, visited_criterion, own_findings, others, own_figures, visit_risks, visit_requests, leaving,
    visit_workbook, visit_report, training,
    college_schemes, scheme_drafts, drafts_out, authors_handbook, college_figures, college_ledger,
    college_rounds, college_enrolling, college_proposals, arranging,
    glance, one_cycle, ending, to_decide, appointing, taking_off, conditions, deciding, facts, files, jobs, own_archive,
    college_reviewers, college_reviewer, college_exercises, college_teams, college_organisations,
    college_renaming,
)  # fmt: skip


def create_app(house: House, *, demo: bool = False) -> FastAPI:
    """The application that shows and does what this house keeps.

    With `demo` anybody at this machine may be anybody: then, and only then, it has the page for it.
    """
    app = FastAPI(
        title="Accreditation", version="1", description=ABOUT, openapi_url="/api/openapi.json", docs_url=None,
        redoc_url=None, redirect_slashes=False, generate_unique_id_function=_name,
    )  # fmt: skip
    statics = Statics(colour=house.settings.college_colour)
    app.state.house, app.state.statics, app.state.pretending = house, statics, Pretending(possible=demo)
    app.state.provider = provider_of(house)
    for each in (*ROUTERS, demonstration) if demo else ROUTERS:
        app.router.routes.extend(each.router.routes)
    app.router.routes.append(statics.route)
    app.router.middleware_stack = app.state.finding = Finding(app.router)
    answer_with_problems(app)
    limits = house.settings
    sent = Sent(requests=limits.uploads_an_hour, size=limits.upload_bytes_an_hour)
    app.add_middleware(Edge, secure=house.site.startswith("https://"), sent=sent)
    _describe(app)
    return app


def _name(route: APIRoute) -> str:
    return f"{route.tags[0]}:{route.name}" if route.tags else route.name


def _describe(app: FastAPI) -> None:
    """Add to the description what FastAPI cannot know: the permission of each route, and the shape of a problem."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = plain()
            shapes = schema.setdefault("components", {}).setdefault("schemas", {})
            shapes["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            shapes |= shapes["Problem"].pop("$defs", {})
            for route in routes_of(app):
                for method in (route.methods or ()) if route.include_in_schema else ():
                    permission = permission_of(route)
                    if permission is not None:
                        schema["paths"][route.path_format][method.lower()]["x-permission"] = permission.value
        return app.openapi_schema or {}

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to change the description
