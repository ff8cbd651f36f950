"""People and their roles, in the words of the page."""

from collections.abc import Mapping

from accreditation.views.people import PersonShown
from api.words import Words, marked

KINDS: Mapping[str, str] = {
    "team": marked("One team"),
    "organisation": marked("Every team of an organisation"),
    "reviewer": marked("A reviewer of the pool"),
    "scheme": marked("One scheme"),
    "round": marked("One round"),
}
"""What a role is bound to -> as one chooses it; nothing is the whole college."""

SAID: Mapping[str, str] = {
    "role": marked("Choose what the person is to be."),
    "e-mail address": marked("Type one e-mail address, like name@example.org."),
    "reason": marked("Say in a sentence why the role is taken back."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""


def invited_words(told: PersonShown | None, *, mail: bool, words: Words) -> str:
    """What is said after somebody was invited; `mail` where there is a mail server."""
    if told is None:
        return ""
    if told.can_sign_in:
        return words("%(name)s has the role now.", name=told.name)
    if mail:
        return words(
            "%(name)s is invited. A letter with a link goes to %(email)s.", name=told.name, email=told.email
        )  # fmt: skip
    return words(
        "%(name)s is invited, but no mail server is set. Whoever looks after the engine shows the letter with "
        "“accredit letters”; hand it to %(name)s alone.",
        name=told.name,
    )
