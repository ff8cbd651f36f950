"""accredit evidence upload: files arrive whole over any network, nothing twice, and what is not kept is told."""

import hashlib
import io
import json
import os
import random
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.console import Console

from accreditation.actions.delete_evidence import delete_evidence
from accreditation.commands.uploading.asked import Words
from accreditation.commands.uploading.ended import Ended, Outcome
from accreditation.commands.uploading.files import meant, shown
from accreditation.commands.uploading.patience import PAUSES
from accreditation.commands.uploading.screen import watching
from accreditation.commands.uploading.server import Server, openly, own_address
from accreditation.commands.uploading.telling import say, told
from accreditation.commands.uploading.together import send_all
from accreditation.errors import Invalid, Refused, Unavailable
from accreditation.evidence.store import open_store
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.retention import Cause
from tests.api.asking import Client, cut_off
from tests.commands.conftest import Accredit
from tests.commands.wire import Fate, Wire, let_through
from tests.examining import AWAY, HARM
from tests.opened import opened
from tests.walking import LEAD, OFFICE, walk, work

WORDS = Words(cycle=1, criteria=("1.01",))
FOR_LIBRARY = Words(team=1)


@pytest.fixture(scope="module")
def walked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A data folder with North's cycle, which waits for its evidence, and its lead's token; to be copied."""
    folder = tmp_path_factory.mktemp("evidence")
    shutil.copy(sqlite_template, folder / "records.sqlite")
    house = opened(folder)
    walk(house, Stage.EVIDENCE)
    with Client(house) as client:
        secrets = {LEAD.name: client.token(LEAD)}
    house.close()
    return folder, secrets


@pytest.fixture
def engine(walked: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Client]:
    shutil.copytree(walked[0], tmp_path / "engine")
    house = opened(tmp_path / "engine")
    with Client(house, walked[1]) as client:
        yield client
    house.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


def file(folder: Path, name: str, size: int, *, content: bytes = b"") -> Path:
    """A file of so many bytes that are its own, after this content."""
    (folder / name).write_bytes(content + random.Random(os.fsencode(name)).randbytes(size))
    return folder / name


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Sent:
    """Sends files as the command does. `pauses` are those that were made, `notes` what was worth a line."""

    def __init__(self, engine: Client, fate: Fate = let_through) -> None:
        self.wire = Wire(engine, fate)
        self.pauses: list[float] = []
        self.notes: list[str] = []
        self.stop = threading.Event()
        self.during: Callable[[], object] = lambda: None
        self._token = engine.token(LEAD)

    def __call__(self, *files: Path, words: Words = WORDS, wait: int = 0, at_once: int = 1) -> list[Ended]:
        with httpx.Client(
            transport=self.wire, base_url="http://engine", headers={"Authorization": f"Bearer {self._token}"}
        ) as http:
            return list(
                send_all(
                    Server(http), files, words, at_once=at_once, wait=wait, stop=self.stop, watching=self,
                    pause=self._pause,
                )
            )  # fmt: skip

    def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.during()

    def far(self, path: Path, offset: int) -> None:
        return

    def note(self, path: Path, words: str) -> None:
        self.notes.append(words)

    def end(self, path: Path, ended: Ended) -> None:
        return


def evidence(engine: Client) -> dict[str, Any]:
    return {one["title"]: one for one in engine.get("/api/cycles/1/evidence", by=LEAD).json()["evidence"]}


def outcomes(ended: list[Ended]) -> list[Outcome]:
    return [one.outcome for one in ended]


def test_files_whose_network_is_cut_anywhere_and_loses_answers_arrive_whole(engine: Client, folder: Path) -> None:
    chance = random.Random(5)

    def cut(request: httpx.Request, body: bytes) -> int | None:
        if chance.random() < 0.5:
            return chance.choice([0, len(body), chance.randrange(len(body) + 1)])
        return None

    sent = Sent(engine, cut)
    files = [file(folder, name, 300_000) for name in ("rota.txt", "policy.txt", "plan.txt")]
    ended = sent(*files, at_once=3)
    assert outcomes(ended) == [Outcome.KEPT] * 3
    kept = evidence(engine)
    assert [kept[path.stem]["sha256"] for path in files] == [sha256(path) for path in files]
    assert [kept[path.stem]["id"] for path in files] == [one.evidence for one in ended]
    assert engine.get("/api/uploads", by=LEAD).json() == {"uploads": []}
    assert len(sent.notes) == len(sent.pauses) > 3


def stopped_after(size: int, engine: Client, path: Path) -> list[Ended]:
    """The file is sent, and after so many bytes whoever started that stops it."""
    sent = Sent(engine)

    def stop(request: httpx.Request, body: bytes) -> int | None:
        if request.method != "PATCH":
            return None
        sent.stop.set()
        return size

    sent.wire.fate = stop
    return sent(path)


def test_started_again_it_goes_on_where_it_was_and_a_third_time_sends_nothing(engine: Client, folder: Path) -> None:
    path = file(folder, "rota.txt", 400_000)
    stopped = stopped_after(250_000, engine, path)
    assert [(one.outcome, one.why) for one in stopped] == [(Outcome.UNFINISHED, "You stopped it.")]
    again, third = Sent(engine), Sent(engine)
    assert (outcomes(again(path)), again.wire.sent) == ([Outcome.KEPT], 150_000)
    assert (outcomes(third(path)), third.wire.sent) == ([Outcome.ALREADY], 0)
    other = Sent(engine)
    (found,) = other(path, words=replace(WORDS, criteria=("2.01",), places={"2.01": "p. 3"}))
    assert (found.outcome, other.wire.sent) == (Outcome.REUSED, 0)
    assert [one["places"] for one in evidence(engine).values() if one["id"] == found.evidence] == [{"2.01": "p. 3"}]


def test_ctrl_c_ends_each_file_where_it_is_and_begins_no_other(engine: Client, folder: Path) -> None:
    sent = Sent(engine)

    def interrupt(request: httpx.Request, body: bytes) -> int | None:
        if request.method != "PATCH":
            return None
        os.kill(os.getpid(), signal.SIGINT)
        assert sent.stop.wait(60)
        return 30

    sent.wire.fate = interrupt
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # whoever runs tests in processes ignores it there
    try:
        ended = sent(file(folder, "rota.txt", 100), file(folder, "plan.txt", 100))
    finally:
        signal.signal(signal.SIGINT, before)
    assert [(one.outcome, one.why) for one in ended] == [(Outcome.UNFINISHED, "You stopped it.")] * 2
    assert [one["offset"] for one in engine.get("/api/uploads", by=LEAD).json()["uploads"]] == [30]


def test_who_says_something_else_of_a_file_begins_it_anew(engine: Client, folder: Path) -> None:
    path = file(folder, "rota.txt", 4_000)
    stopped_after(2_500, engine, path)
    again = Sent(engine)
    assert (outcomes(again(path, words=replace(WORDS, owner="The matron"))), again.wire.sent) == ([Outcome.KEPT], 4_000)


def test_patience_ends_where_nothing_comes_of_it_and_it_is_said_what_to_do(engine: Client, folder: Path) -> None:
    sent = Sent(engine, lambda request, body: 0 if request.method in ("PATCH", "HEAD") else None)
    (ended,) = sent(file(folder, "rota.txt", 100))
    assert (ended.outcome, tuple(sent.pauses)) == (Outcome.UNFINISHED, PAUSES)
    assert ended.why == "The engine at http://engine is not reached (the network is cut)."
    assert ended.what_to_do == "Start the command again with the same words: it goes on from there."


def test_an_engine_that_never_answers_is_said_to(engine: Client, folder: Path) -> None:
    sent = Sent(engine, lambda request, body: 0)
    with pytest.raises(Unavailable, match="is not reached"):
        sent(file(folder, "rota.txt", 100))
    assert tuple(sent.pauses) == PAUSES


def test_bytes_that_are_altered_on_the_way_are_sent_again(engine: Client, folder: Path) -> None:
    altered = iter([True])

    def alter(request: httpx.Request, body: bytes) -> bytes | None:
        return b"x" * len(body) if request.method == "PATCH" and next(altered, False) else None

    sent = Sent(engine, alter)
    path = file(folder, "rota.txt", 100)
    assert outcomes(sent(path)) == [Outcome.KEPT]
    assert evidence(engine)["rota"]["sha256"] == sha256(path)
    assert len(sent.pauses) == 1


def test_whoever_is_told_by_something_between_that_a_piece_was_cut_goes_on_where_it_was(
    engine: Client, folder: Path
) -> None:
    path, cut = file(folder, "rota.txt", 1_000), iter([True])

    def relayed(request: httpx.Request, body: bytes) -> httpx.Response | None:
        if request.method != "PATCH" or not next(cut, False):
            return None
        at, headers = request.url.path, [one for one in request.headers.raw if one[0].lower() != b"upload-checksum"]
        answer = engine.ask("PATCH", at, headers=headers, content=cut_off(body[:600]))
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    sent = Sent(engine, relayed)
    assert (outcomes(sent(path)), sent.wire.sent) == ([Outcome.KEPT], 400)


def test_a_file_that_changes_while_it_is_sent_is_not_kept(engine: Client, folder: Path) -> None:
    path = file(folder, "rota.txt", 100)

    def write(request: httpx.Request, body: bytes) -> None:
        if request.method == "POST":
            path.write_bytes(bytes(100))

    (ended,) = Sent(engine, write)(path)
    assert (ended.outcome, ended.why) == (
        Outcome.REFUSED, "Twice it did not arrive as it was: it changes while it is sent, or is altered on the way."
    )  # fmt: skip
    assert "rota" not in evidence(engine)


def test_where_something_between_takes_only_small_pieces_small_ones_are_sent(engine: Client, folder: Path) -> None:
    def between(request: httpx.Request, body: bytes) -> httpx.Response | None:
        return httpx.Response(413, text="<html>too large</html>") if len(body) > 600_000 else None

    path = file(folder, "rota.txt", 1_500_000)
    assert outcomes(Sent(engine, between)(path)) == [Outcome.KEPT]
    assert evidence(engine)["rota"]["sha256"] == sha256(path)


def test_what_is_refused_is_told_and_the_others_are_kept(engine: Client, folder: Path) -> None:
    house = replace(
        engine.house, evidence=open_store(engine.house.settings.data / "evidence", arriving=None, limit=1_000)
    )
    settings = house.settings.model_copy(update={"evidence_limit": 1_000})
    with Client(replace(house, settings=settings), engine.secrets) as small:
        ended = Sent(small)(file(folder, "film.mp4", 1_001), file(folder, "rota.txt", 10))
        assert [(one.outcome, one.why) for one in ended] == [
            (Outcome.REFUSED, "A file may have 1,000 bytes; this one has 1,001."), (Outcome.KEPT, ""),
        ]  # fmt: skip
    (ended_too,) = Sent(engine)(file(folder, "plan.txt", 10), words=replace(WORDS, criteria=("9.99",)))
    assert ended_too.why.startswith("criterion 9.99: it does not apply to this service, or does not exist")
    with pytest.raises(Refused, match="There is no such cycle"):
        Sent(engine)(folder / "plan.txt", words=replace(WORDS, cycle=99))


@pytest.mark.parametrize(
    ("status", "outcome"), [(429, Outcome.UNFINISHED), (507, Outcome.UNFINISHED), (409, Outcome.REFUSED)]
)
def test_what_is_not_about_the_file_is_for_another_time(
    engine: Client, folder: Path, status: int, outcome: Outcome
) -> None:
    said = {"type": "/problems/any", "detail": "Not now."}
    sent = Sent(engine, lambda request, body: httpx.Response(status, json=said) if request.method == "POST" else None)
    (ended,) = sent(file(folder, "rota.txt", 10))
    assert (ended.outcome, ended.why) == (outcome, "Not now.")
    assert ended.what_to_do.endswith("once there is room.") is (status == 507)  # nothing was kept: nothing goes on


def test_a_name_of_another_encoding_goes_on_too(engine: Client, folder: Path) -> None:
    path = file(folder, os.fsdecode(b"r\xf6ntgen .txt"), 1_000)
    stopped_after(600, engine, path)
    again = Sent(engine)
    assert (outcomes(again(path)), again.wire.sent) == ([Outcome.KEPT], 400)
    assert list(evidence(engine))[-1] == "r?ntgen"


def test_how_the_engine_found_the_files_is_waited_for_and_told(engine: Client, folder: Path) -> None:
    sent = Sent(engine)
    sent.during = lambda: work(engine.house, Kind.EVIDENCE, at=engine.house.now())
    harmful, fine = sent(file(folder, "a.txt", 0, content=HARM), file(folder, "b.txt", 0, content=b"fine"), wait=9)
    assert (harmful.outcome, harmful.state, fine.outcome, fine.state) == (
        Outcome.BACK, "refused", Outcome.KEPT, "cleared",
    )  # fmt: skip
    typed = f"{harmful.evidence} --cycle 1"
    assert harmful.what_to_do.splitlines() == [
        "What to do: put another file in its place, or take it back. As it is typed:",
        f"  accredit evidence replace {typed} --version VERSION",
        f"  accredit evidence withdraw {typed} --reason '...'",
    ]
    assert sent.pauses == [1.0]
    (waiting,) = Sent(engine)(file(folder, "c.txt", 10), wait=2)
    assert (waiting.outcome, waiting.state, waiting.fine) == (Outcome.KEPT, "waiting", True)


def test_where_the_scanner_is_away_it_is_said_that_nothing_is_wrong_with_the_file(engine: Client, folder: Path) -> None:
    sent = Sent(engine)
    sent.during = lambda: work(engine.house, Kind.EVIDENCE, at=engine.house.now())
    for one in sent(file(folder, "a.txt", 0, content=AWAY), file(folder, "b.txt", 0, content=AWAY + b"!"), wait=1):
        assert (one.outcome, one.state, one.fine) == (Outcome.KEPT, "waiting", True)
        assert one.why == (
            "The place of files or the virus scanner does not answer; it is tried again every minute. Nothing is wrong "
            "with the file: it is kept, and waits."
        )


def test_documents_go_into_the_library_once_and_a_further_version_of_one(engine: Client, folder: Path) -> None:
    first, second = file(folder, "policy.txt", 10), file(folder, "policy of May.txt", 10)
    (kept,) = Sent(engine)(first, words=Words())  # the token says whose library it is
    (again,) = Sent(engine)(first, words=FOR_LIBRARY)
    assert (kept.outcome, again.outcome, again.version) == (Outcome.KEPT, Outcome.ALREADY, kept.version)
    of_it = replace(FOR_LIBRARY, document=kept.document, title="Policy")
    (newer,) = Sent(engine)(second, words=of_it)
    assert (newer.document, outcomes(Sent(engine)(second, words=of_it))) == (kept.document, [Outcome.ALREADY])
    (older,) = Sent(engine)(first, words=of_it)
    assert older.why == f"These bytes are in the library already, as version 1 of 'policy' (document {kept.document})."
    (stranger,) = Sent(engine)(file(folder, "x.txt", 5), words=Words(team=2))
    assert stranger.why == "There is no such team, or it is not yours."


def test_an_address_where_no_engine_is_and_answers_that_lost_their_headers_are_said(
    engine: Client, folder: Path
) -> None:
    path = file(folder, "rota.txt", 10)
    with pytest.raises(Refused, match="no engine that takes uploads"):
        Sent(engine, lambda request, body: httpx.Response(200, text="<html>"))(path)
    bare = Sent(engine, lambda request, body: httpx.Response(201) if request.method == "POST" else None)
    assert bare(path)[0].why.startswith("The engine began an upload and did not say where.")
    name = "0123456789abcdef" * 2
    assert own_address(f"https://elsewhere.example/api/uploads/{name}") == f"/api/uploads/{name}"


def test_folders_mean_their_files_without_what_systems_leave_there(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "loop").symlink_to(folder)
    named = [file(folder, name, 1) for name in ("b.txt", "a.txt", ".DS_Store", "Thumbs.db", "~$rota.docx")]
    below = file(folder / "sub", "c.txt", 1)
    found = meant([folder, folder / "a.txt"])
    assert (found.files, found.left_out) == ((named[1], named[0], below), (named[2], named[3], named[4]))
    (folder / "link.txt").symlink_to(folder / "a.txt")
    assert set(meant([folder]).left_out) - set(found.left_out) == {folder / "link.txt"}
    with pytest.raises(Invalid) as refused:
        meant([folder, folder / "none.txt"])
    assert [one.found for one in refused.value.faults] == ["no file is there"]
    assert shown(Path("a\x1b[31m\u202eb.txt")) == "a?[31m?b.txt"


@pytest.mark.parametrize(
    ("url", "read_along"),
    [
        ("http://accredit.example", True),
        ("HTTP://accredit.example", True),
        ("https://accredit.example", False),
        ("http://127.0.0.1:8000", False),
    ],
)
def test_an_address_over_which_others_read_along_is_known(url: str, read_along: bool) -> None:
    assert openly(url) is read_along


def test_an_empty_file_is_refused_and_the_others_are_kept(engine: Client, folder: Path) -> None:
    empty, rota = file(folder, "empty.txt", 0), file(folder, "rota.txt", 10)
    ended = Sent(engine)(empty, rota)
    assert [(one.outcome, one.why) for one in ended] == [(Outcome.REFUSED, "It is empty."), (Outcome.KEPT, "")]


def test_what_is_said_of_a_file_that_is_there_is_kept_where_nobody_said_it_and_told_where_somebody_did(
    engine: Client, folder: Path
) -> None:
    path = file(folder, "audit.txt", 10)
    (kept,) = Sent(engine)(path, words=FOR_LIBRARY)
    dated = replace(WORDS, effective_on=date(2025, 1, 15), owner="The matron")
    (reused,) = Sent(engine)(path, words=dated)
    assert (reused.outcome, evidence(engine)["audit"]["effective_on"]) == (Outcome.REUSED, "2025-01-15")
    later = replace(dated, effective_on=date(2026, 1, 15), title="The audit", review_by=date(2027, 1, 1))
    (other,) = Sent(engine)(path, words=later)
    assert (other.outcome, other.fine, other.why) == (
        Outcome.OTHERWISE, False, "title: the library says 'audit', and not 'The audit'; "
        "effective on: the library says '2025-01-15', and not '2026-01-15'.",
    )  # fmt: skip
    in_library = replace(FOR_LIBRARY, effective_on=date(2026, 1, 15), describe_anew=True)
    assert outcomes(Sent(engine)(path, words=in_library)) == [Outcome.ALREADY]
    (version,) = engine.get(f"/api/library/{kept.document}", by=LEAD).json()["versions"]
    assert [version[name] for name in ("title", "owner", "effective_on", "review_by", "said_version")] == [
        "audit", "The matron", "2026-01-15", "2027-01-01", 4,
    ]  # fmt: skip


def test_a_file_that_does_not_hold_today_is_kept_and_told_whether_it_was_sent_or_there_already(
    engine: Client, folder: Path
) -> None:
    soon = engine.house.now().date() + timedelta(days=2)
    paths = file(folder, "audit.txt", 10), file(folder, "rota.txt", 10)
    Sent(engine)(paths[0], words=FOR_LIBRARY)
    ended = Sent(engine)(*paths, words=replace(WORDS, effective_on=soon))
    assert [(one.outcome, one.fine, one.why.splitlines()[-1]) for one in ended] == [
        (Outcome.OUT_OF_DATE, False, f"1.01: it holds from {soon} only")
    ] * 2


@pytest.mark.parametrize("words", [WORDS, FOR_LIBRARY])
def test_a_file_that_was_deleted_for_a_patient_is_refused_and_not_there_already(
    engine: Client, folder: Path, words: Words
) -> None:
    path = file(folder, "round.txt", 10)
    Sent(engine)(path)
    held = evidence(engine)["round"]
    delete_evidence(
        engine.house.database, principal=OFFICE, version_ids=[held["version_id"]], cause=Cause.PATIENT_DATA,
        reason="A patient can be told.", at=engine.house.now(),
    )  # fmt: skip
    (ended,) = Sent(engine)(path, words=words)
    assert (ended.outcome, "this very file was deleted on" in ended.why) == (Outcome.REFUSED, True)
    assert evidence(engine)["round"]["clearance"]["to_do"] == ""


@pytest.mark.parametrize("header", [{"Upload-Offset": "9" * 400}, {"Upload-Offset": "²"}, {"Upload-Offset": "11"}])
def test_an_engine_that_says_what_cannot_be_ends_the_file(engine: Client, folder: Path, header: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode()) for name, value in header.items()]
    sent = Sent(engine, lambda request, body: httpx.Response(204, headers=raw) if request.method == "PATCH" else None)
    (ended,) = sent(file(folder, "rota.txt", 10))
    assert (ended.outcome, ended.why.startswith("The engine ")) == (Outcome.REFUSED, True)


def test_a_list_without_end_is_asked_for_once_and_words_move_nothing_on_the_screen(
    engine: Client, folder: Path
) -> None:
    def listed(request: httpx.Request, body: bytes) -> httpx.Response | None:
        if request.url.path == "/api/library":
            return httpx.Response(200, json={"items": [], "next_after": 0})
        return None

    sent = Sent(engine, listed)
    assert outcomes(sent(file(folder, "rota.txt", 10))) == [Outcome.KEPT]
    assert sent.wire.asked.count("GET /api/library") == 1
    out = io.StringIO()
    say(Console(file=out), told([Ended(file="a", outcome=Outcome.REFUSED, why="\x1b[2J\u202eno")], []))
    assert "  ?[2J?no\n" in out.getvalue()


def test_a_terminal_is_shown_a_bar_for_each_file_and_a_pipe_lines(folder: Path) -> None:
    path = file(folder, "rota.txt", 100)
    told = []
    for terminal in (True, False):
        out = io.StringIO()
        with watching(Console(file=out, force_terminal=terminal, width=120, highlight=False), [path]) as shows:
            shows.far(path, 50)
            shows.note(path, "cut")
            shows.end(path, Ended(file=str(path), outcome=Outcome.KEPT))
        told.append(out.getvalue())
    assert ("1 of 1 files" in told[0], f"{path}: cut" in told[0]) == (True, True)
    assert told[1] == f"{path}: cut\n1 of 1: {path}: kept\n"


@pytest.fixture
def connects(engine: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reaches the engine of this process."""

    def connected(url: str, token: str) -> httpx.Client:
        return httpx.Client(transport=Wire(engine), base_url=url, headers={"Authorization": f"Bearer {token}"})

    monkeypatch.setattr("accreditation.commands.uploading.upload.connected", connected)
    monkeypatch.setenv("ACCREDIT_TOKEN", engine.token(LEAD))


