import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from accreditation.errors import Invalid, Unavailable
from accreditation.evidence.clamd import Clamd, Scanned, open_clamd
from tests.evidence.content.making import packed, word
from tests.scanning import EICAR, STREAM_MAX

VIRUS = Scanned(virus="Eicar-Test.UNOFFICIAL")


def file(folder: Path, body: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"Dear reviewers", Scanned()),
        (EICAR, VIRUS),
        (packed({"a.txt": EICAR}), VIRUS),
        (word({"word/media/image1.bin": EICAR}), VIRUS),
        (
            bytes(STREAM_MAX + 1),
            Scanned(held="It is larger than the virus scanner takes: raise StreamMaxLength in clamd.conf."),
        ),
    ],
    ids=["letter", "virus", "virus-in-zip", "virus-in-word", "too-large"],
)
def test_what_a_real_scanner_says(scanners: tuple[Clamd, Clamd], body: bytes, said: Scanned, tmp_path: Path) -> None:
    path = file(tmp_path, body)
    assert [scanner.scan(path) for scanner in scanners] == [said, said]


@contextmanager
def answering(answer: bytes) -> Iterator[Clamd]:
    """Something that listens as a clamd does, reads all that comes, and answers this."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                said = b""
                while not said.endswith(bytes(4)) and (piece := connection.recv(65536)):
                    said += piece
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield Clamd(address=f"tcp://127.0.0.1:{server.getsockname()[1]}", seconds=10)
        thread.join()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"stream: OK\0", Scanned()),
        (b"stream: Win.Test FOUND\0", Scanned(virus="Win.Test")),
        (
            b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0",
            Scanned(
                held="The virus scanner could not look into all of it (Heuristics.Limits.Exceeded.MaxFileSize): raise "
                "its limits."
            ),
        ),
        (
            b"stream: Can't allocate memory ERROR\0",
            Scanned(held="The virus scanner failed on it; its own log says why."),
        ),
    ],
)
def test_what_its_answers_mean(answer: bytes, said: Scanned, tmp_path: Path) -> None:
    with answering(answer) as clamd:
        assert clamd.scan(file(tmp_path, b"x")) == said


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "it hung up"),
        (b"HTTP/1.1 400 Bad Request\r\n\0", "no answer of a clamd"),
        (b"x" * 10_000, "no answer of a clamd"),
    ],
)
def test_nothing_passes_where_the_answer_is_none(answer: bytes, why: str, tmp_path: Path) -> None:
    with answering(answer) as clamd, pytest.raises(Unavailable) as unavailable:
        clamd.scan(file(tmp_path, b"x"))
    assert str(unavailable.value) == (
        f"The virus scanner at {clamd.address} does not answer ({why}). Files wait until it does; nothing passes "
        "unscanned."
    )


def test_a_scanner_that_is_down_is_said_in_words(tmp_path: Path) -> None:
    path = file(tmp_path, b"x")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, and nobody listens
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(Unavailable, match=r"does not answer \(Connection refused\)"):
            Clamd(address=address).scan(path)
    with pytest.raises(Unavailable, match=r"does not answer \(No such file or directory\)"):
        Clamd(address=f"unix://{tmp_path}/none.sock").scan(path)


def test_a_scanner_that_never_answers_is_not_waited_for_long(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        clamd = Clamd(address=f"tcp://127.0.0.1:{silent.getsockname()[1]}", seconds=0.05)
        with pytest.raises(Unavailable, match=r"does not answer \(timed out\)"):
            clamd.scan(file(tmp_path, b"x"))


def test_no_address_is_no_scanner() -> None:
    assert open_clamd("") is None


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1:3310", "tcp://127.0.0.1", "tcp://:3310", "tcp://h:x", "unix://run/clamd", "unix:///", "http://h:1"],
)
def test_an_address_that_cannot_be_is_said_in_words(address: str) -> None:
    with pytest.raises(Invalid) as invalid:
        open_clamd(address)
    assert str(invalid.value) == (
        f"ACCREDIT_CLAMD: {address!r}; write tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl, or leave it empty "
        "for no scan"
    )
