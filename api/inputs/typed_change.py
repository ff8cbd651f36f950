"""A change to a proposal as it is chosen and typed in a page's form."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.errors import Fault, Invalid
from accreditation.rules.matching import SET_ASIDE
from accreditation.rules.wishes import Change, KeepOut, Lock, Release, Swap
from api.inputs.bounds import LARGEST_ID

KINDS = ("keep", "put", "keep_out", "release")
"""What may be done about a seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedChange:
    """The form as it was sent. `reviewer` is who has the seat, 0 where nobody; `into` is who is to have it."""

    kind: str = ""
    cycle: int = 0
    reviewer: int = 0
    role: str = ""
    into: str = ""
    aside: tuple[str, ...] = ()
    reason: str = ""

    def change(self) -> Change:
        """The change that is meant. Raises Invalid, whose faults name the field.

        Somebody for whom a rule is set aside is locked into the seat, as that is said of one seat alone.
        """
        if self.kind not in KINDS:
            raise Invalid([Fault(where="kind", found="nothing chosen", allowed="one of the list")])
        if self.kind == "keep_out":
            return KeepOut(cycle=self.cycle, reviewer=self.reviewer)
        if self.kind == "release":
            return Release(cycle=self.cycle, reviewer=self.reviewer)
        who = self.reviewer if self.kind == "keep" else self._chosen()
        if self.kind == "put" and self.reviewer and not self.aside and not self.reason.strip():
            return Swap(cycle=self.cycle, out=self.reviewer, into=who)
        aside = tuple(one for one in self.aside if one in SET_ASIDE)
        return Lock(cycle=self.cycle, reviewer=who, role=self.role, whatever=aside, reason=self.reason)

    def _chosen(self) -> int:
        if not (self.into.isascii() and self.into.isdecimal() and 0 < int(self.into[:11] or 0) <= LARGEST_ID):
            raise Invalid([Fault(where="into", found="nobody chosen", allowed="somebody of the list")])
        return int(self.into)


FIELDS: Mapping[str, str] = {"change": "kind", "kind": "kind", "into": "into", "reason": "reason"}
"""What a fault is about -> the field of the form."""
