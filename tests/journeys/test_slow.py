"""Two hundred people upload at once, all of them slowly: each holds a piece of its file, never the file."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from accreditation.evidence.partial import GATHERED
from accreditation.evidence.room import TURN
from accreditation.rules.cycle import Stage
from tests.benchmarks.uploading import Sender, answer
from tests.journeys.running import brought_to, program
from tests.journeys.warm import Warm

pytestmark = pytest.mark.xdist_group("engine")

SERVER = """
import socket, sys, threading
from pathlib import Path
import uvicorn
from accreditation.evidence.partial import Partial
from accreditation.wiring import Settings, open_house
from api.app import create_app

app = create_app(open_house(Settings(data=Path(sys.argv[1]))))
held = most = 0
counting = threading.Lock()

def count(change):
    global held, most
    with counting:
        held += change
        most = max(most, held)

async def counted(scope, receive, send):
    async def receiving():
        message = await receive()
        count(len(message.get("body", b"")))
        return message
    await app(scope, receiving, send)

def write(self, piece, write=Partial.write):
    write(self, piece)
    count(-len(piece))

Partial.write = write
listener = socket.create_server(("127.0.0.1", 0), backlog=256)
server = uvicorn.Server(uvicorn.Config(counted, lifespan="off", log_config=None, access_log=False))
threading.Thread(target=server.run, args=([listener],), daemon=True).start()
print(listener.getsockname()[1], flush=True)
sys.stdin.read()
print(held, most, file=sys.stderr)
server.should_exit = True
"""
"""A server that says on standard error, once its input ends: bytes of bodies that it holds, and held at the most."""

TOGETHER = 200
PIECE = 125_000
"""Bytes that come of one file before those of the next."""

SENT = 1_000_000
"""Bytes of each file that have been sent when all stand still; as many are still to come."""

WHOLE = 5
"""So many are sent to their end; of the others nobody hears again."""


def until(true: Callable[[], bool]) -> None:
    while not true():
        threading.Event().wait(0.02)


def test_two_hundred_slow_uploads_hold_a_piece_each_and_the_cut_ones_leave_nothing(
    warm: Warm, sqlite_template: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "records.sqlite").write_bytes(sqlite_template.read_bytes())
    secret = brought_to(data, Stage.SELF_ASSESSMENT)
    arriving = data / "evidence" / "arriving"

    def arrived() -> list[int]:
        return [file.stat().st_size for file in arriving.glob("*") if file.name != TURN]

    with program(warm, SERVER, data, folder=tmp_path / "server") as server, ExitStack() as exits:
        sender = Sender(port=int(server.first_line()), secret=secret, cycle=1, criterion="1.01")
        connections = [exits.enter_context(sender.connect()) for _ in range(TOGETHER)]
        contents = [number.to_bytes(4) * (SENT // 4) for number in range(TOGETHER)]
        for number, connection in enumerate(connections):
            connection.sendall(sender.raw(f"{number}.txt", 2 * SENT))
        for start in range(0, SENT, PIECE):
            for connection, content in zip(connections, contents, strict=True):
                connection.sendall(content[start : start + PIECE])
        until(lambda: len(arrived()) == TOGETHER and min(arrived()) > SENT - 2 * GATHERED)
        for connection, content in zip(connections[:WHOLE], contents, strict=False):
            connection.sendall(content)
            answer(connection, expected=201)
        exits.close()
        until(lambda: not any(arriving.iterdir()))
        for number, way in enumerate((sender.send_raw, sender.send_form, sender.send_in_one_piece)):
            file = tmp_path / f"{number}.csv"
            file.write_bytes(bytes([number]) * SENT)
            way(file)
        kept = [one["size"] for one in sender.ask("/api/cycles/1/evidence")["evidence"]]
        server.close()
        code, told = server.end()
    held, most = map(int, told.splitlines()[-1].split())
    assert (code, kept) == (0, [2 * SENT] * WHOLE + [SENT] * 3)
    assert 0 <= held < 1_000  # what stands around the one file that came in a form
    assert most < TOGETHER * (2 * GATHERED + 2 * PIECE) < TOGETHER * SENT
