"""Worlds that differ in one thing: what another reviewer did. And everything that somebody is answered in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import httpx

from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from tests.api.asking import Client
from tests.api.conftest import AtStage
from tests.api.test_everybody import IN_REVIEW, WHO, send
from tests.api.test_guard import TABLE
from tests.api.watching import Asked, stand_still, watched
from tests.walking import ANSWERS, NORTHS_LEAD, reviewer, work

LAY, LEAD_REVIEWER = reviewer(4), reviewer(NORTHS_LEAD)
SECRET = "The rota has two nights without a consultant."

TAKE_A_TOKEN = frozenset(way for way in TABLE if " /api/" in way or TABLE[way] == "register:read")
"""The ways on which it says something who has which token. The other pages know cookies: there everybody is anybody."""

READS = [way for way in TABLE if way.startswith("GET")]
LEAVES = ("/conflicts", "/departure", "/withdrawal")
"""What ends somebody's part in the cycle, or the cycle: it is sent last."""

WRITES = sorted((way for way in TABLE if not way.startswith("GET")), key=lambda way: way.endswith(LEAVES))


def rates(client: Client, who: Principal, *, rating: str, note: str, names: Sequence[str] = tuple(ANSWERS)) -> None:
    given = {name: {"answer": {"rating": rating, "note": note}, "seen_version": 0} for name in names}
    assert client.post("/api/cycles/1/review", by=who, json={"answers": given}).status_code == 200


def finds(client: Client, who: Principal) -> None:
    """Two findings, one of them with a second version, and a workbook taken along."""
    for key, version in (("a", 0), ("a", 1), ("b", 0)):
        said = {"kind": "key_action", "criterion": "1.01", "text": f"{SECRET} {version}", "seen_version": version}
        assert client.put(f"/api/cycles/1/review/findings/{key}", by=who, json=said).status_code == 200
    assert client.get("/api/cycles/1/review/workbook", by=who).status_code == 200


def asks_and_warns(client: Client, who: Principal) -> None:
    """A request for more evidence on 1.01, and an immediate risk: the team is told of both, as it must be."""
    asked = client.post("/api/cycles/1/review/criteria/1.01/requests", by=who, json={"question": SECRET})
    warned = client.post("/api/cycles/1/risks", by=who, json={"criterion": "1.01", "text": SECRET})
    assert (asked.status_code, warned.status_code) == (201, 201)


def hands_in(client: Client, who: Principal) -> None:
    assert client.post("/api/cycles/1/review/hand-in", by=who).json() == {"done": True}


def worlds(at_stage: AtStage, *, telling: bool = False) -> list[Client]:
    """Engines in which the lay reviewer did nothing, began, rated and found everything, and handed in as well.

    Where it is `telling`, they asked the team for more and raised a risk besides. All are asked at one moment.
    """
    nothing, begun, rated, handed_in = (at_stage(Stage.REVIEW) for _ in range(4))
    stand_still(nothing, begun, rated, handed_in)
    rates(begun, LAY, rating="not_met", note=SECRET, names=["1.01"])
    for client in (rated, handed_in):
        rates(client, LAY, rating="not_met", note=SECRET)
        finds(client, LAY)
    for client in (begun, rated, handed_in) if telling else ():
        asks_and_warns(client, LAY)
    hands_in(handed_in, LAY)
    work(handed_in.house, Kind.REVIEW, at=handed_in.house.now())
    return [nothing, begun, rated, handed_in]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer: status, every header, and content; and what it took to give it, which the asker can time."""

    status: int
    headers: Sequence[tuple[str, str]]
    content: bytes
    took: Sequence[Any]


Count = Literal["rows", "steps", "number"]
"""What is compared of a statement besides its text: its rows and steps, the number of rows and steps, or the number."""


def told(
    client: Client,
    who: str,
    ways: Sequence[str] = READS,
    *,
    count: Count = "steps",
    but: Mapping[str, int] | None = None,
) -> Mapping[str, Told]:
    """All that this person is answered on these ways, one after the other, and what it took.

    On ways that take no token the public asks for all. Each answer has the status that the table of everybody says
    (`but` for these ways): two refusals are equal whatever they keep back. A way that is in no table fails.
    """
    found = {way: watch(client, way, who, count=count) for way in asked_by(who, ways)}
    expected = {way: IN_REVIEW[way][WHO.index(who)] for way in found} | dict(but or {})
    assert {way: one.status for way, one in found.items()} == expected
    return found


def watch(client: Client, way: str, who: str, *, count: Count = "steps") -> Told:
    """What is this person answered on this way, and what did it take?

    Where an answer is made from the very same rows, making it is the same work.
    """
    with watched(client.house.database, steps=count != "number") as asked:
        answer = send(client, way, who)
    return replace(_said(answer), took=[_took(one, count) for one in asked])


def _said(answer: httpx.Response) -> Told:
    """What was answered, whatever it took."""
    headers = sorted(answer.headers.items())
    return Told(status=answer.status_code, headers=headers, content=answer.content, took=())


def _took(one: Asked, count: Count) -> tuple[Any, ...]:
    """The ledger's last entry is everybody's: of it the number counts alone."""
    rows = one.rows if count == "rows" and "FROM ledger_entry" not in one.statement else len(one.rows)
    return one.statement, rows, one.steps if count != "number" else None


def read(client: Client, who: str) -> Mapping[str, Told]:
    """All that this person reads at whatever stage, without what it took: for worlds that differ in something else."""
    return {way: _said(send(client, way, who)) for way in asked_by(who, READS)}


def asked_by(who: str, ways: Sequence[str]) -> list[str]:
    """These ways; of those that take no token none but where the public asks, who stands for all."""
    return [way for way in ways if who == "public" or way in TAKE_A_TOKEN]


def differing(answers: Sequence[Mapping[str, Told]]) -> list[str]:
    """On which ways is something else told than in the first of these worlds, and what?"""
    first, *others = answers
    return [
        f"{way}, world {number}: {part} {getattr(first[way], part)!r} -> {getattr(other[way], part)!r}"
        for number, other in enumerate(others, start=2)
        for way in first
        for part in Told.__slots__
        if getattr(first[way], part) != getattr(other[way], part)
    ]


def text(answers: Mapping[str, Told]) -> str:
    """All that is said in these answers, to be searched."""
    return "".join(one.content.decode(errors="replace") for one in answers.values())
