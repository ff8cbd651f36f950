"""What an upload that comes in pieces is to become, as the note beside its bytes remembers it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from accreditation.actions.attach_evidence import Upload
from accreditation.actions.keep_document import Document
from accreditation.evidence.arrival import Arrival
from accreditation.rules.library import Described
from accreditation.rules.on_the_way import OnTheWay
from accreditation.rules.people import Principal, Role

DAYS = ("effective_on", "review_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForCycle:
    """The file is to be evidence of this cycle."""

    cycle: int
    file: Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class ForLibrary:
    """The file is to be kept in this team's library; as a version of a document there, where one is named."""

    team: int
    file: Document


Purpose = ForCycle | ForLibrary


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """How far an upload is, and of what.

    `became` is empty until its last byte is there; then it names `evidence`, or `document` and `version`, by their ids.
    """

    arrival: Arrival
    purpose: Purpose
    became: Mapping[str, int]

    @property
    def goes_on(self) -> bool:
        """Does it go on when the same file is sent again? A program alone knows where one goes on that has no mark."""
        return "mark" in self.arrival.about


def coming(arrival: Arrival) -> Coming:
    """This upload, with what it is to become and what it became."""
    return Coming(arrival=arrival, purpose=_purpose(arrival), became=_became(arrival.outcome))


def whose(principal: Principal) -> str:
    """Who begins an upload, as its note says it: nobody else sees that it exists."""
    return json.dumps([principal.role.value, principal.name, principal.team])


def is_own(arrival: Arrival, principal: Principal) -> bool:
    """Did this person begin it?"""
    return arrival.about.get("by") == whose(principal)


def is_of_team(arrival: Arrival, team: int | None) -> bool:
    """Did somebody of this team begin it?"""
    return team_of(arrival) == team


def team_of(arrival: Arrival) -> int | None:
    """Of which team is whoever began it?"""
    team: int | None = json.loads(arrival.about["by"])[2]
    return team


def begun_by(arrival: Arrival) -> str:
    """Who began it, by name?"""
    name: str = json.loads(arrival.about["by"])[1]
    return name


def may_drop(arrival: Arrival, principal: Principal) -> bool:
    """May this person forget it? Whoever began it, and the lead of their team."""
    return is_own(arrival, principal) or (principal.role is Role.TEAM_LEAD and is_of_team(arrival, principal.team))


def noted(principal: Principal, purpose: Purpose, *, mark: str = "") -> Mapping[str, str]:
    """What is remembered beside the bytes; `mark` is what its sender knows the file by, where they say it."""
    known = {"by": whose(principal)} | ({"mark": mark} if mark else {})
    match purpose:
        case ForCycle(cycle=cycle, file=upload):
            return {**known, "cycle": str(cycle), "upload": json.dumps(asdict(upload), default=str)}
        case ForLibrary(file=document):
            return {**known, "document": json.dumps(asdict(document), default=str)}


def is_same_file(arrival: Arrival, purpose: Purpose, *, mark: str) -> bool:
    """Is this the same file on its way to the same place, for all that its sender says? What is said of it may differ.

    By its name, its length, and its mark: files are often called alike.
    """
    if not mark or arrival.about.get("mark") != mark or arrival.length != purpose.file.announced_length:
        return False
    before = _purpose(arrival)
    return before.file.file_name == purpose.file.file_name and _place(before) == _place(purpose)


def outcome_of(became: Mapping[str, int]) -> str:
    """What an upload became, as it is remembered."""
    return json.dumps(dict(became))


def on_the_way(arrival: Arrival, principal: Principal) -> OnTheWay:
    """This upload as one that is not finished."""
    return OnTheWay(
        own=is_own(arrival, principal),
        droppable=may_drop(arrival, principal),
        by=begun_by(arrival),
        name=arrival.name,
        file_name=_purpose(arrival).file.file_name,
        size=arrival.length or 0,
        arrived=arrival.offset,
        until=arrival.expires_at,
    )


def _place(purpose: Purpose) -> tuple[str, int, int | None]:
    match purpose:
        case ForCycle(cycle=cycle):
            return "cycle", cycle, None
        case ForLibrary(team=team, file=document):
            return "library", team, document.item


def _purpose(arrival: Arrival) -> Purpose:
    about = arrival.about
    if "cycle" in about:
        return ForCycle(cycle=int(about["cycle"]), file=Upload(**_with_days(json.loads(about["upload"]))))
    said = json.loads(about["document"])
    described = Described(**_with_days(said["described"]))
    return ForLibrary(team=team_of(arrival) or 0, file=Document(**{**said, "described": described}))


def _with_days(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, **{key: date.fromisoformat(said[key]) for key in DAYS if said[key]}}


def _became(outcome: str | None) -> Mapping[str, int]:
    """Uploads that became evidence were remembered by its number alone."""
    found: int | dict[str, int] = json.loads(outcome or "{}")
    return {"evidence": found} if isinstance(found, int) else found
