"""A standard as a file on somebody's own machine: one text, one file of its folder, or the folder packed as a zip."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator

from accreditation.errors import Fault, Invalid
from accreditation.scheme.assemble import SCHEME_FILE
from accreditation.scheme.one_text import MOST_BYTES, apart, as_one
from accreditation.scheme.source import MAX_FILES, Files

SAVED_SO = (
    "text saved as UTF-8: open it in your editor, choose “Save as”, and there as encoding “UTF-8” (in Notepad beside "
    "the button “Save”), then send it again"
)

BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, ValueError, OSError, EOFError,
)  # fmt: skip
"""What unpacking a zip raises that is damaged, encrypted, or packed in a way that Python does not know."""

WHAT = "a draft that was downloaded here, one of its .yaml files, or a .zip of the folder"


def text_of_file(content: bytes, *, name: str, standing: str) -> str:
    """The whole text that this file makes of the one that stands.

    A file of the folder takes the place of the one that is called the same; anything else takes the place of all.
    Raises Invalid where it cannot be read.
    """
    if content.startswith(b"PK\x03\x04"):
        return as_one(_unpacked(content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _other_letters("it") from error
    files = dict(apart(standing).whole)
    same = [one for one in files if one.rpartition("/")[2] == name]
    if text.startswith("--- #") or len(same) != 1:
        return text
    return as_one({**files, same[0]: text.encode()})


def packed(text: str) -> bytes:
    """The standard in this text as a folder, in a zip: what `accredit standards` takes once it is unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        for name, content in apart(text).whole.items():
            entry = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            folder.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _unpacked(content: bytes) -> Files:
    """The standards files in this zip, whatever folder they lie in there."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            files = dict(_files(packed))
    except BROKEN as error:
        raise _unreadable("it is a .zip that cannot be unpacked") from error
    if SCHEME_FILE not in files:
        raise _unreadable(f"no {SCHEME_FILE} is in it")
    return files


def _files(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    names = [one for one in packed.namelist() if one.endswith(".yaml") and "__MACOSX" not in one]
    top = next((one.removesuffix(SCHEME_FILE) for one in sorted(names, key=len) if one.endswith(SCHEME_FILE)), "")
    inside = [one for one in names if one.startswith(top)]
    if len(inside) > MAX_FILES:
        raise _unreadable(f"{len(inside)} files are in it")
    room = MOST_BYTES
    for name in inside:
        with packed.open(name) as file:
            content = file.read(room + 1)
        room -= len(content)
        if room < 0:
            raise _unreadable(f"more than {MOST_BYTES:,} bytes are in it")
        _text(content)
        yield name.removeprefix(top), content


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _other_letters("a file in it") from error


def _other_letters(what: str) -> Invalid:
    """Not in UTF-8: most often a text of an older editor, which mends it by saving it in another way."""
    return Invalid([Fault(where="file", found=f"{what} is no text in UTF-8", allowed=SAVED_SO)])


def _unreadable(found: str) -> Invalid:
    return Invalid([Fault(where="file", found=found, allowed=WHAT)])
