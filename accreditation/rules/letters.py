"""What letters say: plain words, one link, and what to do when it was not meant for the reader."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accreditation.rules.grants import Area


class LetterKind(StrEnum):
    """Why somebody is written to."""

    INVITATION = "invitation"
    RESET = "reset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A letter as it leaves: to whom, about what, and its text."""

    to: str
    subject: str
    text: str


def words_of(kind: LetterKind, *, to: str, name: str, link: str, expires_at: datetime) -> Words:
    """The letter of this kind to this person, with this link."""
    until = f"{expires_at.day} {expires_at:%B %Y, %H:%M} UTC"
    begin, subject, why, else_ = _TEXTS[kind]
    text = f"Dear {name},\n\n{begin}\n\n{link}\n\n{why} It works once, until {until}.\n\n{else_}\n"
    return Words(to=to, subject=subject, text=text)


GO_ON = {Area.TEAM: "/team", Area.REVIEW: "/review", Area.COLLEGE: "/college/decisions"}
"""Where on the site somebody goes on who is reminded."""


def reminder_words(*, to: str, name: str, area: Area, site: str, about: str) -> Words:
    """The letter that reminds somebody that it is their turn in what it is about."""
    text = (
        f"Dear {name},\n\nThe college reminds you: something waits for you in the accreditation of {about}. You find "
        f"what it is, and by when it is due, here:\n\n{site}{GO_ON[area]}\n\nIf you have done it already, there is "
        "nothing more to do.\n"
    )
    return Words(to=to, subject=f"It is your turn: {about}", text=text)


_TEXTS = {
    LetterKind.INVITATION: (
        "The college invites you to its accreditation site. Follow this link to choose a password and sign in:",
        "Your invitation to the accreditation site",
        "The link is for you alone: whoever has it can sign in as you.",
        "If you did not expect this, tell the college office and do not follow the link.",
    ),
    LetterKind.RESET: (
        "Somebody asked for a new password for your account on the accreditation site. Follow this link to choose one:",
        "A new password for the accreditation site",
        "The link is for you alone: whoever has it can sign in as you.",
        "If that was not you, do nothing: your password stays as it is.",
    ),
}
