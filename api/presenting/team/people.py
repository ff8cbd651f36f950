"""The people of a team, in the words of its page."""

from collections.abc import Mapping

from accreditation.views.team_people import TeamPeople
from api.words import Words, marked

MAY_BE: Mapping[str, str] = {
    "team_member": marked("Team member"),
    "team_lead": marked("Team lead"),
}
"""What a colleague can be -> as one chooses it."""

SAID: Mapping[str, str] = {
    "role": marked("Choose what your colleague is to be."),
    "name": marked("Type your colleague’s name."),
    "e-mail address": marked("Type one e-mail address, like name@example.org."),
    "reason": marked("Say in a sentence why the role is taken back."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""


def done_words(found: TeamPeople, *, invited: int, done: str, mail: bool, words: Words) -> str:
    """What is said of what has just happened; `invited` is the role that was given, `mail` where letters go out.

    The same of whoever is new here and of whoever is known: a lead does not hear which of them it is.
    """
    told = next((one for one in found.people if any(role.grant == invited for role in one.roles)), None)
    if told is None:
        return words("The role is taken back.") if done == "ended" else ""
    if told.can_sign_in:
        return words(
            "%(name)s is asked at the next sign-in, on the page of their account, whether they take this role.",
            name=told.name,
        )
    if mail:
        return words(
            "%(name)s is invited. Whoever is new here gets a letter with a link, at %(email)s. Whoever signs in here "
            "already is asked at the next sign-in, on the page of their account, whether they are in your team.",
            name=told.name,
            email=told.email,
        )
    return words(
        "%(name)s is invited. If they are new here, ask the college office for the link, and hand it to them alone. "
        "If they have an account already, they are asked at their next sign-in whether they are in your team.",
        name=told.name,
    )
