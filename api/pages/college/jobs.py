"""Jobs of the engine that failed and are held: the college office lets each be tried again."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accreditation.actions.release_job import release_job
from accreditation.rules.grants import Area
from accreditation.rules.permissions import Permission
from accreditation.views.college import waiting_jobs
from api.inputs.bounds import JobId
from api.pages.college.framing import at_college
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.presenting.college.jobs import job
from api.visiting import Visit, form_guard, page_guard

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/college/jobs", response_model=None)
def jobs(visit: Annotated[Visit, page_guard(Permission.JOB_READ, Area.COLLEGE)]) -> Response:
    """Every job that is held."""
    found = waiting_jobs(visit.database, principal=visit.principal, held=True)
    told = [job(one, words_of(visit.visitor.request)) for one in found.jobs]
    return at_college(visit, "college/jobs.html", here="/college", told=told)


@router.post("/college/jobs/{job}/release", response_model=None)
def release(visit: Annotated[Visit, form_guard(Permission.JOB_RELEASE, Area.COLLEGE)], job: JobId) -> Response:
    """Let this job be tried again."""
    release_job(visit.database, principal=visit.principal, job_id=job, at=visit.at)
    return RedirectResponse("/college/jobs", SEE_OTHER)
