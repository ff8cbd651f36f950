"""What was asked of a team besides, in words: whether it is answered, and with which files."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.views.requests import RequestShown, State
from api.presenting.moments import day_of
from api.words import Words, marked

STATES: Mapping[State, tuple[str, str]] = {
    "open": (marked("Waits for the team"), "blue"), "answered": (marked("Answered"), "green"),
    "expired": (marked("Not answered in time"), "grey"),
    "ended": (marked("Not answered before the review was over"), "grey"),
}  # fmt: skip
"""How a request stands: its words, and the colour of its tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request; `files` says how many files came since it was asked, and `address` where they are read."""

    about: str
    address: str
    state: str
    colour: str
    asked: str
    question: str
    reply: str
    files: str


def request(one: RequestShown, root: str, words: Words) -> Request:
    """This request, in the visit whose pages begin with `root`."""
    state, colour = STATES[one.state]
    asked, due = words.day(day_of(one.asked_at)), words.day(day_of(one.due_at))
    count = len(one.evidence)
    return Request(
        about=f"{one.criterion} {one.title}", address=f"{root}/criteria/{one.criterion}", state=words(state),
        colour=colour, question=one.question, reply=one.reply,
        asked=words("Asked by %(name)s on %(asked)s, to be answered by %(day)s", name=one.asked_by or "", asked=asked,
                    day=due),
        files=words.many("%(number)s file was added since", "%(number)s files were added since", count)
        if count else "",
    )  # fmt: skip
