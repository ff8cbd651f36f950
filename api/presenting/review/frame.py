"""What stands around a reviewer's pages: the way to the others, and whose visit one is at."""

from accreditation.views.own_cycles import CycleNamed
from api.presenting.team.frame import Frame, Part
from api.words import Words, marked

HOME = (
    ("/review", marked("My visits")), ("/review/availability", marked("When I can visit")),
    ("/review/conflicts", marked("Conflicts of interest")), ("/review/training", marked("Practice")),
    ("/review/figures", marked("My figures")),
)  # fmt: skip
"""A reviewer's own pages: the address, and what each is called."""

PARTS = (
    ("", marked("My review")), ("/findings", marked("My findings")), ("/requests", marked("Requests")),
    ("/risks", marked("Immediate risks")), ("/others", marked("Side by side")),
    ("/report", marked("Check of facts")),
    ("/workbook", marked("Without a network")),
)  # fmt: skip
"""The parts of a visit: the end of the address, and what the part is called."""


def home_parts(words: Words, *, here: str) -> tuple[Part, ...]:
    """The way to one's own pages."""
    return tuple(Part(words=words(said), address=address, here=address == here) for address, said in HOME)


def framed(one: CycleNamed, words: Words, *, here: str) -> Frame:
    """The frame of a page of this visit that lies in the part `here`; without a check that its scheme does not have."""
    root = f"/review/cycles/{one.cycle}"
    return Frame(
        root=root,
        caption=words("%(scheme)s, %(round)s: %(team)s, %(organisation)s", scheme=one.scheme, round=one.round,
                      team=one.team, organisation=one.organisation),
        name=words("Visit to %(team)s: %(scheme)s, %(round)s", team=one.team, scheme=one.scheme, round=one.round),
        parts=(
            Part(words=words("My visits"), address="/review", here=False),
            *(Part(words=words(said), address=f"{root}{end}", here=end == here) for end, said in PARTS
              if end != "/report" or one.checks_accuracy),
        ),
        checks_accuracy=one.checks_accuracy, has_appeal=one.has_appeal,
    )  # fmt: skip
