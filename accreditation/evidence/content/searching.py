"""Words looked for in the whole of a file, in fixed memory."""

import mmap
import re
from collections.abc import Sequence
from pathlib import Path


def first_of(path: Path, words: Sequence[bytes]) -> bytes | None:
    """Which of these (in lower case) stands first in the file, in any case? The file is mapped, never read whole."""
    pattern = re.compile(b"|".join(re.escape(word) for word in words), re.IGNORECASE)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        found = pattern.search(mapped)
        return found[0].lower() if found else None
