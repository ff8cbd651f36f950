"""What reviewers find besides their ratings: drafts, those handed in, and what the lead makes of each."""

from typing import Annotated

from pydantic import BaseModel, Field

from accreditation.actions.record_finding import record_finding
from accreditation.actions.settle_finding import settle_finding
from accreditation.rules.permissions import Permission
from accreditation.views import findings as view
from api.guard import Asks, guard
from api.inputs.bounds import CycleId, FindingId, FindingKey
from api.inputs.reviews import FindingSent, FindingSettledSent
from api.routes.making import routes

router = routes("findings")

Reader = Annotated[Asks, guard(Permission.FINDING_READ)]
Recorder = Annotated[Asks, guard(Permission.FINDING_RECORD)]
Settler = Annotated[Asks, guard(Permission.FINDING_SETTLE)]


class Recorded(BaseModel):
    """The finding is kept as a draft."""

    key: str
    version: int = Field(description="The `seen_version` that the next save must carry.")


class FindingsLeft(BaseModel):
    """The finding is settled."""

    left: tuple[str, ...] = Field(description="Names of the findings that still wait.")


@router.get("/cycles/{cycle}/findings", response_model=view.Findings)
def findings(cycle: CycleId, asks: Reader) -> view.Findings:
    """Which findings may the asker see? Before the own hand-in, a reviewer sees their own drafts alone."""
    return view.findings_of(asks.database, principal=asks.principal, cycle_id=cycle)


@router.put("/cycles/{cycle}/review/findings/{key}", response_model=Recorded)
def record(cycle: CycleId, key: FindingKey, sent: FindingSent, asks: Recorder) -> Recorded:
    """Save a finding as a draft, under a key that the reviewer's program chooses: sending it twice keeps it once."""
    version = record_finding(
        asks.database, principal=asks.principal, cycle_id=cycle, key=key, found=sent.found(), at=asks.at
    )
    return Recorded(key=key, version=version)


@router.put("/cycles/{cycle}/findings/{finding}", response_model=FindingsLeft)
def settle(cycle: CycleId, finding: FindingId, sent: FindingSettledSent, asks: Settler) -> FindingsLeft:
    """Keep, amend or withdraw a finding that was handed in, with a reason that stays."""
    left = settle_finding(
        asks.database, principal=asks.principal, cycle_id=cycle, finding=finding, how=sent.how,
        amended=None if sent.amended is None else sent.amended.words(), reason=sent.reason, at=asks.at,
    )  # fmt: skip
    return FindingsLeft(left=left)
