"""The child: reads one question from its input, examines one file within its confines, writes one answer."""

import os
import re
import sys
from dataclasses import replace
from pathlib import Path

from accreditation.evidence.examining.confines import confine
from accreditation.evidence.examining.exchange import Question, question, written_answer
from accreditation.evidence.examining.reading import read
from accreditation.evidence.examining.values import Examined


def main() -> None:
    """Answer on what was standard output; whatever a library prints there goes nowhere."""
    answers = os.dup(1)
    os.dup2(2, 1)
    asked = question(sys.stdin.buffer.read())
    confine(asked.confines)
    examined = replace(_examined(asked), memory=_memory())
    with os.fdopen(answers, "wb") as out:
        out.write(written_answer(examined))


def _examined(asked: Question) -> Examined:
    try:
        return read(asked)
    except MemoryError:
        return held(f"It needs more than {asked.confines.memory_bytes // 1_000_000:,} MB of memory to be read.")
    except Exception as error:
        # Whatever a reader raises on a stranger's file means one thing. Only the kind of it is told: its message may
        # quote the document.
        return held(f"The program that reads such files failed on it ({type(error).__name__}).")


def held(reason: str) -> Examined:
    """An examination that did not come to its end."""
    return Examined(kind=None, media_type="application/octet-stream", held=reason)


def _memory() -> int:
    """The most memory this process held at once, in bytes. `getrusage` would count what its parent held before."""
    status = Path("/proc/self/status")
    told = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(told[1]) * 1024 if told else 0


if __name__ == "__main__":
    main()