@pytest.mark.usefixtures("connects")
def test_the_command_says_what_became_of_each_file_and_exits_with_0_only_where_all_are_kept(
    accredit: Accredit, engine: Client, folder: Path
) -> None:
    rota, plan = file(folder, "rota.txt", 10), file(folder, "plan.txt", 20)
    to = ("--cycle", 1, "--criteria", "1.01", "--wait", 0)
    said = accredit("evidence", "upload", rota, *to, "--effective-on", "2026-01-01", "--title", "The rota")
    kept = evidence(engine)["The rota"]
    assert (said.code, said.out) == (
        0, f"kept: {rota} (evidence {kept['id']}, 10 bytes, not looked at yet)\nThe file is kept.\n",
    )  # fmt: skip
    assert (kept["effective_on"], said.err) == ("2026-01-01", f"1 of 1: {rota}: kept\n")
    token = folder / "token"
    token.write_text(engine.token(LEAD) + "\n")
    said = accredit(
        "evidence", "upload", rota, plan, "--cycle", 1, "--criteria", "9.99", "--token-file", token, "--json"
    )
    told = json.loads(said.out)
    assert (said.code, told["whole"], [one["outcome"] for one in told["files"]]) == (1, False, ["refused", "refused"])
    said = accredit("evidence", "upload", plan, "--library")
    assert (said.code, said.out.splitlines()[-1]) == (0, "The file is kept.")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Say either --cycle, or --library."),
        (("--cycle", 1, "--library", "--criteria", "1"), "Say either --cycle, or --library."),
        (("--cycle", 1), "Say with --criteria"),
        (("--library", "--criteria", "1.01"), "--criteria and --place belong to a --cycle."),
        (("--cycle", 1, "--criteria", "1.01", "--document", 1), "--team and --document belong to --library."),
        (("--cycle", 1, "--criteria", "1.01", "--place", "2.01=p"), "--place names 2.01, which --criteria does not."),
        (("--cycle", 1, "--criteria", "1.01", "--place", "page 3"), "Say a place as in --place '1.01=p. 3'."),
        (("--library", "--title", "A", "EXTRA"), "--title and --document are of one file; 2 are named."),
        (("--library", "--token-file", "EMPTY"), "There is no token in"),
    ],
)  # fmt: skip
def test_words_that_do_not_belong_together_are_a_mistake_of_use(
    accredit: Accredit, folder: Path, words: tuple[object, ...], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCREDIT_TOKEN", "secret")
    empty, extra = file(folder, "empty", 0), file(folder, "extra.txt", 1)
    given = [{"EMPTY": empty, "EXTRA": extra}.get(str(one), one) for one in words]
    said = accredit("evidence", "upload", file(folder, "rota.txt", 10), *given)
    assert (said.code, says in " ".join(said.err.split())) == (2, True), said.err


def test_an_address_that_is_none_is_said(accredit: Accredit, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCREDIT_TOKEN", "secret")
    said = accredit("evidence", "upload", file(folder, "rota.txt", 10), "--library", "--url", "ftp://x")
    assert (said.code, said.err) == (1, "--url: 'ftp://x'; an address, as in https://accredit.example\n")
