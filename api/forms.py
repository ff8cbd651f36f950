"""Forms with files in them (RFC 7578), read as they arrive: no file of one is ever whole in memory."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from accreditation.errors import Fault, Invalid, Refused, TooLarge, TooMany, UploadBroken
from accreditation.evidence.partial import PATIENCE

MOST_PARTS = 1_000
"""Fields and files in one form."""

MOST_FILES = 200
"""Files in one form."""

MOST_BESIDES = 1_000_000
"""Bytes of a form that are of no file: fields, headers, and what stands before, between and behind its parts."""

MOST_FIELD = 20_000
"""Bytes of one field, however often it is said, and of one header of a part: a name of 4,000 letters is still told
what is wrong with it."""

MOST_NAMES = 20
"""Different fields: each that is not known is told with each file."""

ONCE = frozenset({"title", "sha256"})
"""What is said of the next file alone; all else holds for the files that follow, until it is said again."""

LIES_OPEN = frozenset({b"", b"7bit", b"8bit", b"binary"})
"""Ways to send a part that leave its bytes as they are."""


def boundary_of(content_type: str | None) -> bytes:
    """What stands between the parts of this form. Raises Invalid where no form is sent."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 1 <= len(boundary) <= 70:
        allowed = "a form as multipart/form-data with a boundary: curl -F criteria=1.01 -F file=@plan.pdf"
        raise Invalid([Fault(where="header Content-Type", found="no form", allowed=allowed)])
    return boundary


@dataclass(eq=False, slots=True)
class FormFile:
    """A file of a form: its name, and the fields that speak of it. Its bytes are read once, or passed over.

    `said_anew` are the fields that stand between the file before it and this one.
    """

    file_name: str
    said: Mapping[str, Sequence[str]]
    encoding: bytes
    said_anew: frozenset[str]
    _parts: "_Parts" = field(repr=False)
    _ended: bool = False

    async def chunks(self) -> AsyncIterator[bytes]:
        """Its bytes as they arrive. Raises UploadBroken or TooLarge where the form cannot be read further."""
        while not self._ended:
            chunk = await self._parts.next()
            if isinstance(chunk, bytes):
                yield chunk
            else:
                self._ended = True

    async def pass_over(self, *, most: int) -> int:
        """Read what is left of it and keep nothing. How many bytes? Raises TooLarge for more than `most`."""
        passed = 0
        async for chunk in self.chunks():
            passed += len(chunk)
            if passed > most:
                raise TooLarge(f"More than {most:,} bytes of a refused file came; {_SO}.")
        return passed


class FileForm:
    """A form with files in it, on its way in: what its first field says, then its files one after another.

    `said` are the fields that came so far, each with everything that was said of it last; they may speak of no file.
    """

    def __init__(self, stream: AsyncIterator[bytes], *, boundary: bytes) -> None:
        self._parts = _Parts(stream, boundary)
        self.said: dict[str, list[str]] = {}

    async def first(self, name: str) -> str:
        """What the first field says, where it has this name; else nothing. Raises UploadBroken, TooLarge."""
        part = await self._parts.next()
        if not isinstance(part, _Head) or part.file_name is not None or part.name != name:
            return ""
        return await self._parts.text(name)

    async def before_files(self) -> Mapping[str, Sequence[str]]:
        """What its fields say up to the first file, or as far as it can be read: of a form that is refused."""
        fresh: set[str] = set()
        with suppress(Refused):
            while isinstance(part := await self._parts.next(), _Head) and part.file_name is None:
                await self._field(part.name, fresh)
        return self.said

    async def files(self, *, most: int) -> AsyncIterator[FormFile]:
        """The files, one after another; what its reader left of one, at `most` so many bytes, is passed over.

        Raises UploadBroken where the form is cut off or is none, TooLarge where it has too much of something, and
        Invalid where fields stand behind the last file: the files before that stay what they became.
        """
        fresh: set[str] = set()  # said since the last file: of several the last group holds, whole
        files = 0
        while (part := await self._parts.next()) is not _DONE:
            assert isinstance(part, _Head)  # noqa: S101  (a part begins with it)
            if part.file_name is None:
                await self._field(part.name, fresh)
                continue
            name = _text(part.file_name).replace("%22", '"')  # as browsers write it
            said = {key: tuple(of) for key, of in self.said.items()}
            file = FormFile(name, said, part.encoding, frozenset(fresh), self._parts)
            if not part.file_name and not await file.pass_over(most=most):
                continue  # what browsers send for a place in which no file was put
            files += 1
            if files > MOST_FILES:
                raise TooLarge(f"A form may have {MOST_FILES} files; this one has more. Send the rest in another.")
            yield file
            await file.pass_over(most=most)
            fresh.clear()
            self.said = {key: of for key, of in self.said.items() if key not in ONCE}
        if files and fresh:
            found, allowed = "it stands behind the last file", "before the files that it speaks of"
            raise Invalid([Fault(where=f"field {key[:80]}", found=found, allowed=allowed) for key in sorted(fresh)])

    async def _field(self, name: str, fresh: set[str]) -> None:
        if name not in fresh:
            self.said[name] = []
        fresh.add(name)
        self.said[name].append(await self._parts.text(name))
        _check_fields(self.said, name)


