"""What a reviewer's forms say of themselves: one thing more, or one thing less, than what stands."""

from collections.abc import Mapping
from datetime import date

from accreditation.errors import Fault, Invalid
from accreditation.rules.reviewer_facts import Availability, Away, Preference
from api.inputs.typed_days import typed_day

MOST = 100
"""Absences that may stand at once."""


def with_absence(stands: Availability, typed: Mapping[str, str]) -> Availability:
    """What stands, and the days that were typed. Raises Invalid, whose faults name the field."""
    first, last = typed_day(typed, "first"), typed_day(typed, "last")
    faults = [one for one in (first, last) if isinstance(one, Fault)]
    if first is None:
        faults.append(Fault(where="first", found="nothing", allowed="type the first day away"))
    if isinstance(first, date) and isinstance(last, date) and last < first:
        faults.append(Fault(where="last", found="a day before the first", allowed="the first day or one after it"))
    if len(stands.unavailable) >= MOST:
        faults.append(Fault(where="first", found=f"{MOST} absences", allowed="take away those that are over first"))
    if faults or not isinstance(first, date):
        raise Invalid(faults)
    away = Away(first=first, last=last if isinstance(last, date) else first)
    return stands.model_copy(update={"unavailable": tuple(dict.fromkeys([*stands.unavailable, away]))})


def without_absence(stands: Availability, key: str) -> Availability:
    """What stands without the days of this key; the same where they stand no more."""
    left = tuple(one for one in stands.unavailable if f"{one.first} {one.last}" != key)
    return stands.model_copy(update={"unavailable": left})


def with_wish(stands: Availability, *, organisation: int | None, called: str, how: str) -> Availability:
    """What stands, and this wish in place of any other about the organisation. Raises Invalid."""
    faults = [] if organisation is not None else [no_such(called)]
    if how not in ("prefers", "rather_not"):
        faults.append(Fault(where="how", found="nothing", allowed="choose whether you would like to visit them"))
    if faults or organisation is None:
        raise Invalid(faults)
    wish = Preference.model_validate({"organisation": organisation, "how": how})
    left = tuple(one for one in stands.preferences if one.organisation != organisation)
    return stands.model_copy(update={"preferences": (*left, wish)})


def without_wish(stands: Availability, key: str) -> Availability:
    """What stands without the wish about the organisation of this number."""
    left = tuple(one for one in stands.preferences if str(one.organisation) != key)
    return stands.model_copy(update={"preferences": left})


def no_such(called: str) -> Fault:
    """What is wrong with a typed name that is no organisation's."""
    allowed = "the whole name of the organisation, or its ODS code; the college office can tell you how it is written"
    if not called.strip():
        return Fault(where="organisation", found="nothing", allowed=f"write {allowed}")
    return Fault(where="organisation", found="a name that the college does not have", allowed=allowed)


def check_known(organisation: int | None, called: str) -> None:
    """Is what was typed the name of an organisation that is known? Raises Invalid."""
    if organisation is None:
        raise Invalid([no_such(called)])
