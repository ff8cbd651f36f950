"""The command: from what is written on the line to an exit code."""

import os
import threading
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from accreditation.commands.uploading.asked import Words
from accreditation.commands.uploading.files import meant
from accreditation.commands.uploading.screen import watching
from accreditation.commands.uploading.server import Server, connected, openly
from accreditation.commands.uploading.telling import say, told
from accreditation.commands.uploading.together import send_all

NOT_WHOLE = 1
"""The exit code where not every file is kept, or something is left to do about one."""

STOPPED = 130
DAY = ["%Y-%m-%d"]
FROM = "ACCREDIT_TOKEN"
OPENLY = "The address begins with http://, so that everybody between can read your token and your files. Use https://."

HERE = "http://127.0.0.1:8000"
Url = Annotated[str, typer.Option(envvar="ACCREDIT_URL", help="The engine's address.")]
TokenFile = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="A file with your token; else ACCREDIT_TOKEN has it."),
]


def upload(
    files: Annotated[list[Path], typer.Argument(help="Files, and folders of which every file is meant.")],
    cycle: Annotated[
        int | None, typer.Option(min=1, max=2**31 - 1, help="The cycle that they are evidence of.")
    ] = None,
    criteria: Annotated[str, typer.Option(help="The criteria that each of them answers, as in 1.01,1.02.")] = "",
    place: Annotated[
        list[str] | None,
        typer.Option(help="Where in the file a criterion is answered, as in '1.01=p. 3'; may be repeated."),
    ] = None,
    library: Annotated[
        bool, typer.Option("--library", help="Keep them in the team's library, for no cycle yet.")
    ] = False,
    team: Annotated[
        int | None, typer.Option(min=1, max=2**31 - 1, help="The team whose library it is; else the token's.")
    ] = None,
    document: Annotated[
        int | None, typer.Option(min=1, max=2**31 - 1, help="The document that the file is a new version of.")
    ] = None,
    title: Annotated[str, typer.Option(help="What the file is; else its name says it.")] = "",
    owner: Annotated[str, typer.Option(help="Who keeps it up to date: an office, not a name.")] = "",
    effective_on: Annotated[
        datetime | None, typer.Option(formats=DAY, help="The day from which it holds, as in 2026-04-01.")
    ] = None,
    review_by: Annotated[
        datetime | None, typer.Option(formats=DAY, help="The last day on which it is in date.")
    ] = None,
    describe_anew: Annotated[
        bool,
        typer.Option("--describe-anew", help="What is said here stands, of files that the library has already too."),
    ] = False,
    url: Url = HERE,
    token_file: TokenFile = None,
    at_once: Annotated[int, typer.Option(min=1, max=8, help="How many files are sent at the same time.")] = 3,
    wait: Annotated[
        int, typer.Option(min=0, max=3600, help="Seconds to wait until the engine has looked at them.")
    ] = 30,
    json: Annotated[bool, typer.Option("--json", help="Say everything as JSON.")] = False,
) -> None:
    """Send files to a running engine, as evidence of a cycle or into the team's library, a few at a time.

    Where the network is cut or the engine starts anew, it goes on by itself; started again with the same words, it goes
    on with what is unfinished, and sends nothing that is there already. What is said here of a file that the library
    has already is kept where nobody said it before; where the library says otherwise, that is told. Exit code 0 where
    every file is kept and nothing is left to do about it, 1 where not.
    """
    words = Words(
        cycle=cycle, criteria=_criteria(criteria), places=_places(place or ()), document=document, title=title.strip(),
        owner=owner.strip(), effective_on=_day(effective_on), review_by=_day(review_by), team=team,
        describe_anew=describe_anew,
    )  # fmt: skip
    found = meant(files)
    _check(words, library=library, files=found.files)
    screen = Console(stderr=True, highlight=False, soft_wrap=True)
    if openly(url):
        screen.print(OPENLY, style="yellow")
    stop = threading.Event()
    with connected(url, token_of(token_file)) as http, watching(screen, found.files) as shows:
        ended = send_all(Server(http), found.files, words, at_once=at_once, wait=wait, stop=stop, watching=shows)
    said, out = told(ended, found.left_out), Console(highlight=False, soft_wrap=True)
    if json:
        out.print_json(said.model_dump_json())
    else:
        say(out, said)
    raise typer.Exit(STOPPED if stop.is_set() else 0 if said.whole else NOT_WHOLE)


def _check(words: Words, *, library: bool, files: Sequence[Path]) -> None:
    """Raise where these words do not belong together: all that is wrong at once."""
    wrong = []
    if library == (words.cycle is not None):
        wrong.append("Say either --cycle, or --library.")
    if words.cycle is not None and not words.criteria:
        wrong.append("Say with --criteria what the files answer in the cycle, as in --criteria 1.01,1.02.")
    if words.cycle is None and (words.criteria or words.places):
        wrong.append("--criteria and --place belong to a --cycle.")
    if words.cycle is not None and (words.team is not None or words.document is not None):
        wrong.append("--team and --document belong to --library.")
    strangers = sorted(set(words.places) - set(words.criteria))
    if words.criteria and strangers:
        wrong.append(f"--place names {', '.join(strangers)}, which --criteria does not.")
    if len(files) > 1 and (words.title or words.document is not None):
        wrong.append(f"--title and --document are of one file; {len(files)} are named.")
    if wrong:
        raise typer.BadParameter(" ".join(wrong))


def _criteria(given: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in given.split(",") if name.strip()))


def _places(given: Sequence[str]) -> dict[str, str]:
    pairs = {criterion.strip(): place.strip() for one in given for criterion, _, place in [one.partition("=")]}
    if not all(name and place and place.isprintable() for name, place in pairs.items()):
        raise typer.BadParameter("Say a place as in --place '1.01=p. 3'.")
    return pairs


def _day(given: datetime | None) -> date | None:
    return given.date() if given is not None else None


def token_of(file: Path | None) -> str:
    """The token, from the file or the environment; on the command line everybody on the machine could read it."""
    said = file.read_text(errors="replace") if file is not None else os.environ.get(FROM, "")
    token = said.strip()
    if not token:
        where = str(file) if file is not None else FROM
        raise typer.BadParameter(f"There is no token in {where}. Set {FROM}, or name a file that has it: --token-file.")
    if not (token.isascii() and token.isprintable() and " " not in token):
        raise typer.BadParameter("That is no token: one word on one line, as 'accredit token create' printed it.")
    return token
