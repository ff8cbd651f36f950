"""accredit evidence suggestions: where a team's documents may belong, and a person's word on each."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console

from accreditation.commands.uploading.server import Server, connected, openly
from accreditation.commands.uploading.upload import HERE, OPENLY, TokenFile, Url, token_of
from accreditation.errors import Fault, Invalid

Pairs = Sequence[tuple[int, str]]
"""Documents and criteria."""


def suggestions(
    cycle: Annotated[int, typer.Option(min=1, max=2**31 - 1, help="The team's cycle.")],
    attach: Annotated[
        list[str] | None,
        typer.Option(help="Attach a document to a criterion, as in 3=1.05; may be repeated. All of them or none."),
    ] = None,
    dismiss: Annotated[
        list[str] | None,
        typer.Option(help="A document does not belong to a criterion, as in 3=2.01; may be repeated."),
    ] = None,
    url: Url = HERE,
    token_file: TokenFile = None,
    json: Annotated[bool, typer.Option("--json", help="Say everything as JSON.")] = False,
) -> None:
    """List which criteria the documents of your team's library may answer in a cycle, and why.

    With --attach and --dismiss, say what you decide of it; then what is left is listed. Asked of a running engine, with
    a token of the team: nobody else reads suggestions.
    """
    confirmed, refused = pairs("--attach", attach or ()), pairs("--dismiss", dismiss or ())
    out = Console(highlight=False, soft_wrap=True)
    if openly(url):
        Console(stderr=True, highlight=False, soft_wrap=True).print(OPENLY, style="yellow")
    with connected(url, token_of(token_file)) as http:
        server = Server(http)
        found = decided(server, cycle, attach=confirmed, dismiss=refused)
        done = [] if json else attached(server, cycle, confirmed)
    done += [f"Dismissed: document {document} for {criterion}." for document, criterion in refused]
    if json:
        out.print_json(data=found)
    else:
        for line in [*done, *lines(found, cycle)]:
            out.print(line, markup=False)


def decided(server: Server, cycle: int, *, attach: Pairs = (), dismiss: Pairs = ()) -> Any:
    """Do what is decided, and say what is suggested after it. Raises Invalid for a document that is not listed."""
    path = f"/api/cycles/{cycle}/evidence"
    found = server.read(f"{path}/suggestions")
    if attach:
        server.send(f"{path}/from-library", {"documents": wanted((*found["documents"], *found["left"]), attach)})
    for document, criterion in dismiss:
        server.send(f"{path}/suggestions/dismissal", {"document": document, "criterion": criterion})
    return server.read(f"{path}/suggestions") if attach or dismiss else found


def attached(server: Server, cycle: int, confirmed: Pairs) -> list[str]:
    """What was attached now, and of each what keeps it from answering its criterion today."""
    told = []
    shown = server.read(f"/api/cycles/{cycle}/evidence")["evidence"] if confirmed else []
    for document, criterion in confirmed:
        found = [one for one in shown if one["document"] == document and criterion in one["criteria"]]
        for one in found[-1:]:
            beware = one["out_of_date"].get(criterion, "")
            told.append(f"Attached: document {document}, '{one['title']}', to {criterion} (evidence {one['id']}).")
            told += [f"  beware: it does not answer it today: {beware}"] if beware else []
    return told


def wanted(listed: Sequence[Mapping[str, Any]], confirmed: Pairs) -> list[Mapping[str, Any]]:
    """What is to be attached of these documents, as it is sent. Raises Invalid for one that is not listed."""
    versions = {one["document"]: one["version"] for one in listed}
    strangers = sorted({document for document, _ in confirmed} - set(versions))
    if strangers:
        allowed = f"one of {', '.join(map(str, versions)) or 'none'}, as the list has them"
        raise Invalid([Fault(where="--attach", found=f"document {one}", allowed=allowed) for one in strangers])
    criteria: dict[int, list[str]] = {}
    for document, criterion in confirmed:
        criteria.setdefault(versions[document], []).append(criterion)
    return [{"version": version, "criteria": names} for version, names in criteria.items()]


def pairs(option: str, given: Sequence[str]) -> Pairs:
    """Documents and criteria, as they are written on the line: 3=1.05."""
    told = [(document.strip(), criterion.strip()) for one in given for document, _, criterion in [one.partition("=")]]
    wrong = [one for one, (document, criterion) in zip(given, told, strict=True) if not (_id(document) and criterion)]
    if wrong:
        raise typer.BadParameter(f"Say {option} DOCUMENT=CRITERION, as in 3=1.05, and not {', '.join(wrong)}.")
    return [(int(document), criterion) for document, criterion in told]


def _id(text: str) -> bool:
    return text.isascii() and text.isdigit()


def lines(found: Mapping[str, Any], cycle: int) -> list[str]:
    """What a person reads of it, and how they go on."""
    told = [found["words"]]
    for one in found["documents"]:
        told.append(_named(one))
        told += [line for criterion in one["criteria"] for line in _criterion(criterion)]
    told += [f"{_named(one)}; nothing is suggested: {one['why']}." for one in found["left"]]
    if found["documents"]:
        first = found["documents"][0]
        pair = f"{first['document']}={first['criteria'][0]['criterion']}"
        told.append(f"Attach what you find right: accredit evidence suggestions --cycle {cycle} --attach {pair}")
        told.append("Where one does not belong: the same with --dismiss in place of --attach.")
    return told


def _named(one: Mapping[str, Any]) -> str:
    return f"document {one['document']}, '{one['title']}' ({one['file_name']})"


def _criterion(one: Mapping[str, Any]) -> list[str]:
    needed = ", evidence required" if one["required"] else ""
    beware = [f"      beware: {one['beware']}"] if one["beware"] else []
    return [f"  {one['criterion']}  {one['title']}{needed}", f"      {one['words']}", *beware]
