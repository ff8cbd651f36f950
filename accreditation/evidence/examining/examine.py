"""The parent: hand one file to a child, wait for its answer within bounds, and say in words what came of it."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from accreditation.evidence.clamd import Clamd
from accreditation.evidence.content import ContentLimits
from accreditation.evidence.examining.confines import Confines
from accreditation.evidence.examining.exchange import Question, answer
from accreditation.evidence.examining.values import Examined

CHILD = ("-I", "-m", "accreditation.evidence.examining")

_KEPT = ("PATH", "TESSDATA_PREFIX")
"""All that a child is told of its parent's environment: where programs are. No secret is among it."""

_PIECE = 64 * 1024


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
    with TemporaryDirectory(prefix="accredit-") as folder:
        return _answer_of(asked, child, folder)


def _answer_of(asked: Question, child: Sequence[str], folder: str) -> Examined:
    process = subprocess.Popen(  # noqa: S603 - our own program, by the interpreter that runs us
        [sys.executable, *child],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what a reader says when it fails may quote the document
        env=_environment(os.environ) | {"TMPDIR": folder},
        cwd="/",
        start_new_session=True,
    )
    try:
        said, why = _answered(process, asked)
        code = process.wait() if why is None else None
    finally:
        _end(process)
    if why is not None:
        return _held(why)
    examined = None if code else answer(said)
    if examined is None:
        return _held(_died(code or 0, asked.confines))
    return examined


def _answered(process: subprocess.Popen[bytes], asked: Question) -> tuple[bytes, str | None]:
    """What it wrote, or why it is not waited for any longer."""
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101
    with suppress(BrokenPipeError), process.stdin:
        process.stdin.write(asked.written())
    until = time.monotonic() + asked.confines.wall_seconds
    said = bytearray()
    while len(said) <= asked.confines.answer_bytes:
        left = until - time.monotonic()
        if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
            return b"", f"It was not read to its end in {asked.confines.wall_seconds:g} seconds."
        piece = os.read(process.stdout.fileno(), _PIECE)
        if not piece:
            return bytes(said), None
        said += piece
    return b"", "The program that reads such files answered without end."


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop the child and all that it started; nothing of it stays."""
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
