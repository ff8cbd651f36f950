"""What the process that reads a stranger's file may use: the kernel holds it to that."""

import ctypes
import resource
import signal
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Confines:
    """How much an examination may take before it is stopped, and its file held. Every figure has its reason."""

    memory_bytes: int = 1_500_000_000
    """Of address space: the largest picture that is accepted takes 256 MB, twice while it is turned for OCR."""

    cpu_seconds: int = 120
    """Of one core: 4 GB of pictures in a PDF unpack in some 20 s; OCR counts for itself, by `wall_seconds`."""

    wall_seconds: float = 600.0
    """From beginning to end, also on a busy machine and with pages that are read by OCR (4 s each)."""

    written_bytes: int = 64_000_000
    """Of any one file it writes: only what lies in memory, for workbooks behind charts and pages for OCR."""

    open_files: int = 64
    """At once."""

    answer_bytes: int = 16_000_000
    """Of its answer: the text's beginning, and some thousand hits."""


def confine(confines: Confines) -> None:
    """Hold this process, and all that it starts, to these limits; it ends when the one that started it ends."""
    _limit(resource.RLIMIT_AS, confines.memory_bytes)
    _limit(resource.RLIMIT_CPU, confines.cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, confines.written_bytes)
    _limit(resource.RLIMIT_NOFILE, confines.open_files)
    _limit(resource.RLIMIT_CORE, 0)  # a core dump would hold the file's text
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "prctl"):  # Linux
        libc.prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
        libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS


def _limit(which: int, most: int) -> None:
    hard = resource.getrlimit(which)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (most, most))
