"""A reviewer of the pool, told at a terminal."""

from collections.abc import Iterable, Mapping

from rich.console import Console

from accreditation.rules.reviewer_facts import NO_FACTS, Away, Preference
from accreditation.views.college import ReviewerShown


def say_row(one: ReviewerShown, organisations: Mapping[int, str]) -> None:
    """A reviewer on one line."""
    say(f"{one.id}  {one.name}: {_roles(one)}; {_employer(one, organisations)}; {_capacity(one)}")


def say_reviewer(one: ReviewerShown, organisations: Mapping[int, str]) -> None:
    """Everything that is known of a reviewer; what nobody stated is left out."""
    facts = one.facts or NO_FACTS
    say(f"{one.name} (reviewer {one.id})")
    worked = (
        organisations[was.organisation] + (f" until {was.until:%-d %B %Y}" if was.until else "")
        for was in facts.worked_at
    )
    for title, words in (
        ("roles", _roles(one)),
        ("works for", _employer(one, organisations)),
        ("visits in a round", str(one.capacity)),
        ("specialties", ", ".join(facts.specialties)),
        ("visits before", _visits(facts.visits_done, one.completed_here or 0)),
        ("worked at", ", ".join(worked)),
        ("away", ", ".join(_days(span) for span in facts.unavailable)),
        ("region", facts.region),
        ("place", facts.place),
        ("prefers", _named(facts.preferences, "prefers", organisations)),
        ("would rather not visit", _named(facts.preferences, "rather_not", organisations)),
        ("conflicts declared", ", ".join(organisations[clash.organisation] for clash in one.conflicts)),
    ):
        if words:
            say(f"  {title}: {words}")


def _roles(one: ReviewerShown) -> str:
    return ", ".join(one.roles)


def _employer(one: ReviewerShown, organisations: Mapping[int, str]) -> str:
    return "no employer known here" if one.organisation is None else organisations[one.organisation]


def _visits(before: int, here: int) -> str:
    """How many visits were made before, stated and completed here? Both count as experience."""
    if not here:
        return str(before) if before else ""
    return f"{before + here} ({before} stated, {here} completed here)"


def _capacity(one: ReviewerShown) -> str:
    return f"{one.capacity} {'visit' if one.capacity == 1 else 'visits'} a round"


def _days(span: Away) -> str:
    return f"{span.first}" if span.first == span.last else f"{span.first} to {span.last}"


def _named(preferences: Iterable[Preference], how: str, organisations: Mapping[int, str]) -> str:
    return ", ".join(organisations[one.organisation] for one in preferences if one.how == how)


def say(words: str) -> None:
    """These words as they are, on a line of any length."""
    Console(highlight=False, soft_wrap=True).print(words, markup=False)
