"""A page of a long list, in words: how many there are, and the way to the pages beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from accreditation.views.looking import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """`before` and `after` are the addresses of the pages beside this one; empty where there is none."""

    total: int
    page: int
    pages: int
    before: str
    after: str


def paged(one: Part[Any], *, at: str, asked: Mapping[str, str]) -> Paged:
    """This page of the list that lies there, of which this was asked."""

    def address(page: int) -> str:
        fields = {**asked, "page": str(page) if page > 1 else ""}
        query = urlencode({name: value for name, value in fields.items() if value})
        return f"{at}?{query}" if query else at

    return Paged(
        total=one.total, page=one.page, pages=one.pages,
        before=address(one.page - 1) if one.page > 1 else "",
        after=address(one.page + 1) if one.page < one.pages else "",
    )  # fmt: skip
