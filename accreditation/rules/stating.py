"""Which facts of a profile are still to be stated, and by whom."""

from accreditation.errors import Fault
from accreditation.scheme.facts import Fact
from accreditation.scheme.model import Profile, Scheme


def unstated_by_office(*, scheme: Scheme, profile: Profile) -> tuple[str, ...]:
    """Which facts must the college office still state? Without them nothing can be recommended."""
    return tuple(name for name, fact in scheme.profile.items() if fact.asked_of == "office" and name not in profile)


def decides_criteria(*, scheme: Scheme, fact: str) -> bool:
    """Does it depend on this fact which criteria apply?"""
    return any(fact in criterion.applies_when for criterion in scheme.criteria)


def open_to_office(*, scheme: Scheme) -> tuple[str, ...]:
    """Which facts may the office state after the team has submitted? Its own, where they decide no criterion."""
    return tuple(
        name
        for name, fact in scheme.profile.items()
        if fact.asked_of == "office" and not decides_criteria(scheme=scheme, fact=name)
    )


def missing_facts(*, scheme: Scheme, profile: Profile) -> tuple[Fault, ...]:
    """Which facts must be stated before a team can submit?

    All that the team is asked, and of those that the office states the ones on which it depends which criteria apply.
    """
    return tuple(
        _fault(name, fact)
        for name, fact in scheme.profile.items()
        if name not in profile and (fact.asked_of == "team" or decides_criteria(scheme=scheme, fact=name))
    )


def awaited_of_office(*, scheme: Scheme, profile: Profile) -> tuple[Fault, ...]:
    """Which facts may the office still state later, at the latest before the recommendation?"""
    return tuple(
        _fault(name, scheme.profile[name], by="before the recommendation")
        for name in open_to_office(scheme=scheme)
        if name not in profile
    )


def _fault(name: str, fact: Fact, *, by: str = "before you can submit") -> Fault:
    asked = "yes or no" if fact.kind == "yes_no" else fact.allowed
    allowed = f"answer {asked}: {fact.question}"
    if fact.asked_of == "office":
        allowed = f"the college office states it {by} ({asked}): {fact.question}"
    return Fault(where=f"profile.{name}", found="not stated", allowed=allowed)
