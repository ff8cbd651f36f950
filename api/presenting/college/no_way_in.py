"""Whose turn it is and who cannot sign in, in words, with the way to let them in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from accreditation.rules.people import Role
from accreditation.views.unreached import NoWayIn, NoWayInAnywhere, Who
from api.presenting.college.people import chosen_as
from api.words import Words, marked

INVITATION, PEOPLE = "/college/people/new", "/college/people"

SAID: Mapping[tuple[Who, bool], tuple[str, str]] = {
    (Who.LEAD, False): (marked("Nobody can sign in as the team’s lead."), marked("Invite the lead")),
    (Who.LEAD, True): (
        marked("The team’s lead is invited and has not signed in yet."), marked("See who is invited")
    ),
    (Who.REVIEWER, False): (marked("%(name)s has no account yet."), marked("Invite the reviewer")),
    (Who.REVIEWER, True): (marked("%(name)s is invited and has not signed in yet."), marked("See who is invited")),
    (Who.COMMITTEE, False): (marked("Nobody of the committee can sign in."), marked("Invite somebody")),
    (Who.HINDERED, False): (
        marked(
            "Nobody of the committee may decide this: each is of the service, was on the visit, or has a conflict of "
            "interest. Where a role was given by mistake, say so in “People and roles”."
        ),
        marked("Invite somebody"),
    ),
}  # fmt: skip
"""Who cannot sign in, and whether they are invited -> how it is said, and what the way to mend it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Somebody who cannot sign in: what is said, and the way to let them in (`about` says whom), if it is open."""

    words: str
    link: str
    about: str
    address: str


def missing(several: Iterable[NoWayIn], words: Words, *, invites: bool) -> tuple[Missing, ...]:
    """Each of them; `invites` where whoever reads it can let people in."""
    return tuple(_missing(one, words, invites=invites) for one in several)


def reviewer_missing(name: str, *, invited: bool, invites: bool, words: Words) -> Missing:
    """The same of a reviewer of whom nothing else is to be said."""
    one = NoWayIn(who=Who.REVIEWER, cycle=0, team="", organisation="", name=name, invited=invited)
    return _missing(one, words, invites=invites)


def counted(found: NoWayInAnywhere, words: Words) -> tuple[tuple[str, tuple[NoWayIn, ...], int], ...]:
    """What is said of all of them, the first of them, and how many there are; nothing where there is none."""
    leads = words.many(
        "%(number)s team whose turn it is has no lead who can sign in:",
        "%(number)s teams whose turn it is have no lead who can sign in:", found.all_leads,
    )  # fmt: skip
    reviewers = words.many(
        "%(number)s reviewer who is waited for cannot sign in:",
        "%(number)s reviewers who are waited for cannot sign in:", found.all_reviewers,
    )  # fmt: skip
    undecided = words.many(
        "%(number)s cycle waits for the committee, and nobody of it can or may decide there:",
        "%(number)s cycles wait for the committee, and nobody of it can or may decide there:", found.all_undecided,
    )  # fmt: skip
    told = (
        (undecided, found.undecided, found.all_undecided), (leads, found.leads, found.all_leads),
        (reviewers, found.reviewers, found.all_reviewers),
    )  # fmt: skip
    return tuple(one for one in told if one[2])


def way_to_invite(one: NoWayIn) -> str:
    """The form that lets this one in, filled in as far as it is known; the list of people where they are invited."""
    if one.invited:
        return PEOPLE
    asked = {"role": Role.COMMITTEE.value}
    if one.who is Who.LEAD:
        asked = {"role": Role.TEAM_LEAD.value, "bound": "team", "which": f"{one.team}, {one.organisation}"}
        asked["chosen"] = chosen_as("team", str(one.team_id))
    if one.who is Who.REVIEWER:
        asked = {"role": Role.REVIEWER.value, "bound": "reviewer", "which": one.name}
    return f"{INVITATION}?{urlencode(asked)}"


def _missing(one: NoWayIn, words: Words, *, invites: bool) -> Missing:
    said, link = SAID[(one.who, one.invited)]
    about = one.name or (f"{one.team}, {one.organisation}" if one.who is Who.LEAD else words("the committee"))
    return Missing(
        words=words(said, name=one.name), link=words(link), about=about,
        address=way_to_invite(one) if invites else "",
    )  # fmt: skip
