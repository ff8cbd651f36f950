"""Where a page may send somebody next: to a path of ours, and nowhere else."""

from urllib.parse import quote, urlsplit

HOME = "/account"
"""Where somebody is sent who named no path, or none of ours."""

NOT_NEXT = ("/api", "/static", "/sign-in", "/sign-out", "/invitation", "/forgotten")
"""No pages to come back to."""

LONGEST = 500
"""Characters of a path that somebody is sent on to."""


def own_path(named: str, *, home: str = HOME) -> str:
    """The path itself where it is one of ours, else where one is at home: the page of one's own account, for most.

    A browser takes `//host`, `/\\host` and anything with a scheme for another site, and drops tabs and line breaks
    before it looks: whatever has a backslash, a control character or a second slash in front is not ours.
    """
    if not named.startswith("/") or named.startswith("//") or len(named) > LONGEST:
        return home
    if "\\" in named or not named.isascii() or any(sign <= " " or sign == "\x7f" for sign in named):
        return home
    parts = urlsplit(named)
    if parts.scheme or parts.netloc or parts.path.startswith(NOT_NEXT):
        return home
    return parts.path + (f"?{parts.query}" if parts.query else "")


def as_next(path: str) -> str:
    """This path as the value of a query."""
    return quote(own_path(path), safe="/")
