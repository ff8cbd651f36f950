"""accredit standards: the author's desk, one file a verb, and how an edition comes into the records."""

import typer

from accreditation.commands.standards.case import case
from accreditation.commands.standards.check import check
from accreditation.commands.standards.compare import compare_folders
from accreditation.commands.standards.explain import explain
from accreditation.commands.standards.export import export
from accreditation.commands.standards.impact import impact
from accreditation.commands.standards.import_ import import_workbook
from accreditation.commands.standards.new import new
from accreditation.commands.standards.publish import publish, publishable
from accreditation.commands.standards.replay import replay
from accreditation.commands.standards.schema import schema

__all__ = ["app", "publishable"]

app = typer.Typer(
    help="Write standards, check them with their worked cases, see what a change does, and publish them.",
    no_args_is_help=True,
)
app.command()(new)
app.command()(check)
app.command()(case)
app.command()(explain)
app.command()(schema)
app.command()(export)
app.command("import")(import_workbook)
app.command()(publish)
app.command("compare")(compare_folders)
app.command()(impact)
app.command()(replay)
