"""How far the files are: bars on a terminal, and lines where it is none."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import TransferSpeedColumn as SpeedColumn

from accreditation.commands.uploading.ended import Ended, Watching
from accreditation.commands.uploading.files import printable, shown

LONGEST = 40
"""Letters of a file's name that stand beside its bar."""


class Lines:
    """A line for whatever is worth one, for a log or a pipe."""

    def __init__(self, console: Console, files: Sequence[Path]) -> None:
        self._console = console
        self._several = len(files)
        self._over = 0
        self._one_by_one = Lock()

    def far(self, path: Path, offset: int) -> None:
        """Nothing: a log need not know every byte."""

    def note(self, path: Path, words: str) -> None:
        """Say it."""
        self._console.print(f"{shown(path)}: {printable(words)}", markup=False)

    def end(self, path: Path, ended: Ended) -> None:
        """Say how many are over."""
        with self._one_by_one:
            self._over += 1
            self._console.print(f"{self._over} of {self._several}: {shown(path)}: {ended.outcome.value}", markup=False)


class Bars:
    """A bar for all, and one for each file that is on its way."""

    def __init__(self, progress: Progress, files: Sequence[Path]) -> None:
        self._progress = progress
        self._sizes = {path: path.stat().st_size for path in files}
        self._far: dict[Path, int] = {}
        self._bars: dict[Path, TaskID] = {}
        self._over = 0
        self._one_by_one = Lock()
        self._all = progress.add_task(self._title(), total=sum(self._sizes.values()))

    def far(self, path: Path, offset: int) -> None:
        """Move the file's bar, and the one for all."""
        with self._one_by_one:
            if path not in self._bars:
                self._bars[path] = self._progress.add_task(_short(path), total=self._sizes[path])
            self._move(path, offset)
            self._progress.update(self._bars[path], completed=offset)

    def note(self, path: Path, words: str) -> None:
        """Say it above the bars."""
        self._progress.console.print(f"{shown(path)}: {printable(words)}", markup=False)

    def end(self, path: Path, ended: Ended) -> None:
        """Take its bar away; for all it is over. What is not kept is said above the bars."""
        if not ended.fine:
            self.note(path, ended.outcome.value)
        with self._one_by_one:
            self._over += 1
            self._move(path, self._sizes[path])
            self._progress.update(self._all, description=self._title())
            if path in self._bars:
                self._progress.remove_task(self._bars.pop(path))

    def _move(self, path: Path, offset: int) -> None:
        self._far[path] = offset
        self._progress.update(self._all, completed=sum(self._far.values()))

    def _title(self) -> str:
        return f"{self._over} of {len(self._sizes)} files"


@contextmanager
def watching(console: Console, files: Sequence[Path]) -> Iterator[Watching]:
    """Whoever shows how far these files are: bars that are gone in the end where the console is a terminal."""
    if not console.is_terminal:
        yield Lines(console, files)
        return
    text = TextColumn("{task.description}", markup=False)
    columns = (text, BarColumn(), DownloadColumn(), SpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield Bars(progress, files)


def _short(path: Path) -> str:
    name = shown(Path(path.name))
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
