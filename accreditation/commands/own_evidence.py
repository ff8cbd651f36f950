"""accredit evidence offers, explain, replace and withdraw: what a team does about its own files, with its token."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console

from accreditation.commands.suggestions import attached, pairs, wanted
from accreditation.commands.uploading.server import Server, connected, openly
from accreditation.commands.uploading.upload import HERE, OPENLY, TokenFile, Url, token_of
from accreditation.errors import NotFound

Evidence = Annotated[int, typer.Argument(metavar="EVIDENCE", min=1, max=2**31 - 1, help="The file's number.")]
Cycle = Annotated[int, typer.Option(min=1, max=2**31 - 1, help="The team's cycle.")]

EXPLAINABLE = {"quarantined": "To explain it", "explained": "To explain it in other words"}
"""States in which the team says why no patient can be told from a file, and how that is called."""


def offers(
    cycle: Cycle,
    attach: Annotated[
        list[str] | None,
        typer.Option(help="Attach a document to a criterion, as in 3=1.05; may be repeated. All of them or none."),
    ] = None,
    url: Url = HERE,
    token_file: TokenFile = None,
) -> None:
    """List what the team's documents, attached elsewhere, would answer in a cycle; and why one would not be taken."""
    confirmed = pairs("--attach", attach or ())
    with _engine(url, token_file) as server:
        path = f"/api/cycles/{cycle}/evidence"
        found = server.read(f"{path}/offers")
        if confirmed:
            server.send(f"{path}/from-library", {"documents": wanted(found["documents"], confirmed)})
            found = server.read(f"{path}/offers")
            _say(*attached(server, cycle, confirmed))
    _say(*offered(found, cycle))


def offered(found: Mapping[str, Any], cycle: int) -> list[str]:
    """What a person reads of these offers, and how they go on."""
    told, first = [found["words"]], ""
    for document in found["documents"]:
        told.append(f"document {document['document']}, '{document['title']}', version {document['number']}")
        for one in document["offered"]:
            first = first or f"{document['document']}={one['criterion']}"
            whole = "" if one["how_much"] == "whole" else ", in part"
            told += [f"  {one['criterion']}  {one['title']}{whole}", *(f"      {why}" for why in one["because"])]
        told += [f"  {one['criterion']}  not offered: {one['why_not']}" for one in document["not_offered"]]
    if first:
        told.append(f"Attach what you find right: accredit evidence offers --cycle {cycle} --attach {first}")
    return told


def explain(
    evidence: Evidence,
    cycle: Cycle,
    reason: Annotated[str, typer.Option(help="Why no patient can be told from it. Never write a number here.")] = "",
    seen: Annotated[
        int | None,
        typer.Option(min=0, max=2**31 - 1, help="The step that you answer, as it is shown without --reason."),
    ] = None,
    url: Url = HERE,
    token_file: TokenFile = None,
) -> None:
    """Show how a file of the team stands and what was found in it; with --reason, say why no patient can be told."""
    if reason and seen is None:
        raise typer.BadParameter("Look first, without --reason: then it is said which --seen belongs to what you read.")
    with _engine(url, token_file) as server:
        if reason:
            path = f"/api/cycles/{cycle}/evidence/{evidence}/explanation"
            server.put(path, {"reason": reason, "seen_version": seen})
        found = server.read(f"/api/cycles/{cycle}/evidence")["evidence"]
    _say(*explained(_the(evidence, found), cycle))


def explained(one: Mapping[str, Any], cycle: int) -> list[str]:
    """How the file stands, what was found in it, what was said of it, and what the team does."""
    if one["deleted"] is not None:
        return [f"evidence {one['id']}, '{one['title']}': {one['deleted']['words']}", "Nothing is left to explain."]
    stands = one["clearance"]
    told = [f"evidence {one['id']}, '{one['title']}', is {stands['state']}: {stands['meaning']}."]
    told += [f"  found: {place['what']}, {place['label']}: {place['masked']}" for place in stands["found"]]
    told += [f"  {said['at'][:10]} {said['state']}, {said['by']}: {said['reason']}" for said in stands["said"]]
    told += [f"What to do: {stands['to_do']}."] if stands["to_do"] else []
    named = f"{one['id']} --cycle {cycle}"
    if stands["state"] in EXPLAINABLE:
        typed = f"accredit evidence explain {named} --seen {stands['version']} --reason '...'"
        told.append(f"{EXPLAINABLE[stands['state']]}: {typed}")
    if not stands["open"]:
        told.append(f"To put another version there: accredit evidence replace {named} --version N")
        told.append(f"To take it back: accredit evidence withdraw {named} --reason '...'")
    return told


def replace(
    evidence: Evidence,
    cycle: Cycle,
    version: Annotated[
        int, typer.Option(min=1, max=2**31 - 1, help="The version of a document in the library that takes its place.")
    ],
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")] = "",
    url: Url = HERE,
    token_file: TokenFile = None,
) -> None:
    """Put a version from the team's library in the place of a file, for the same criteria. The older row stays."""
    with _engine(url, token_file) as server:
        path = f"/api/cycles/{cycle}/evidence/{evidence}/replacement"
        done = server.send(path, {"version": version, "reason": reason})
        newer = _the(done["id"], server.read(f"/api/cycles/{cycle}/evidence")["evidence"])
    _say(f"Evidence {newer['id']} stands in the place of evidence {evidence}.")
    wrong = explained(newer, cycle) if newer["clearance"]["to_do"] else []
    wrong += [f"It does not answer {name} today: {why}." for name, why in newer["out_of_date"].items()]
    _say(*wrong)
    if wrong:
        raise typer.Exit(1)


def withdraw(
    evidence: Evidence,
    cycle: Cycle,
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")],
    url: Url = HERE,
    token_file: TokenFile = None,
) -> None:
    """Take a file back, with a reason. What was withdrawn stays for the team and the college to see."""
    with _engine(url, token_file) as server:
        server.send(f"/api/cycles/{cycle}/evidence/{evidence}/withdrawal", {"reason": reason})
    _say(f"Evidence {evidence} is withdrawn.")


def _the(evidence: int, found: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """This file, of those that stand in the cycle. Raises NotFound."""
    for one in found:
        if one["id"] == evidence:
            return one
    raise NotFound("There is no such file in this cycle, or it stands there no more.")


@contextmanager
def _engine(url: str, token_file: Any) -> Iterator[Server]:
    """The running engine at this address, with the team's token."""
    if openly(url):
        Console(stderr=True, highlight=False, soft_wrap=True).print(OPENLY, style="yellow")
    with connected(url, token_of(token_file)) as http:
        yield Server(http)


def _say(*lines: str) -> None:
    out = Console(highlight=False, soft_wrap=True)
    for line in lines:
        out.print(line, markup=False)
