"""The parent: hand one file to a child, wait for its answer within bounds, and say in words what came of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryFile

from accreditation.evidence.clamd import Clamd
from accreditation.evidence.content import ContentLimits
from accreditation.evidence.examining.confines import Confines
from accreditation.evidence.examining.exchange import Question, answer
from accreditation.evidence.examining.scratch import scratch
from accreditation.evidence.examining.values import Examined

CHILD = ("-I", "-m", "accreditation.evidence.examining")

_KEPT = ("PATH", "TESSDATA_PREFIX")
"""All that a child is told of its parent's environment: where programs are. No secret is among it."""

_PIECE = 64 * 1024
_LEAVING = 5.0
"""Seconds that a child may take to leave once it has said all it says."""


def examine(
    path: Path,
    *,
    file_name: str,
    limits: ContentLimits,
    patterns: Sequence[str] = (),
    clamd: Clamd | None = None,
    confines: Confines | None = None,
    child: Sequence[str] = CHILD,
) -> Examined:
    """What is the file at `path`, does it harm, and does it tell who a patient is?

    `patterns` are a scheme's own for the hospitals' numbers; `clamd` scans for viruses where there is one. Never raises
    for what is in the file: where the examination did not come to its end, `held` says why. Raises Unavailable where
    clamd does not answer: the file waits, and nothing passes.
    """
    asked = Question(
        path=path.absolute(),
        file_name=file_name,
        limits=limits,
        patterns=tuple(patterns),
        confines=confines or Confines(),
    )
    examined = _asked(asked, child)
    if clamd is None or examined.refusals or examined.held is not None:
        return examined
    scanned = clamd.scan(path)
    if scanned.virus is not None:
        reason = (
            f"A virus was found in it ({scanned.virus}). Do not open it again; ask your IT desk to look at its machine."
        )
        return replace(examined, refusals=(reason,), hits=(), text="")
    return examined if scanned.held is None else replace(examined, held=scanned.held)


def _asked(asked: Question, child: Sequence[str]) -> Examined:
    """The child's answer. What it writes while it reads lies in a folder of its own, which goes with it."""
    with scratch() as folder, TemporaryFile() as written:
        written.write(asked.written())  # a file, not a pipe: whoever does not read it keeps nobody waiting
        written.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own program, by the interpreter that runs us
            [sys.executable, *child],
            stdin=written,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a reader says when it fails may quote the document
            env=_environment(os.environ) | {"TMPDIR": str(folder)},
            cwd="/",
            start_new_session=True,
        )
        try:
            return _answered(process, asked.confines)
        finally:
            _end(process)


def _answered(process: subprocess.Popen[bytes], confines: Confines) -> Examined:
    """What it answered, or why it is not waited for any longer."""
    said, why = _said(process, confines)
    if why is not None:
        return _held(why)
    examined = answer(said)
    if examined is not None:
        return examined  # a reader that fails while it tidies up has answered all the same
    try:
        return _held(_died(process.wait(timeout=_LEAVING), confines))
    except subprocess.TimeoutExpired:
        return _held(_died(0, confines))


def _said(process: subprocess.Popen[bytes], confines: Confines) -> tuple[bytes, str | None]:
    """All that it wrote, or why no more of it is read."""
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    until = time.monotonic() + confines.wall_seconds
    said = bytearray()
    with DefaultSelector() as ready:
        ready.register(process.stdout, EVENT_READ)
        while len(said) <= confines.answer_bytes:
            left = until - time.monotonic()
            if left <= 0 or not ready.select(left):
                return b"", f"It was not read to its end in {confines.wall_seconds:g} seconds."
            piece = os.read(process.stdout.fileno(), _PIECE)
            if not piece:
                return bytes(said), None
            said += piece
    return b"", "The program that reads such files answered without end."


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop the child and all that it started, where it has not ended; nothing of it stays."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _died(code: int, confines: Confines) -> str:
    """Why a child that gave no answer ended, in words."""
    if code == -signal.SIGXCPU or code == -signal.SIGKILL:
        return f"It took more than {confines.cpu_seconds} seconds of a processor to be read, or the machine stopped it."
    if code == -signal.SIGABRT:
        return (
            f"It needs more than {confines.memory_bytes // 1_000_000:,} MB of memory to be read, or its reader failed."
        )
    if code < 0:
        return f"The program that reads such files crashed on it ({signal.Signals(-code).name})."
    return "The program that reads such files gave no answer that can be understood."


def _held(reason: str) -> Examined:
    return Examined(kind=None, media_type="application/octet-stream", held=reason)


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    told = {name: ours[name] for name in _KEPT if name in ours}
    return told | {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
