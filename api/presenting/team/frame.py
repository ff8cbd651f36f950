"""What stands around every page of one cycle: whose it is, and the way to its other parts."""

from dataclasses import dataclass

from accreditation.views.own_cycles import CycleNamed
from api.words import Words, marked

PARTS = (
    ("", marked("Where we are")),
    ("/profile", marked("About your service")),
    ("/evidence", marked("Evidence")),
    ("/gaps", marked("Distance to the award")),
    ("/submission", marked("Check and send")),
    ("/accuracy", marked("Check the report")),
    ("/results", marked("Result")),
)
"""The parts of a cycle: the end of the address, and what the part is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the cycle: what it is called, where it is, and whether one is there."""

    words: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The frame: `root` is the address of the cycle; `caption` and `name` say whose it is, in a line and shorter."""

    root: str
    caption: str
    name: str
    parts: tuple[Part, ...]
    checks_accuracy: bool
    has_appeal: bool


def framed(one: CycleNamed, words: Words, *, here: str) -> Frame:
    """The frame of a page of this cycle that lies in the part `here`."""
    root = f"/team/cycles/{one.cycle}"
    return Frame(
        root=root,
        caption=words("%(scheme)s, %(round)s: %(team)s, %(organisation)s", scheme=one.scheme, round=one.round,
                      team=one.team, organisation=one.organisation),
        name=words("%(team)s: %(scheme)s, %(round)s", team=one.team, scheme=one.scheme, round=one.round),
        parts=tuple(Part(words=words(said), address=f"{root}{end}", here=end == here) for end, said in PARTS
                    if end != "/accuracy" or one.checks_accuracy),
        checks_accuracy=one.checks_accuracy, has_appeal=one.has_appeal,
    )  # fmt: skip
