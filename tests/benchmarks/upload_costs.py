"""What it costs to upload evidence, through a server in a process of its own, beside the same disk without us."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from accreditation.actions.create_token import create_token
from accreditation.library import load
from accreditation.rules.people import Role
from accreditation.scheme.process import EvidenceRules
from tests.benchmarks.filled import OFFICE, Filled
from tests.benchmarks.measuring import peak_mb, print_table, resident_mb, seconds, shell
from tests.benchmarks.uploading import Sender, answer, digest_of

ROOT = Path(__file__).parents[2]
STROKE = ROOT / "standards" / "stroke"
MB = 1_000_000
MIB = 1024 * 1024
RIVAL = 1000 / 836
"""Files a second of the best open competitor, with 201 assessments in its database: 836 ms each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is sent: bytes of the large file, number and bytes of small ones, and slow uploads together."""

    large: int = 1024 * MIB
    many: int = 1000
    small: int = 100 * 1024
    slow: int = 200
    slow_bytes: int = 2 * MIB
    cycles: int = 201


def run(sizes: Sizes | None = None) -> None:
    """Print the figures: wall time, half of it the disk's. Trust what stands beside each other in one run."""
    sizes = sizes or Sizes()
    here = ROOT / "var"  # on the disk that the engine keeps things on, which need not be that of /tmp
    here.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=here, ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        senders = prepared(data, sizes)
        with _serving(data, sizes) as (port, pid):
            first, second = (replace(sender, port=port) for sender in senders)
            one_large_file(first, pid, Path(folder), sizes.large)
            slow_together(first, pid, sizes)
            many_files(first, second, sizes)


def prepared(data: Path, sizes: Sizes) -> Sequence[Sender]:
    """Fill this folder with so many cycles: the leads of the first two, who know no port yet.

    The standard says how large and how many files may be; here it says nothing, so that the engine shows what it can.
    """
    scheme = load(STROKE).scheme.model_copy(update={"evidence_rules": EvidenceRules()})
    filled = Filled(data, scheme=scheme, cycles=max(2, sizes.cycles))
    criterion = next(one.id for one in filled.scheme.criteria if one.measure is None)
    leads = [
        Sender(port=0, secret=_token(filled, team), cycle=filled.cycle_id + team - 1, criterion=criterion)
        for team in (1, 2)
    ]
    filled.close()
    return leads


def _token(filled: Filled, team: int) -> str:
    return create_token(
        filled.house.database, principal=OFFICE, name=f"lead {team}", role=Role.TEAM_LEAD, team_id=team,
        reviewer_id=None, valid_for=timedelta(days=1), at=filled.house.now(),
    )  # fmt: skip


