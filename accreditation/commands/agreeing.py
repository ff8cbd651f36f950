"""accredit round agreement: how far the reviewers of a round agree, drawn for a terminal."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from accreditation.commands.office import OFFICE
from accreditation.rules.agreement.dividing import VISITS
from accreditation.rules.agreement.whole import CriterionRow, Row
from accreditation.views.agreement import agreement_of_round
from accreditation.wiring import house


def agreement(
    round_: Annotated[int, typer.Argument(metavar="ROUND", min=1, max=2**31 - 1, help="The round's id.")],
    limit: Annotated[
        int, typer.Option(min=1, max=1000, help="How many criteria to name, the most dividing first.")
    ] = 20,
) -> None:
    """Show how far the reviewers of a round agree, domain by domain, and which criteria divide them.

    Every figure has its 95 % interval, and is given with enough data or not at all.
    """
    found = agreement_of_round(house().database, principal=OFFICE, round_id=round_)
    out = Console(highlight=False, soft_wrap=True)
    out.print(
        f"{found.scheme}, round {found.round}: {found.ratings} ratings by {found.reviewers} reviewers in "
        f"{found.visits} visits whose review is over.",
        markup=False,
    )
    if all(row.alpha.value is None for row in found.rows) and all(one.divided.lower is None for one in found.criteria):
        out.print(f"Nothing can be told of agreement yet. {found.rows[0].alpha.words}", markup=False)
        return
    out.print(_alphas(found.rows))
    _say_criteria(out, found.criteria, limit)


def _say_criteria(out: Console, criteria: Sequence[CriterionRow], limit: int) -> None:
    """The criteria of which something can be told, a line each; the others in one sentence."""
    told = [one for one in criteria if one.divided.lower is not None]
    if told:
        out.print(_criteria(told[:limit]))
    if len(told) > limit:
        out.print(f"... and {len(told) - limit} more criteria; --limit names more.")
    if silent := [one.divided for one in criteria if one.divided.lower is None]:
        number = f"{len(silent)} {'criterion' if len(silent) == 1 else 'criteria'}"
        most = max(one.visits for one in silent)
        out.print(f"Too few to tell of {number}: rated by two or more in {most} visits at most; {VISITS} are needed.")


def _alphas(rows: Sequence[Row]) -> Table:
    table = _table("Krippendorff's alpha: 1 is perfect agreement, 0 is what chance gives")
    for heading in ("domain", "compared on", "alpha", "95 % interval", "visits", "what it means"):
        table.add_column(heading, justify="right" if heading in ("alpha", "95 % interval", "visits") else "left")
    for row in rows:
        domain = row.title if row.domain is None else f"{row.domain} {row.title}"
        one = row.alpha
        value, between = _figure(one.value), _between(one.lower, one.upper)
        table.add_row(escape(domain), escape(row.scale), value, between, str(one.visits), one.words)
    return table


def _criteria(rows: Sequence[CriterionRow]) -> Table:
    table = _table("\nCriteria by how far they divide reviewers")
    for heading in ("criterion", "pairs that differ", "95 % interval", "visits", "what it means"):
        table.add_column(heading, justify="left" if heading in ("criterion", "what it means") else "right")
    for row in rows:
        one = row.divided
        share, between = f"{one.differ} of {one.pairs}", _between(one.lower, one.upper)
        table.add_row(escape(f"{row.criterion} {row.title}"), share, between, str(one.visits), one.words)
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _between(lower: float | None, upper: float | None) -> str:
    return "-" if lower is None or upper is None else f"{lower:.2f} to {upper:.2f}"
