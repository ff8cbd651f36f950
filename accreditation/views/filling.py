"""How full review teams are and how good: figures of a proposal, and the seats that nobody is found for."""

from collections.abc import Mapping

from pydantic import Field

from accreditation.rules.matching import Figures, Unfilled
from accreditation.views.looking import Shown


class FiguresShown(Shown):
    """How good the teams are. Fits are in millionths of one person's best; a bound is what no answer can exceed."""

    seats: int
    filled: int
    worst: int | None = Field(description="The fit of the worst-off team, the sum over its members; if fit is asked.")
    worst_bound: int | None = Field(
        description="None too where seats stay empty: there the worst-off team does not come before the total."
    )
    total: int
    total_bound: int
    free: bool = Field(description="Bounds hold whichever teams are complete, not only where the same teams are.")
    travel: int = Field(description="Minutes, one way, of all whose way is known.")


class EmptyShown(Shown):
    """A seat that nobody is found for: how many are missing, and what blocks and what would help."""

    role: str
    title: str
    missing: int
    why: str


def empty_shown(one: Unfilled, titles: Mapping[str, str]) -> EmptyShown:
    """An empty seat as it is shown."""
    return EmptyShown(role=one.role, title=titles.get(one.role, one.role), missing=one.missing, why=one.why)


def figures_shown(one: Figures) -> FiguresShown:
    """Figures as they are shown."""
    return FiguresShown(
        seats=one.seats, filled=one.filled, worst=one.worst, worst_bound=one.worst_bound, total=one.total,
        total_bound=one.total_bound, free=one.free, travel=one.travel,
    )  # fmt: skip