async def files_of(stream: AsyncIterator[bytes], *, boundary: bytes, most: int) -> AsyncIterator[FormFile]:
    """The files of this form, one after another, as `FileForm.files` has them."""
    async for file in FileForm(stream, boundary=boundary).files(most=most):
        yield file


def _check_fields(said: Mapping[str, Sequence[str]], name: str) -> None:
    """May the form go on, of which this field came now? Raises TooLarge."""
    if sum(map(len, said[name])) > MOST_FIELD:
        raise _long(name)
    if len(said) > MOST_NAMES:
        raise TooLarge(f"A form may have {MOST_NAMES} different fields; this one has more.")


def _long(name: str) -> TooLarge:
    return TooLarge(f"A field of a form may have {MOST_FIELD:,} bytes; '{name[:80]}' has more.")


class _Mark:
    """Something that is known by being this one."""


_END, _DONE = _Mark(), _Mark()


@dataclass(frozen=True, slots=True)
class _Head:
    """What a part says of itself; `file_name` is None for a field."""

    name: str
    file_name: bytes | None
    encoding: bytes


_Event = bytes | _Head | _Mark


class _Parts:
    """What a form consists of, in order, read from the stream only as far as somebody asks."""

    def __init__(self, stream: AsyncIterator[bytes], boundary: bytes) -> None:
        self._stream = aiter(stream)
        self._events: deque[_Event] = deque()
        self._failure: Refused | None = None
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin, "on_header_begin": self._header, "on_header_field": self._field,
                "on_header_value": self._value, "on_headers_finished": self._headers_end, "on_part_data": self._data,
                "on_part_end": self._end, "on_end": self._over,
            },
            max_header_size=MOST_FIELD,
        )  # fmt: skip
        self._headers: list[tuple[bytearray, bytearray]] = []
        self._in_file = False
        self._begun = self._besides = 0

    async def next(self) -> _Event:
        """What comes next. Raises what ends the form before its end, once all that came before is told."""
        while not self._events:
            if self._failure is None:
                await self._read()
            if self._failure is not None and not self._events:
                raise self._failure
        return self._events.popleft()

    async def text(self, name: str) -> str:
        """The text of the field that has begun. Raises TooLarge."""
        text = bytearray()
        while (chunk := await self.next()) is not _END:
            assert isinstance(chunk, bytes)  # noqa: S101  (nothing else stands within a part)
            text += chunk
            if len(text) > MOST_FIELD:
                raise _long(name)
        return _text(bytes(text))

    async def _read(self) -> None:
        """Read a piece more, and remember what ends the form there."""
        try:
            async with asyncio.timeout(PATIENCE):
                chunk = await anext(self._stream)
            self._besides += len(chunk)
            self._parser.write(chunk)
            if self._besides > MOST_BESIDES:
                raise TooLarge(f"A form may have {MOST_BESIDES:,} bytes beside its files; this one has more.")
        except (TooLarge, TooMany) as much:
            self._failure = much
        except FormParserError:
            self._failure = UploadBroken(f"The form cannot be read from here on; {_SO}.")
        except TimeoutError:
            self._failure = UploadBroken(f"Nothing arrived for {PATIENCE:g} seconds; {_SO}.")
        except Exception:  # noqa: BLE001, RUF100  (whatever the sender's side raises, also that it is gone, is one thing)
            self._failure = UploadBroken(f"The form was cut off before its end; {_SO}.")

    def _begin(self) -> None:
        self._begun += 1
        if self._begun > MOST_PARTS:
            raise TooLarge(f"A form may have {MOST_PARTS:,} fields and files; this one has more.")
        self._headers = []

    def _header(self) -> None:
        self._headers.append((bytearray(), bytearray()))

    def _field(self, data: bytes, start: int, end: int) -> None:
        self._headers[-1][0].extend(data[start:end])

    def _value(self, data: bytes, start: int, end: int) -> None:
        self._headers[-1][1].extend(data[start:end])

    def _headers_end(self) -> None:
        told = {bytes(name).lower(): bytes(value) for name, value in self._headers}
        _, options = parse_options_header(told.get(b"content-disposition", b"").decode("latin-1"))
        encoding = told.get(b"content-transfer-encoding", b"").strip().lower()
        head = _Head(_text(options.get(b"name", b"")), options.get(b"filename"), encoding)
        self._in_file = head.file_name is not None
        self._events.append(head)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._besides -= end - start
        self._events.append(data[start:end])

    def _end(self) -> None:
        self._in_file = False
        self._events.append(_END)

    def _over(self) -> None:
        self._events.append(_DONE)


_SO = "what is not told as kept was not kept. Send it again"


def _text(content: bytes) -> str:
    """As UTF-8; what is none shows as such."""
    return content.decode(errors="replace")
