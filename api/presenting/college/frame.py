"""What stands around every page of the college: the way to its other parts, for whoever may go there."""

from collections.abc import Iterable

from accreditation.rules.grants import Area, Grant, may_anywhere, reaches_anything
from accreditation.rules.people import Role
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.views.own_cycles import CycleNamed
from api.presenting.team.frame import Frame, Part
from api.words import Words, marked

ENTRIES = (
    ("/college", marked("Cycles"), Permission.ROUND_READ),
    ("/college/decisions", marked("Decisions"), Permission.AWARD_DECIDE),
    ("/college/rounds", marked("Rounds"), Permission.ROUND_READ),
    ("/college/schemes", marked("Schemes"), Permission.ROUND_READ),
    ("/college/teams", marked("Teams"), Permission.TEAM_READ),
    ("/college/reviewers", marked("Reviewers"), Permission.REVIEWER_READ),
    ("/college/figures", marked("Figures"), Permission.AGREEMENT_READ),
    ("/college/ledger", marked("Ledger"), Permission.LEDGER_READ),
    ("/college/people", marked("People"), Permission.PERSON_READ),
)  # fmt: skip
"""The parts of the area, in order: the address, what the part is called, and what one must be allowed for it."""

REACHED = frozenset({"/college", "/college/decisions", "/college/schemes", "/college/rounds", "/college/figures"})
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


PARTS = (
    ("", marked("Where it is"), Permission.ROUND_READ), ("/pack", marked("Committee pack"), Permission.AWARD_READ),
    ("/decision", marked("Decision"), Permission.AWARD_DECIDE), ("/ledger", marked("Ledger"), Permission.LEDGER_READ),
)  # fmt: skip
"""The parts of a cycle: the end of the address, what the part is called, and what one must be allowed for it."""


def framed(one: CycleNamed, words: Words, *, here: str | None, role: Role) -> Frame:
    """The frame of a page of this cycle that is the part `here`, or none of the parts."""
    root = f"/college/cycles/{one.cycle}"
    return Frame(
        root=root,
        caption=words("%(scheme)s, %(round)s: %(team)s, %(organisation)s", scheme=one.scheme, round=one.round,
                      team=one.team, organisation=one.organisation),
        name=words("%(team)s: %(scheme)s, %(round)s", team=one.team, scheme=one.scheme, round=one.round),
        parts=tuple(
            Part(words=words(said), address=f"{root}{end}", here=end == here)
            for end, said, needed in PARTS
            if needed in ROLE_TABLE[role]
        ),
        checks_accuracy=one.checks_accuracy, has_appeal=one.has_appeal,
    )  # fmt: skip