@contextmanager
def _serving(data: Path, sizes: Sizes) -> Iterator[tuple[int, int]]:
    """`accredit serve` on this folder: its port and its process id. Files that came are looked at meanwhile."""
    environment = os.environ | {"ACCREDIT_DATA": str(data), "ACCREDIT_EVIDENCE_LIMIT": str(2 * sizes.large)}
    command = [sys.executable, "-m", "accreditation", "serve", "--port", "0", "--prefect-port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = next(line for line in process.stdout if line.startswith("API"))
        found = re.search(r":(\d+)/api", told)
        assert found is not None, told
        try:
            yield int(found.group(1)), process.pid
        finally:
            process.send_signal(signal.SIGKILL)  # what it still looks at is nobody's evidence


def one_large_file(sender: Sender, pid: int, folder: Path, size: int) -> None:
    """A file of so many bytes by every way, and what the disk and the digest alone cost."""
    source, copy = folder / "source", folder / "copy"
    _fill(source, MIB)
    sender.send_raw(source)  # a server's first request is nobody's measure
    _until_looked_at(sender)
    _fill(source, size)
    plain = [
        (name, seconds(lambda command=command: shell(command)))  # type: ignore[misc]
        for name, command in (
            ("cat > file", f"cat {source} > {copy}"),
            ("cat > file, and sync", f"cat {source} > {copy}2 && sync {copy}2"),
            ("sha256sum", f"sha256sum {source}"),
        )
    ]
    slower = max(taken for name, taken in plain if name != "cat > file")
    rows = [(name, f"{taken:.2f}", f"{size / MB / taken:.0f}", "", "", "") for name, taken in plain]
    for name, send in (
        ("sent as the body", sender.send_raw),
        ("sent by tus, one piece", sender.send_in_one_piece),
        ("sent in a form", sender.send_form),
    ):
        _fill(source, size)  # other bytes: the same are kept once
        idle = resident_mb(pid)
        _forget_peak(pid)
        began = _cpu(pid)
        taken = seconds(lambda send=send: send(source))  # type: ignore[misc]
        used, more = _cpu(pid) - began, peak_mb(pid) - idle
        if digest_of(source) not in {one["sha256"] for one in _evidence(sender)}:
            raise AssertionError("it is not kept as it was sent")
        per_gib = f"{used * 1024 * MIB / size:.2f}"
        share = f"{100 * slower / taken:.0f} %"
        rows.append((name, f"{taken:.2f}", f"{size / MB / taken:.0f}", share, per_gib, f"{more:.0f}"))
        _until_looked_at(sender)
    print_table(
        f"One file of {size // MIB:,} MiB through the server to the disk, each way on the disk before it is told",
        ["", "wall s", "MB/s", "of the slower of sync and sha256sum", "CPU s a GiB", "MiB over idle"],
        rows,
    )


def slow_together(sender: Sender, pid: int, sizes: Sizes) -> None:
    """So many uploads at once, each in small pieces with the others in between: what the server holds."""
    idle = resident_mb(pid)
    _forget_peak(pid)
    taken = seconds(lambda: slowly(sender, number=sizes.slow, size=sizes.slow_bytes, pieces=16))
    print_table(
        f"{sizes.slow} slow uploads together, {sizes.slow * sizes.slow_bytes // MIB:,} MiB in all",
        ["", "MiB over idle", "wall s"],
        [("memory of the serving process at the most", f"{peak_mb(pid) - idle:.0f}", f"{taken:.1f}")],
    )


def slowly(sender: Sender, *, number: int, size: int, pieces: int) -> None:
    """So many files of so many bytes come together: of each a piece, and then of each the next."""
    step = -(-size // pieces)
    with ExitStack() as exits:
        servers = [exits.enter_context(sender.connect()) for _ in range(number)]
        contents = [number.to_bytes(4) + os.urandom(size - 4) for number in range(number)]
        for place, server in enumerate(servers):
            server.sendall(sender.raw(f"slow {place}.txt", size))
        for start in range(0, size, step):
            for server, content in zip(servers, contents, strict=True):
                server.sendall(content[start : start + step])
        for server in servers:
            answer(server, expected=201)


def many_files(first: Sender, second: Sender, sizes: Sizes) -> None:
    """So many small files, one after another and in forms, while the engine looks at those that came."""
    number, size = sizes.many, sizes.small
    contents = [os.urandom(size) for _ in range(2 * number)]
    rows = [
        ("best open competitor, 201 assessments", f"{RIVAL:.1f}", "1.0"),
        _rate("each as a body, on one connection", number, lambda: _one_by_one(first, contents[:number])),
        _rate("in forms of 100", number, lambda: _in_forms(second, contents[number:], together=100)),
    ]
    print_table(
        f"{number:,} files of {size // 1024} KiB, each on the disk and attached, {sizes.cycles} cycles in the database",
        ["", "files/s", "x the competitor"],
        rows,
    )


def _rate(name: str, number: int, do: Callable[[], object]) -> tuple[str, str, str]:
    rate = number / seconds(do)
    return name, f"{rate:.0f}", f"{rate / RIVAL:.0f}"


def _one_by_one(sender: Sender, contents: Sequence[bytes]) -> None:
    with sender.connect() as server:
        for number, content in enumerate(contents):
            server.sendall(sender.raw(f"small {number}.txt", len(content)))
            server.sendall(content)
            answer(server, expected=201)


def _in_forms(sender: Sender, contents: Sequence[bytes], *, together: int) -> None:
    for start in range(0, len(contents), together):
        files = contents[start : start + together]
        head, before, end = sender.form({f"{start + place}.txt": len(file) for place, file in enumerate(files)})
        with sender.connect() as server:
            server.sendall(head)
            for line, content in zip(before, files, strict=True):
                server.sendall(line + content)
            server.sendall(end)
            answer(server, expected=201)


def _evidence(sender: Sender) -> Sequence[dict[str, object]]:
    found: Sequence[dict[str, object]] = sender.ask(f"/api/cycles/{sender.cycle}/evidence")["evidence"]
    return found


def _until_looked_at(sender: Sender) -> None:
    """The engine reads a file again after it came: what is measured next is not to share the disk with it."""
    while any(one["clearance"]["state"] == "waiting" for one in _evidence(sender)):  # type: ignore[index]
        threading.Event().wait(0.2)


def _fill(file: Path, size: int) -> None:
    with file.open("wb") as content:
        for start in range(0, size, MIB):
            content.write(os.urandom(min(MIB, size - start)))
        content.flush()
        os.fsync(content.fileno())


def _forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _cpu(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    run(Sizes(large=32 * MIB, many=50, slow=50, cycles=5) if "--small" in sys.argv else None)
