"""The command line, and with it the one place that starts api and flows together."""

import sys

import typer
from rich.console import Console

from accreditation.commands import (
    archives,
    burden,
    cycles,
    demo,
    evidence,
    flows,
    holding,
    imports,
    indicators,
    ledger,
    match,
    panels,
    people,
    reviewers,
    rounds,
    serve,
    standards,
    tokens,
)
from accreditation.errors import AccreditationError
from accreditation.wiring import house

app = typer.Typer(
    name="accredit",
    help="Runs accreditation of clinical services: standards in files, self-assessment, peer review, award, register.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(standards.app, name="standards")
app.add_typer(imports.app, name="import")
app.add_typer(rounds.app, name="round")
app.add_typer(indicators.app, name="audit")
app.add_typer(cycles.app, name="cycle")
app.add_typer(panels.app, name="panel")
app.add_typer(reviewers.app, name="reviewer")
app.add_typer(evidence.app, name="evidence")
app.add_typer(holding.app, name="hold")
app.add_typer(ledger.app, name="ledger")
app.add_typer(tokens.app, name="token")
app.add_typer(people.app, name="person")
app.add_typer(flows.app, name="flows")
app.command("demo")(demo.demo)
app.command("match")(match.match)
app.command("verify")(archives.verify)
app.command("burden")(burden.burden)
app.command("letters")(people.letters)
app.command("serve")(serve.serve)
app.command("migrate")(serve.migrate)


def main() -> None:
    """Run the command line; what we refuse is said in words and exits with 1, never with a traceback."""
    try:
        app(prog_name="accredit")
    except AccreditationError as refusal:
        _say(str(refusal))
        sys.exit(1)
    except OSError as trouble:
        about = f"{trouble.filename}: " if trouble.filename else ""
        _say(f"The system refuses: {about}{trouble.strerror or trouble}. Look at the folder, its disk and its owner.")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        if house.cache_info().currsize:
            house().close()


def _say(words: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(words, style="red", markup=False)


if __name__ == "__main__":
    main()
