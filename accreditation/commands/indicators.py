"""accredit audit: how a scheme's files of indicators are read, and bring one in."""

from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer
from rich.console import Console

from accreditation.actions.import_indicators import Effect
from accreditation.actions.map_indicators import map_indicators
from accreditation.actions.take_indicators import FileOfIndicators, take_indicators
from accreditation.commands.counting import many
from accreditation.commands.indicator_columns import columns_given
from accreditation.commands.office import OFFICE, called
from accreditation.errors import Fault, Invalid
from accreditation.rules.indicators.mapping import Columns, takes_figures
from accreditation.rules.indicators.whose import words
from accreditation.scheme.model import Scheme
from accreditation.views.indicator_files import files_of_round
from accreditation.wiring import house
from accreditation.workbook.handed_in import HandedIn, chosen, table_of

app = typer.Typer(help="Indicators: figures that an audit or a registry reports of teams.", no_args_is_help=True)

MOST_TOLD = 20
"""So many of each kind of change are told; --all tells the others."""

RoundId = Annotated[int, typer.Argument(min=1, max=2**31 - 1, metavar="ROUND", help="The round's number.")]
Name = Annotated[str, typer.Option(help="Whose figures they are, as in ssnap; not needed where only one is known.")]


@app.command("map")
def map_(
    number: RoundId,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose figures they are, as in ssnap.")],
    like: Annotated[
        Path | None, typer.Option(help="A file whose headings are criteria's ids, titles or indicators: take those.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=COLUMN",
            help="A column, as in --column '2.01=Within 4 h'. Fields: team, organisation, ods_code, period, criteria.",
        ),
    ] = None,
    too_few: Annotated[list[str] | None, typer.Option(help="A word of the file for too few cases, as in TFP.")] = None,
    not_entered: Annotated[
        list[str] | None, typer.Option(help="A word of the file for nothing entered, as in X.")
    ] = None,
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook, where it has several.")] = "",
) -> None:
    """Say once which columns of somebody's files are which indicators of a round's scheme; it is used every quarter.

    With --like or --column these columns stand from now on, beside what stood before; the same again changes nothing.
    Without, what stands is shown.
    """
    out = Console(highlight=False, soft_wrap=True)
    known = files_of_round(house().database, principal=OFFICE, round_id=number)
    if not (like or column or too_few or not_entered or sheet):
        _show(out, chosen(known.columns, name), known.scheme)
        return
    headings = () if like is None else _headings(like, sheet)
    columns = columns_given(
        known.scheme, name=name, before=known.columns.get(name), headings=headings, column=column or (),
        too_few=too_few or (), not_entered=not_entered or (), sheet=sheet,
    )  # fmt: skip
    changed = map_indicators(house().database, principal=OFFICE, scheme=known.scheme, columns=columns, at=house().now())
    _show(out, columns, known.scheme)
    out.print("Kept." if changed else "These columns stood already; nothing was changed.", style="bold")


@app.command("import")
def import_(
    number: RoundId,
    file: Annotated[Path, typer.Argument(help="A CSV file or an Excel workbook (.xlsx), a line a team and period.")],
    name: Name = "",
    period: Annotated[
        str, typer.Option(help="The period, where no column says it; else only the lines of this period.")
    ] = "",
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook, where it has several.")] = "",
    skip_unknown: Annotated[
        bool, typer.Option("--skip-unknown", help="Leave out lines of teams that are not known here.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Tell every change, not only the first of many.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Keep it; without this, only say what would change.")] = False,
) -> None:
    """Say what a file of indicators would change in a round; with --yes, keep it.

    Every figure is kept with its period and file, and none is ever erased. The figure of the latest period answers its
    criterion, unless somebody of the team has. The same file again changes nothing.
    """
    out = Console(highlight=False, soft_wrap=True)
    asked = FileOfIndicators(
        content=_content(file), file_name=file.name, called=str(file), name=name, period=period, sheet=sheet
    )
    try:
        read, effect = take_indicators(
            house().database, principal=OFFICE, round_id=number, file=asked, skip_unknown=skip_unknown, preview=not yes,
            at=house().now(),
        )  # fmt: skip
    except Invalid as invalid:
        raise Invalid([_as_typed(one) for one in invalid.faults]) from invalid
    _begin(out, read)
    _tell(out, effect, most=None if everything else MOST_TOLD, done=yes)
    if not yes:
        again = f"{called()} audit import {number} {file}{_again(name, period, sheet, effect)} --yes"
        out.print(f"Nothing was kept. To keep it: {again}", markup=False)


