"""Whom one may be in a demonstration, and where one may be it: on the machine that it runs on, and nowhere else."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from accreditation.errors import Fault, Invalid
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role

BEGUN = "demonstration:begin"
SUBJECT = "demonstration"
"""The ledger's entry that says for ever that these records are made up, and what it is about."""

REAL = (
    "These records hold {who} and were not begun as a demonstration: whoever is in them may be real, and nobody else "
    "signs in as them. Name an empty folder with ACCREDIT_DATA, or the one of `accredit demo`, or serve without --demo."
)
"""Why nobody chooses who they are here."""

BOUND = {
    Role.TEAM_LEAD: "team",
    Role.TEAM_MEMBER: "team",
    Role.REVIEWER: "reviewer",
    Role.OFFICE: "",
    Role.COMMITTEE: "",
}
"""Whom one may be, and what each is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Somebody whom one may be: a role, and the team or the reviewer that it is of; 0 where it is of the college."""

    role: Role
    key: int = 0

    @property
    def name(self) -> str:
        """The part as a form sends it: team_lead-3."""
        return f"{self.role.value}-{self.key}" if self.key else self.role.value

    @property
    def grant(self) -> Grant:
        """What somebody is who plays it."""
        return Grant.bound_to(self.role, BOUND[self.role], self.key) if self.key else Grant(role=self.role)

    @property
    def email(self) -> str:
        """An account that cannot be anybody's: no letter arrives at a name that ends like this (RFC 2606)."""
        return f"{self.name}@demonstration.example"


def part_named(text: str) -> Part:
    """The part that a form sent. Raises Invalid."""
    name, _, key = text.partition("-")
    known = {one.value: one for one in BOUND}
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else 0
    if name not in known or bool(BOUND[known[name]]) != bool(number) or bool(key) != bool(number):
        raise Invalid([Fault(where="who", found=repr(text[:40]), allowed="one of those that the page shows")])
    return Part(role=known[name], key=number)


def is_here(host: str) -> bool:
    """Does this name or address mean the machine itself, and nothing that another machine could mean by it?"""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def check_place(*, host: str, site: str) -> None:
    """May a demonstration be served here? Raises Invalid where other machines could reach it.

    `host` is where the API listens, `site` the address that people's browsers see, where one is set.
    """
    faults = []
    if not is_here(host):
        faults.append(
            Fault(
                where="ACCREDIT_HOST", found=repr(host), allowed="127.0.0.1: in a demonstration anybody may be anybody"
            )
        )
    if site and not is_here(urlsplit(site).hostname or ""):
        faults.append(
            Fault(
                where="ACCREDIT_SITE_URL",
                found=repr(site),
                allowed="nothing: a demonstration has no address for others",
            )
        )
    if faults:
        raise Invalid(faults)
