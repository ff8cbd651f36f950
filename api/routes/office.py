"""What the college office looks after: the ledger, the jobs of the engine, tokens."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from accreditation.actions.create_token import create_token
from accreditation.actions.release_job import release_job
from accreditation.rules.permissions import Permission
from accreditation.views import college as view
from accreditation.views.looking import Page
from api.guard import Asks, guard
from api.inputs.bounds import ON_ONE_LINE, After, JobId, Limit
from api.inputs.college import TokenSent
from api.routes.making import Done, routes

router = routes("office")

LedgerReader = Annotated[Asks, guard(Permission.LEDGER_READ)]
JobReader = Annotated[Asks, guard(Permission.JOB_READ)]
Releaser = Annotated[Asks, guard(Permission.JOB_RELEASE)]
TokenMaker = Annotated[Asks, guard(Permission.TOKEN_CREATE)]
About = Annotated[
    str | None, Query(max_length=200, pattern=ON_ONE_LINE, description="Only entries about this, as in cycle:7.")
]
OnlyHeld = Annotated[bool | None, Query(description="Only jobs that are held for a person, or only others.")]


class TokenMade(BaseModel):
    """A token. The secret is shown this once: only its digest is kept."""

    name: str
    secret: str = Field(description="Shown once. Send it as 'Authorization: Bearer …'.")
    expires_at: datetime


@router.get("/ledger", response_model=Page[view.LedgerEntryShown])
def ledger(
    asks: LedgerReader, subject: About = None, after: After = 0, limit: Limit = 100
) -> Page[view.LedgerEntryShown]:
    """Who did what to what, and when? Oldest first."""
    return view.ledger(asks.database, principal=asks.principal, subject=subject, after=after, limit=limit)


@router.get("/ledger/verification", response_model=view.Verification)
def verification(asks: LedgerReader) -> view.Verification:
    """Does the ledger's chain recompute? Reads all of it."""
    return view.verification(asks.database, principal=asks.principal)


@router.get("/jobs", response_model=view.Jobs)
def jobs(asks: JobReader, held: OnlyHeld = None) -> view.Jobs:
    """What does the engine still have to do, and what is held for a person?"""
    return view.waiting_jobs(asks.database, principal=asks.principal, held=held)


@router.post("/jobs/{job}/release", response_model=Done)
def release(job: JobId, asks: Releaser) -> Done:
    """Let a job that is held be tried again."""
    release_job(asks.database, principal=asks.principal, job_id=job, at=asks.at)
    return Done()


@router.post("/tokens", response_model=TokenMade, status_code=201)
def make_token(sent: TokenSent, asks: TokenMaker) -> TokenMade:
    """Make a token for a role, bound to a team or a reviewer where the role needs it."""
    valid_for = timedelta(days=sent.valid_for_days)
    secret = create_token(
        asks.database, principal=asks.principal, name=sent.name, role=sent.role, team_id=sent.team,
        reviewer_id=sent.reviewer, valid_for=valid_for, at=asks.at,
    )  # fmt: skip
    return TokenMade(name=sent.name, secret=secret, expires_at=asks.at + valid_for)
