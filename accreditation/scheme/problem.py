"""A fault of meaning: what is wrong at a path of data that has its shape."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accreditation.scheme.document import Path
from accreditation.scheme.explain import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault at a path of the scheme: what was found there, and what is allowed."""

    path: Path
    found: str
    allowed: str


def unknown(path: Path, names: Iterable[str], known: list[str], what: str, *, at_key: bool = True) -> Iterator[Problem]:
    """Which of these names are not known? A problem each, at the name as a key or, else, at the path itself."""
    for name in names:
        if name not in known:
            shown = known if len(known) <= 20 else [*known[:20], "..."]
            yield Problem(
                path=(*path, name) if at_key else path,
                found=f"there is no {what} '{name}'{did_you_mean(name, known)}",
                allowed=f"allowed here: {', '.join(shown) or 'none; the scheme has no such list'}",
            )