def _again(name: str, period: str, sheet: str, effect: Effect) -> str:
    """What was said besides, as it is typed again; lines of unknown teams are to be left out by whoever says so."""
    said = [f" --{what} {quote(word)}" for what, word in (("name", name), ("period", period), ("sheet", sheet)) if word]
    return "".join([*said, " --skip-unknown" if effect.unknown else ""])


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        allowed = "name a CSV file or an Excel workbook"
        raise Invalid([Fault(where=str(file), found=f"cannot be read: {error.strerror}", allowed=allowed)]) from error


def _as_typed(fault: Fault) -> Fault:
    """The fault, at the option as it is typed."""
    return replace(fault, where=f"--{fault.where}") if fault.where in ("name", "period", "sheet") else fault


def _headings(file: Path, sheet: str) -> tuple[str, ...]:
    """All that could be a heading in this file: what stands in its longest row of the first."""
    table = table_of(_content(file), called=str(file), sheet=sheet)
    head = max(table.rows[:20], key=lambda row: len([one for one in row.cells if one.text]), default=None)
    return () if head is None else tuple(one.text for one in head.cells if one.text)


def _show(out: Console, columns: Columns, scheme: Scheme) -> None:
    out.print(f"{columns.name}: how its files are read for {scheme.id}", style="bold", markup=False)
    for field in ("team", "organisation", "ods_code", "period"):
        if (heading := getattr(columns, field)) is not None:
            out.print(f"  {field}: '{heading}'", markup=False)
    for criterion, heading in columns.values.items():
        title = scheme.by_id[criterion].title if criterion in scheme.by_id else "no criterion of this edition"
        out.print(f"  {criterion} {title}: '{heading}'", markup=False)
    for said, cells in (("too few cases", columns.too_few), ("not entered", columns.not_entered)):
        if any(cells):
            out.print(f"  {said}: {', '.join(repr(one) for one in cells if one)}", markup=False)
    lacks = [one.id for one in scheme.criteria if takes_figures(one) and one.id not in columns.values]
    if lacks:
        out.print(f"  measured criteria without a column: {', '.join(lacks)}", markup=False)


def _begin(out: Console, read: HandedIn) -> None:
    periods = ", ".join(sorted({one.period.label for one in read.reported})) or "none"
    out.print(f"{read.source}, {read.table}: {len(read.reported)} lines, of {periods}", style="bold", markup=False)
    for note in read.notes:
        out.print(f"  {note}", markup=False)


def _tell(out: Console, effect: Effect, *, most: int | None, done: bool) -> None:
    is_, verb = ("is", "now") if done else ("would be", "would become")
    figures = [
        f"{one.team} {one.figure.criterion}, {one.figure.period.label}: {words(one.figure.answer)}"
        + (f", in place of {words(one.before)}" if one.before.state != "not_answered" else "")
        for one in effect.figures
    ]
    answers = [
        f"cycle {one.cycle}, {one.team} {one.criterion}: {words(one.before)}, {verb} "
        + ("not answered, as its figure was taken back" if one.figure is None
           else f"{words(one.figure.answer)} ({one.figure.said_of})")
        for one in effect.answers
    ]  # fmt: skip
    left = [
        f"cycle {one.cycle}, {one.team} {one.criterion}: the team answered {words(one.answer)}, the figure is "
        f"{words(one.figure.answer)} ({one.figure.said_of})"
        for one in effect.left
    ]
    unknown = [f"{one.where}: {one.found}; {one.allowed}" for one in effect.unknown]
    _listed(
        out, f"figures of {many(effect.teams, 'team', 'teams')} that {'were' if done else 'are'} new", figures, most
    )
    _listed(out, f"answers that {'follow' if done else 'would follow'} from them", answers, most)
    _listed(out, f"answers of teams that differ: each {is_} left as it is", left, most)
    _listed(out, "lines of teams that are not known here, left out" if done
            else "lines of teams that are not known here", unknown, None)  # fmt: skip


def _listed(out: Console, what: str, lines: list[str], most: int | None) -> None:
    out.print(f"{len(lines)} {what}{':' if lines else '.'}", markup=False)
    for line in lines[:most]:
        out.print(f"  {line}", markup=False)
    if most is not None and len(lines) > most:
        out.print(f"  and {len(lines) - most} more: --all tells them", markup=False)
