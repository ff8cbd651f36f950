"""A file that a page sends in pieces, where scripts run: what a cut stopped goes on, also from a page opened anew.

The actions are those of resumable uploads by the API. Each piece is a form of ours with its token, from whoever is
signed in; whoever began an upload goes on with it, and nobody else sees it.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form, Path, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from accreditation.actions.drop_uploads import drop_upload
from accreditation.actions.resume_upload import (
    add_to_upload,
    check_place,
    go_on_or_begin,
    look_at_upload,
    unfinished_uploads,
)
from accreditation.actions.uploading import Coming, ForCycle, ForLibrary, Purpose
from accreditation.errors import (
    Contradiction,
    Fault,
    InUse,
    Invalid,
    PieceBroken,
    Stale,
    TooLarge,
    TooMany,
    Unavailable,
)
from api.inputs.page_files import Said
from api.pages.rendering import words_of
from api.pages.signing.entering import SEE_OTHER
from api.pages.team.taking_files import Taken, in_thread
from api.presenting.faults import Faults
from api.presenting.team.refused_files import refused_files
from api.repeating import untold
from api.visiting import FileVisit, Visit

LOG = logging.getLogger(__name__)

UploadName = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Again = Callable[[Taken, Faults], Response]
"""Shows the form again, with what is wrong with the file."""
Here = Callable[[Purpose], bool]
"""Is this what a file becomes that is sent by the addresses of this place?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A file that is to come: what its sender knows it by, and what the form says of it.

    `upload` is the name of its upload, for whoever has it still; `changed` when the file was changed last, as its
    machine says it.
    """

    file_name: str
    size: int
    changed: str
    upload: str
    said: Said


async def _announced(
    request: Request, file_name: Annotated[str, Form(max_length=5_000)] = "",
    size: Annotated[int, Form(ge=0, le=2**53)] = 0, changed: Annotated[str, Form(max_length=40)] = "",
    upload: Annotated[str, Form(pattern="^([0-9a-f]{32})?$")] = "",
) -> Announced:  # fmt: skip
    form = await request.form()
    said = {key: [one for one in form.getlist(key) if isinstance(one, str)] for key in form}
    return Announced(file_name=file_name, size=size, changed=changed, upload=upload, said=said)


File = Annotated[Announced, Depends(_announced)]


async def begin(visit: Visit, file: Announced, purpose: Callable[[], Purpose], again: Again) -> Response:
    """Begin to send this file, or go on with it; says from which byte. A refusal shows the form."""

    async def begun() -> Coming:
        return await go_on_or_begin(
            visit.database, visit.evidence, principal=visit.principal, purpose=purpose(), mark=file.changed,
            name=file.upload, at=visit.at,
        )  # fmt: skip

    return await _answered(visit, begun(), lambda: file.file_name, again, file.said)


async def add(
    sent: FileVisit, upload: str, here: Here, again: Again, check: Callable[[Coming], None] | None = None
) -> Response:  # fmt: skip
    """Add the piece of this form; says from which byte it goes on, and at the end that the file is kept.

    `check` looks at what it became.
    """
    store, principal = sent.visit.evidence, sent.visit.principal
    await in_thread(lambda: check_place(store, principal=principal, name=upload, here=here))
    visit, name = sent.visit, ""

    async def added() -> Coming:
        nonlocal name
        async for piece in sent.form.files(most=visit.house.settings.evidence_limit):
            name = piece.file_name
            coming = await _added(visit, upload, _offset(piece.said), piece.chunks())
            break
        else:
            coming = await look_at_upload(
                visit.database, visit.evidence, principal=visit.principal, name=upload, at=visit.at
            )
        if check is not None and coming.became:
            await in_thread(lambda: check(coming))
        return coming

    return await _answered(visit, added(), lambda: name, again, sent.form.said)


async def _added(visit: Visit, upload: str, offset: int, chunks: AsyncIterator[bytes]) -> Coming:
    """The upload with this piece; as it stands, where it stands elsewhere than the sender thought."""
    at = visit.house.now()
    try:
        return await add_to_upload(
            visit.database, visit.evidence, principal=visit.principal, name=upload, offset=offset, chunks=chunks,
            checksum=None, at=at,
        )  # fmt: skip
    except Stale:
        return await look_at_upload(visit.database, visit.evidence, principal=visit.principal, name=upload, at=at)


def forget(visit: Visit, upload: str, here: Here, onwards: str) -> Response:
    """Forget a file that is not here whole; the page to which that leads on says so."""
    check_place(visit.evidence, principal=visit.principal, name=upload, here=here)
    drop_upload(visit.database, visit.evidence, principal=visit.principal, name=upload, at=visit.at)
    return RedirectResponse(f"{onwards}?removed=1", SEE_OTHER)


def of_cycle(cycle: int) -> Here:
    """Is it to be evidence of this cycle?"""
    return lambda purpose: isinstance(purpose, ForCycle) and purpose.cycle == cycle


def of_library(team: int) -> Here:
    """Is it to be kept in this team's library, and no more?"""
    return lambda purpose: isinstance(purpose, ForLibrary) and purpose.team == team


def begun(visit: Visit, here: Here, criterion: str = "") -> list[Coming]:
    """What this person began to send here and not to its end, the oldest first; for `criterion`, where it is named."""
    several = unfinished_uploads(visit.evidence, principal=visit.principal, at=visit.at)
    return [one for one in several if here(one.purpose) and (not criterion or criterion in _criteria(one))]


def to_go_on(several: Sequence[Coming]) -> Coming | None:
    """Which of these does its sender most likely choose again? Nobody has to say anew then what was said of it."""
    return next((one for one in reversed(several) if one.goes_on), None)


def _criteria(one: Coming) -> Sequence[str]:
    return one.purpose.file.criteria if isinstance(one.purpose, ForCycle) else ()


def _offset(said: Said) -> int:
    text = (said.get("offset") or ("",))[-1]
    if not (text.isascii() and text.isdecimal() and len(text) <= 16):
        raise Invalid(
            [Fault(where="offset", found="no number of bytes", allowed="the byte with which the piece begins")]
        )
    return int(text)


async def _answered(
    visit: Visit, work: Awaitable[Coming], file_name: Callable[[], str], again: Again, said: Said
) -> Response:  # fmt: skip
    """How far the upload is; or the form, with what is wrong with the file or with what is said of it."""
    try:
        coming = await work
    except (InUse, PieceBroken):
        raise
    except (Invalid, TooLarge, TooMany, Contradiction, Unavailable) as error:
        if isinstance(error, TooMany) and error.wait is not None:
            raise
        taken = Taken(refused=[(untold(file_name()), error)], said=said)
        if isinstance(error, Unavailable):
            LOG.error("a piece of a file was not kept: %s", error)
        faults = refused_files(taken.refused, words_of(visit.visitor.request))
        return await in_thread(lambda: again(taken, faults))
    arrival = coming.arrival
    return JSONResponse({"upload": arrival.name, "offset": arrival.offset, "kept": bool(coming.became)})
