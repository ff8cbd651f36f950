"""A day as it is typed into three fields of a form."""

from collections.abc import Mapping
from datetime import date

from accreditation.errors import Fault

PARTS = ("day", "month", "year")


def typed_day(said: Mapping[str, str], name: str) -> date | Fault | None:
    """The day that was typed under this name; None where all three fields are empty, a fault where it is no day."""
    typed = [said.get(f"{name}-{part}", "").strip() for part in PARTS]
    if not any(typed):
        return None
    try:
        day, month, year = (int(one) if one.isascii() and one.isdecimal() and len(one) < 5 else 0 for one in typed)
        return date(year if year > 999 else 0, month, day)
    except ValueError:
        found = " ".join(filter(None, typed))[:40]
        return Fault(where=name, found=repr(found), allowed="a day, as in 27 3 2026")
