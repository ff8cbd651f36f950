"""People and their roles, in the words of the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.views.people import Fitting, Held, PersonShown
from api.presenting.register_list import Choice
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
    "knows": marked("Read what follows from this role, and tick that you know it."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""


def invited_words(told: PersonShown | None, *, before: bool, mail: bool, words: Words) -> str:
    """What is said after somebody was invited; `before` where they were that, `mail` where there is a mail server."""
    if told is None:
        return ""
    if told.can_sign_in and before:
        return words("%(name)s had the role already. Nothing has changed.", name=told.name)
    if before:
        return words(
            "%(name)s had the role already, and has not signed in yet. They get a new letter only where the link "
            "of the last one has expired.",
            name=told.name,
        )
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


def ended_words(told: Held | None, words: Words) -> str:
    """What is said after a role was taken back; `told` is that role."""
    if told is None or told.ended is None:
        return ""
    if told.mistaken:
        return words(
            "%(name)s is not “%(role)s” any more. It was given by mistake, so it keeps them from nothing.",
            name=told.name, role=told.words,
        )  # fmt: skip
    said = words("%(name)s is not “%(role)s” any more.", name=told.name, role=told.words)
    return f"{said} {told.bars}" if told.bars else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a role could be for, to choose one of it; `more` is said where not all of it is named."""

    choices: tuple[Choice, ...]
    more: str


def found_words(found: Fitting | None, words: Words) -> Found:
    """The list to choose from; empty where nothing is said yet, or nothing fits."""
    if found is None:
        return Found(choices=(), more="")
    left = found.total - len(found.some)
    return Found(
        choices=tuple((chosen_as(found.kind, one.key), one.name) for one in found.some),
        more=words(
            "These are the first %(shown)s of %(total)s. Where it is not among them, type more of its name and look "
            "again.",
            shown=len(found.some), total=found.total,
        ) if left else "",
    )  # fmt: skip


def nothing_words(found: Fitting | None, typed: str, words: Words) -> Mapping[str, str]:
    """How it is said that nothing has what was typed in its name; nothing where something has."""
    if found is None or found.total or not typed.strip():
        return {}
    said = words("Nothing has “%(typed)s” in its name. Look at the spelling, or write a part of the name only.",
                 typed=typed.strip())  # fmt: skip
    return {"which one": said}


def chosen_as(kind: str, key: str) -> str:
    """One of a kind as it is sent: whoever chooses another kind after that has chosen none of it."""
    return f"{kind}:{key}"
