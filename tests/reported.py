"""Figures that an audit reports of North, brought in by the office."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accreditation.actions.import_indicators import Effect, OfFile, import_indicators
from accreditation.rules.indicators.periods import Period
from accreditation.rules.indicators.reading import Reported
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests.walking import AT, OFFICE, ROUND


def line(
    figures: Mapping[str, Answer], *, period: str = "2026-01-01", team: str = "North", organisation: str = "North Trust"
) -> Reported:
    """What one line of a file says."""
    return Reported(
        where=f"audit.csv {team}", team=team, organisation=organisation, ods_code="", figures=figures,
        period=Period(label=period, begins=date.fromisoformat(period)),
    )  # fmt: skip


def imported(house: House, *lines: Reported, **how: Any) -> Effect:
    """Bring these lines in, as a file of the audit's."""
    of = OfFile(source="audit", file_name="audit.csv", digest="d" * 64)
    asked = {"principal": OFFICE, "round_id": ROUND, "of": of, "at": AT, **how}
    return import_indicators(house.database, reported=lines, **asked)
