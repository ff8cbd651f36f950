"""How often somebody is reminded: a letter a day is a help, two are a nuisance."""

from datetime import datetime, timedelta

BETWEEN = timedelta(days=1)
"""So long nobody is reminded again, of whatever cycle."""


def may_be_reminded(at: datetime) -> datetime:
    """Whoever was reminded after this moment is not reminded now."""
    return at - BETWEEN
