"""A page of the register's list: what was looked for, what was found, what else could be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from accreditation.rules.places import district_of
from accreditation.views.register import Found, Search
from api.presenting.register import Row, row
from api.words import Words

Choice = tuple[str, str]
"""What is sent, and what is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The page. `before` and `after` are the queries of the pages beside it; empty where there is none."""

    sought: Search
    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    services: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    schemes: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    before: str
    after: str
    district: str
    """The postcode district that was looked for; empty where it was something else."""


def listed(found: Found, sought: Search, words: Words) -> Listed:
    """This page in words. A list of which there is only one to choose is not offered, unless it is asked."""
    choices = found.choices
    return Listed(
        sought=sought, rows=tuple(row(one, words) for one in found.items), total=found.total, page=found.page,
        pages=found.pages, services=_offered(_same(choices.services), sought.service),
        regions=_offered(_same(choices.regions), sought.place),
        schemes=_offered([(one.id, one.title) for one in choices.schemes], sought.scheme),
        outcomes=_offered(_same(choices.outcomes), sought.outcome),
        before=_asked(sought, found.page - 1) if found.page > 1 else "",
        after=_asked(sought, found.page + 1) if found.page < found.pages else "",
        district=district_of(sought.words) or "",
    )  # fmt: skip


def _same(names: Sequence[str]) -> list[Choice]:
    return [(name, name) for name in names]


def _offered(choices: Sequence[Choice], asked: str) -> tuple[Choice, ...]:
    if asked and asked not in dict(choices):
        choices = [*choices, (asked, asked)]  # a link from elsewhere: what was asked is shown, and can be taken away
    return tuple(choices) if len(choices) > 1 or asked else ()


def _asked(sought: Search, page: int) -> str:
    """This search as the query of an address, for this page of what it finds."""
    fields = {
        "search": sought.words, "service": sought.service, "place": sought.place, "scheme": sought.scheme,
        "outcome": sought.outcome, "page": str(page),
    }  # fmt: skip
    return urlencode({name: value for name, value in fields.items() if value})
