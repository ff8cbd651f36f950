"""The files of a page's form, taken one after another: what is wrong with one stops no other."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from accreditation.actions.keeping import bare_name
from accreditation.errors import AccreditationError, Contradiction, Refused, Unavailable
from api.forms import FormFile
from api.inputs.page_files import Said, typed_in
from api.repeating import untold
from api.visiting import FileVisit

LOG = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Taken:
    """What became of a form: how many files are kept, and each that is not, by its name, with why."""

    kept: int = 0
    refused: list[tuple[str, AccreditationError]] = field(default_factory=list)
    said: Said = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Was there no file in the form?"""
        return not self.kept and not self.refused

    @property
    def status(self) -> int:
        """The status of the page that tells it, where it is not the form that is wrong; 0 where it is.

        Whoever sends a file that could not be kept just now sends it again.
        """
        return 503 if any(isinstance(error, Unavailable) for _, error in self.refused) else 0

    @property
    def typed(self) -> dict[str, str]:
        """What was typed into its lines."""
        return typed_in(self.said)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that were ticked."""
        return tuple(self.said.get("criteria", ()))


async def take(sent: FileVisit, keep: Callable[[FormFile], Awaitable[object]]) -> Taken:
    """Keep every file of the form in this way; says what became of each."""
    taken = Taken()
    try:
        async for file in sent.form.files(most=sent.visit.house.settings.evidence_limit):
            taken.said = file.said
            try:
                await keep(file)
                taken.kept += 1
            except (Refused, Unavailable) as error:
                if isinstance(error, Unavailable):
                    LOG.error("a file of a form was not kept: %s", error)
                taken.refused.append((untold(file.file_name), error))
    except Refused as broken:
        if not (taken.refused and taken.refused[-1][1] is broken):
            taken.refused.append(("", broken))
    if taken.nothing:
        taken.said = sent.form.said
    return taken


def check_new(file_name: str, *, kept_as: str) -> None:
    """Did anything come that was not there? Raises Contradiction where the same bytes are there under another name.

    Of one with its own name nothing is said: whoever sends again what a cut stopped has it kept.
    """
    if bare_name(file_name) != kept_as:
        raise Contradiction(f"this is the same file as {kept_as}, which is there already. See how that one stands.")


async def in_thread(work: Callable[[], T]) -> T:
    """This work, which waits for the records, beside everybody else's."""
    return await asyncio.to_thread(work)
