"""The demonstration as a person sees it: what happens, stage by stage, and a table at the end."""

import time

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from accreditation.commands.demonstration.scene import Heading
from accreditation.rules.cycle import STAGE_MEANINGS, Stage
from accreditation.rules.improvement import Improvement
from accreditation.rules.told import improvement_words
from accreditation.views.endings import Ending

_BEFORE = ("before the start", "the college enrols teams and registers reviewers, who declare conflicts of interest")


class Screen:
    """Tells the demonstration. Each stage is introduced once; every line says who did what, and when."""

    def __init__(self, out: Console) -> None:
        self._out = out
        self._began = time.monotonic()
        self._heading: tuple[str, str] | None = None

    def tell(self, stage: Stage | Heading | None, who: str, what: str) -> None:
        """Something happened in this stage or part of the story, or (None) before the first."""
        heading = stage or _BEFORE
        if isinstance(heading, Stage):
            heading = (heading.value, STAGE_MEANINGS[heading])
        if heading != self._heading:
            self._heading = heading
            title, meaning = heading
            self._out.print(f"\n[bold]{title.replace('_', ' ').capitalize()}[/bold]: [dim]{escape(meaning)}[/dim]")
        seconds = f"{time.monotonic() - self._began:5.1f} s"
        short = who.removeprefix("Demonstration ")
        self._out.print(f"[dim]{seconds}[/dim]  [green]✓[/green] {escape(short)}: {escape(what)}")

    def end(self, endings: list[Ending]) -> None:
        """The table at the end."""
        table = Table(title="\nHow it ended", title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
        for heading in ("team", "stage", "award", "valid until", "in the way of the next level"):
            table.add_column(heading, overflow="fold")
        for one in endings:
            until = "-" if one.valid_until is None else f"{one.valid_until:%-d %b %Y}"
            style = "green" if one.awarded else "yellow"
            name = one.team.removeprefix("Demonstration ")
            award = f"[{style}]{escape(one.title)}[/{style}]"
            way = "not known yet" if one.outcome is None else in_the_way(one.next_level, awarded=one.awarded)
            table.add_row(name, one.stage.value.replace("_", " "), award, until, way)
        self._out.print(table)


def in_the_way(found: Improvement | None, *, awarded: bool = True) -> str:
    """The smallest improvement to the next level in words; there is none above the highest."""
    if found is None:
        return "nothing: it is the highest level" if awarded else "no set of improvements leads to an award"
    return f"{found.title}: {improvement_words(found)}"
