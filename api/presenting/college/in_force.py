"""An edition in time, in words: not in force yet, or no more, as whoever opens a round on it should know."""

from collections.abc import Mapping
from datetime import date

from accreditation.scheme.process import Event
from accreditation.views.round_edition import InTime
from api.words import Words, marked

JUDGED_BEFORE: Mapping[Event, str] = {
    "enrolled": marked(
        "By the rules of the scheme, a team that comes to take part before that day is judged by an earlier edition."
    ),
    "submitted": marked(
        "By the rules of the scheme, a team that sends its self-assessment before that day is judged by an earlier "
        "edition."
    ),
    "visited": marked(
        "By the rules of the scheme, a team that is visited before that day is judged by an earlier edition."
    ),
}
"""The event that fixes the edition -> what follows where it comes before the edition is in force."""


def briefly(one: InTime, today: date, words: Words) -> str:
    """What is to be known of this edition beside its name; nothing where it is in force and the newest that is."""
    if one.since > today:
        return words("not in force before %(day)s", day=words.day(one.since))
    if one.newer_since is not None and one.newer_since <= today:
        return words("no more in force since %(day)s", day=words.day(one.newer_since))
    return ""


def warned(one: InTime, today: date, words: Words) -> str:
    """The same in sentences, for a round on this edition: what it means for its teams."""
    if one.since > today:
        early = words(
            "Edition %(edition)s is not in force yet: it is from %(day)s. Teams can begin on it now.",
            edition=one.edition, day=words.day(one.since),
        )  # fmt: skip
        if not one.older:
            return early
        way = words("If a team shall begin now, open a round on the earlier edition for it.")
        return f"{early} {words(JUDGED_BEFORE[one.fixed_by])} {way}"
    if one.newer_since is not None and one.newer_since <= today:
        return words(
            "Edition %(edition)s is no more in force: edition %(newer)s took over on %(day)s. This round keeps its "
            "edition. For teams that shall begin on the newer one, open a round on that.",
            edition=one.edition, newer=one.newer, day=words.day(one.newer_since),
        )  # fmt: skip
    return ""
