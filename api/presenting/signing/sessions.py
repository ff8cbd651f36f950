"""In which browsers somebody is signed in, in the words of their account's page."""

from collections.abc import Mapping, Sequence

from accreditation.views.account import SessionShown
from api.presenting.moments import day_of, time_of
from api.words import Words, marked

HOW: Mapping[str, str] = {
    "password": marked("%(which)s: signed in on %(day)s at %(time)s with the password, last used at %(seen)s"),
    "link": marked("%(which)s: signed in on %(day)s at %(time)s by the link of a letter, last used at %(seen)s"),
    "provider": marked("%(which)s: signed in on %(day)s at %(time)s with the provider, last used at %(seen)s"),
    "demonstration": marked("%(which)s: chosen on %(day)s at %(time)s in the demonstration, last used at %(seen)s"),
}
"""By what somebody signed in -> how it is said."""


def sessions(found: Sequence[SessionShown], words: Words) -> list[str]:
    """Each of these, in a sentence."""
    return [
        words(
            HOW[one.how],
            which=_which(one, words),
            day=words.day(day_of(one.began_at)), time=time_of(one.began_at), seen=time_of(one.seen_at),
        )
        for one in found
    ]  # fmt: skip


def _which(one: SessionShown, words: Words) -> str:
    """By what its owner knows the browser."""
    which = words("This browser") if one.is_this else words("Another browser")
    return f"{which}, {one.device}" if one.device else which
