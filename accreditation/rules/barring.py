"""What a role in a team keeps its holder from, who also works for the college or reviews: for good, in words."""

from collections.abc import Collection, Mapping

from accreditation.rules.people import Role

KEPT_FROM: Mapping[Role, tuple[str, str]] = {
    Role.COMMITTEE: ("is of the committee", "decide about it or answer its appeals"),
    Role.REVIEWER: ("reviews", "review it"),
    Role.OFFICE: ("is of the college office", "judge it for the college"),
}
"""What somebody may be besides -> how it is said of them, and what they can then never do about the service."""


def kept_from(roles: Collection[Role], *, name: str, service: str) -> str:
    """What can somebody of this name, who is all this, never do about a service in which they have or had a role?

    In two sentences; empty where they are nothing that it keeps them from.
    """
    found = [words for role, words in KEPT_FROM.items() if role in roles]
    if not found:
        return ""
    is_so, never = " and ".join(so for so, _ in found), ", ".join(what for _, what in found)
    return f"{name} {is_so}. Whoever has, or had, a role in {service} can never {never}."


FOR_GOOD = "Taking the role back later does not change that."
"""What is said besides of what a role keeps somebody from for good, before it is given."""


def kept_from_own(role: Role, *, name: str, services: Collection[str]) -> str:
    """What can somebody of this name never do with this role, who has or had one in these services? Empty for nothing.

    Not said of a reviewer: most review elsewhere than where they work, and are never proposed for their own.
    """
    if not services or role not in (Role.COMMITTEE, Role.OFFICE):
        return ""
    service = " and ".join(sorted(services))
    return (
        f"{name} has, or had, a role in a team of {service}. With this role, too, they can never {KEPT_FROM[role][1]}."
    )


def one_reviewer_twice(reviewer: str, names: Collection[str]) -> str:
    """What is said where these people are this reviewer already, before somebody else becomes them, too?"""
    if not names:
        return ""
    return (
        f"{' and '.join(names)} can sign in as {reviewer} already. Both would act as one reviewer, in the same reviews."
    )


def why_no_mistake(*, in_a_team: bool, offered: bool, acted: bool) -> str:
    """What shows that a role was not given by mistake, in words after its holder's name? Empty where nothing does.

    `offered` where a team's lead gave it, `acted` where its holder did anything in a team of that organisation since:
    they said by it themselves that they are of it.
    """
    if not in_a_team:
        return "has a role in no team by it, so that it keeps them from nothing"
    if offered:
        return "was offered it by the team’s lead, and says themselves whether it is theirs"
    return "did something in a team of that organisation after it was given" if acted else ""
