"""What the index tells of the award: what was decided and why, what followed, the appeal, and what the rules said."""

from collections.abc import Iterator, Mapping
from typing import Any

from accreditation.archive.markup import Markup, element, facts, table
from accreditation.archive.saying import Record, day, moment, named, plainly, words


def decided(records: Mapping[str, Any]) -> Iterator[Markup]:
    """The decision with all that follows from it, and the recommendation with its working."""
    decision, recommended = records.get("decision"), records.get("recommendation")
    if decision is None:
        yield element("p", "Nothing is decided.")
    else:
        yield _decision(decision)
        yield table(
            "Conditions", ["of", "needed", "criteria", "due", "met"],
            ([decision["stands"]["title"], one["needed"], named(one["criteria"]), day(one["due_on"]),
              day(one["met_on"]) or "not yet"] for one in decision["conditions"]),
        )  # fmt: skip
        yield table(
            "What followed", ["outcome", "since", "because", "reason", "by"],
            ([one["title"], day(one["since"]), words(one["because"]), one["reason"], one["by"]]
             for one in decision["followed"]),
        )  # fmt: skip
        if decision["appeal"]:
            yield _appeal(decision["appeal"])
    if recommended is not None:
        yield from _recommended(recommended)


def _decision(decision: Record) -> Markup:
    stands = decision["stands"]
    return facts(
        [
            ("Decided", element("strong", decision["title"])), ("By", decision["decided_by"]),
            ("Body", decision["body"]), ("Confirmed by", decision["confirmed_by"]),
            ("On", moment(decision["decided_at"])), ("Valid until", day(decision["valid_until"])),
            ("Reason", decision["reason"]),
            ("Departs from the rules", "yes" if decision["departs"] else "no"),
            ("Stands now", f"{stands['title']}, since {day(stands['since'])} ({words(stands['because'])})"),
            ("Published", "yes" if decision["published"] else "no"),
            ("Appeal until", day(decision["appeal_until"])),
        ]
    )  # fmt: skip


def _appeal(appeal: Record) -> Markup:
    answer = "open" if appeal["upheld"] is None else "upheld" if appeal["upheld"] else "not upheld"
    return facts(
        [
            ("Appeal", day(appeal["lodged_on"])), ("Reason of the appeal", appeal["reason"]), ("Answer", answer),
            ("Answered", day(appeal["answered_on"])), ("Reason of the answer", appeal["answer"]),
            ("Heard by", ", ".join(appeal["panel"])),
        ]
    )  # fmt: skip


def _recommended(told: Record) -> Iterator[Markup]:
    yield element("h3", f"The rules recommend: {told['title']}")
    yield table(
        "Scores", ["score", "value", "level"], ([one["title"], one["shown"], one["level"]] for one in told["scores"])
    )
    for tried in told["working"]:
        yield table(
            f"{words(tried['outcome'])}: {'holds' if tried['holds'] else 'does not hold'}",
            ["rule", "found", "holds", "in the way"],
            ([one["rule"], one["found"], plainly(one["holds"]), ", ".join(one["in_the_way"])]
             for one in tried["parts"]),
        )  # fmt: skip
    yield table(
        "Limits that took an outcome away", ["instead of", "at best", "because", "in the way"],
        ([words(one["instead_of"]), words(one["at_best"]), one["because"], ", ".join(one["in_the_way"])]
         for one in told["limited"]),
    )  # fmt: skip
