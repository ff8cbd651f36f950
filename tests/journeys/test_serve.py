"""One command serves all; it says its address, refuses a twin in words, and Ctrl-C stops all of it cleanly."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from accreditation.actions.create_token import create_token
from accreditation.rules.people import Role
from accreditation.wiring import Settings, open_house
from tests.journeys.running import command, serving
from tests.journeys.warm import Warm
from tests.walking import OFFICE, begin

pytestmark = pytest.mark.xdist_group("engine")

STARTING = "Starting. The site's address stands here once it answers ...\n"


def a_leads_token(data: Path) -> str:
    """Begin a cycle here, and give its team's lead a token."""
    house = open_house(Settings(data=data, database_url="", evidence=None))
    begin(house)
    token = create_token(
        house.database, principal=OFFICE, name="lead", role=Role.TEAM_LEAD, team_id=1, reviewer_id=None,
        valid_for=timedelta(days=1), at=house.now(),
    )  # fmt: skip
    house.close()
    return token


@contextmanager
def half_an_upload(url: str, token: str) -> Iterator[socket.socket]:
    """A file is on its way, and the rest does not come."""
    with socket.create_connection((httpx.URL(url).host, httpx.URL(url).port or 0)) as sender:
        sender.sendall(
            b"POST /api/cycles/1/evidence?title=t&file_name=f.txt&criterion=1.01 HTTP/1.1\r\n"
            b"Host: engine\r\nAuthorization: Bearer %s\r\nContent-Length: 1000000\r\n\r\nhalf of it" % token.encode()
        )
        yield sender


def test_it_says_its_address_refuses_a_twin_and_stops_cleanly(warm: Warm, engine_data: Path) -> None:
    token = a_leads_token(engine_data)
    with serving(warm, engine_data) as engine:
        engine.wait_until_up()
        said = engine.said().splitlines()
        assert [line.split()[0] for line in said] == ["Starting.", "Site", "API", "Prefect", "Data", "Tokens", "Ctrl-C"]
        assert httpx.get(f"{engine.url}/api/health", trust_env=False).status_code == 200

        other = engine_data.parent / "other"
        assert warm.run("serve", "--port", engine.port, data=other) == (
            1, STARTING,
            f"The API cannot listen on 127.0.0.1:{engine.port}: Address already in use. Stop what listens there, "
            "or choose another port with --port or ACCREDIT_PORT.\n",
        )  # fmt: skip
        twin = command(engine_data, "serve", "--port", "0", "--prefect-port", "0")
        refusal = (
            f"Another process already runs Prefect on the folder {engine_data / 'prefect'}. Stop that one first, "
            "or give this one a folder of its own.\n"
        )
        assert (twin.returncode, twin.stdout, twin.stderr) == (1, STARTING, refusal)
        assert warm.run("demo", "--data", engine_data, data=other)[::2] == (1, refusal)

        with half_an_upload(engine.url, token):
            while not list((engine_data / "evidence" / "arriving").glob("*")):
                threading.Event().wait(0.01)
            assert engine.stop() == (0, "")
        assert engine.said().splitlines()[-2:] == ["Stopping ...", "Stopped."]
        assert engine.left_behind() == []


def test_it_starts_again_where_prefects_folder_was_deleted(warm: Warm, engine_data: Path) -> None:
    shutil.rmtree(engine_data / "prefect")
    with serving(warm, engine_data) as engine:
        engine.wait_until_up()
        assert httpx.get(f"{engine.url}/api/health", trust_env=False).status_code == 200
        assert engine.stop() == (0, "")
        assert engine.said().splitlines()[6] == (
            "No scheme is published yet: accredit standards publish standards/stroke"
        )
