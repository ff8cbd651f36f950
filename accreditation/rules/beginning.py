"""Whether a proposed review team may begin: confirmed by the office, complete, and agreed to by all who are asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Answer = Literal["no_conflict", "conflict", "accepts", "declines"]
"""What is answered about a seat: the first two by the service; a reviewer accepts, declines or has a conflict."""

ANSWERS: Mapping[str, Answer] = {one: one for one in get_args(Answer)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody whom the office asked to a seat: which sides are asked about it, and what each has said so far."""

    name: str
    reviewer: int
    role: str
    service_asked: bool
    reviewer_asked: bool
    service_said: Answer | None = None
    reviewer_said: Answer | None = None


def still_lacking(
    *,
    proposed: Collection[tuple[int, str]],
    empty: int,
    sitting: Collection[tuple[int, str]],
    invited: Collection[Asked],
) -> tuple[str, ...]:
    """What does this team lack before it may begin? Empty where nothing does; then the engine seats it.

    `proposed` are the (reviewer, role) of the newest proposal, `empty` how many places of it are empty, `sitting` and
    `invited` who stands. Where something is to be confirmed, the answers to what stands are no matter yet.
    """
    if not proposed:
        return ("no review team is proposed yet",)
    if empty:
        return (f"{empty} {'place is' if empty == 1 else 'places are'} empty in the proposed team",)
    if {*sitting, *((one.reviewer, one.role) for one in invited)} != {*proposed}:
        return ("the college office has yet to confirm the proposed team",)
    service = [one.name for one in invited if one.service_asked and one.service_said != "no_conflict"]
    answers = [one.name for one in invited if one.reviewer_asked and one.reviewer_said != "accepts"]
    return (
        *([f"the service has yet to say whether it has a conflict with {', '.join(service)}"] if service else []),
        *([f"{', '.join(answers)} has yet to accept" if len(answers) == 1 else _have(answers)] if answers else []),
    )


def _have(names: Collection[str]) -> str:
    return f"{', '.join(names)} have yet to accept"
