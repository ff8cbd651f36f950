"""What letters say: plain words, one link, and what to do when it was not meant for the reader."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
