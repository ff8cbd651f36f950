"""What stands around every page of the college: the way to its other parts, for whoever may go there."""

from collections.abc import Iterable

from accreditation.rules.grants import Area, Grant, may_anywhere, reaches_anything
from accreditation.rules.permissions import Permission
from api.presenting.team.frame import Part
from api.words import Words, marked

ENTRIES = (
    ("/college/schemes", marked("Schemes"), Permission.ROUND_READ),
    ("/college/rounds", marked("Rounds"), Permission.ROUND_READ),
    ("/college/people", marked("People"), Permission.PERSON_READ),
)  # fmt: skip
"""The parts of the area, in order: the address, what the part is called, and what one must be allowed for it."""

REACHED = frozenset({"/college/schemes", "/college/rounds"})
"""Parts that whoever is bound to a scheme or a round can open too: they see there what is theirs."""


def entries(grants: Iterable[Grant], words: Words, *, here: str) -> tuple[Part, ...]:
    """The parts that somebody with these grants can open; `here` is the address of the one that they are in."""
    held = tuple(grants)
    return tuple(
        Part(words=words(said), address=address, here=address == here)
        for address, said, needed in ENTRIES
        if may_anywhere(held, area=Area.COLLEGE, permission=needed)
        or (address in REACHED and reaches_anything(held, permission=needed))
    )
