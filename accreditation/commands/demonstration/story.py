"""Who takes part in the demonstration and what they find. No real hospital, no named person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

SCHEME = "stroke"

Role = Literal["lead_clinician", "nurse_or_therapist", "lay"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamStory:
    """One team: what it is, what it says of itself, what reviewers find, and how that must end.

    `says_not_met` is the team's own account; `found_not_met` is what every reviewer finds besides; on `differ`
    only the reviewer in the role given finds it not met, and the lead settles it as met. In the role `service_refuses`
    the service has a conflict of interest with the first reviewer who is confirmed for it. In its first document for
    the criterion `slips` a patient's number was left standing.
    """

    name: str
    described: str
    profile: Mapping[str, bool]
    says_not_met: tuple[str, ...] = ()
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    found_not_met: tuple[str, ...] = ()
    differ: Mapping[str, Role] = field(default_factory=dict)
    service_refuses: Role | None = None
    slips: str | None = None
    drops: str | None = None
    ends_as: str

    @property
    def organisation(self) -> str:
        """The hospital that runs the team."""
        return f"Demonstration Hospital {self.name}"

    @property
    def team(self) -> str:
        """The team's name."""
        return f"Demonstration Stroke Team {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerStory:
    """One reviewer, by role: where they are employed (None: nowhere), and with whom they declare a conflict."""

    number: int
    role: Role
    employed_at: str | None
    conflict_with: str | None = None

    @property
    def name(self) -> str:
        """The designation that stands for the reviewer."""
        return f"Demonstration Reviewer {self.number} ({self.role.replace('_', ' ')})"


_TRANSFERRED = "Patients come to us from the hyperacute unit; the audit publishes no level for teams that do not admit."

TEAMS = (
    TeamStory(
        name="One",
        described="a hyperacute unit",
        profile={"hasu": True, "thrombectomy_centre": False, "rehabilitation": False},
        says_not_met=("1.10", "2.10", "6.04", "1.13", "7.03", "8.03"),
        differ={"4.08": "nurse_or_therapist"},
        ends_as="accredited",
    ),
    TeamStory(
        name="Two",
        described="a rehabilitation unit",
        profile={"hasu": False, "thrombectomy_centre": False, "rehabilitation": True},
        says_not_met=("2.10", "8.03"),
        not_applicable=dict.fromkeys(("9.01", "9.03", "9.04", "9.08"), _TRANSFERRED),
        found_not_met=("2.09", "4.02"),
        service_refuses="lay",
        slips="1.05",
        ends_as="deferred",
    ),
    TeamStory(
        name="Three",
        described="a hyperacute unit, thrombectomy centre and rehabilitation unit",
        profile={"hasu": True, "thrombectomy_centre": True, "rehabilitation": True},
        says_not_met=("1.10", "5.09"),
        differ={"7.02": "lay"},
        drops="3.01",
        ends_as="accredited_with_excellence",
    ),
)

_POOL: tuple[tuple[Role, str | None, str | None], ...] = (
    ("lead_clinician", "One", None),
    ("lead_clinician", "Four", "Three"),
    ("lead_clinician", "Five", None),
    ("nurse_or_therapist", "Two", None),
    ("nurse_or_therapist", "Four", None),
    ("nurse_or_therapist", "Five", None),
    ("lay", None, None),
    ("lay", None, "Two"),
    ("lay", None, None),
)

REVIEWERS = tuple(
    ReviewerStory(number=number, role=role, employed_at=employed_at, conflict_with=conflict_with)
    for number, (role, employed_at, conflict_with) in enumerate(_POOL, start=1)
)

_PLAIN = {"hasu": False, "thrombectomy_centre": False, "rehabilitation": False}
_MUCH_TO_DO = ("2.09", "3.04", "4.02", "4.04", "5.01", "7.01")

LATE, WITHHELD, REVIEWED, TO_DECIDE, PROPOSED = WAITING = (
    TeamStory(name="Four", described="behind with its answers", profile=_PLAIN, ends_as=""),
    TeamStory(
        name="Five",
        described="with a document that is kept back",
        profile=_PLAIN,
        says_not_met=_MUCH_TO_DO,
        slips="1.05",
        ends_as="",
    ),
    TeamStory(name="Six", described="in review", profile=_PLAIN, says_not_met=("2.10",), ends_as=""),
    TeamStory(name="Seven", described="before the committee", profile=_PLAIN, found_not_met=("4.02",), ends_as=""),
    TeamStory(name="Eight", described="without a review team", profile=_PLAIN, says_not_met=_MUCH_TO_DO, ends_as=""),
)
"""Teams of a second round, as the office finds them on a Monday: none of them has come to an end."""

HOSPITALS = tuple(story.name for story in (*TEAMS, *WAITING))
"""Those of all the teams; some lend reviewers too."""
