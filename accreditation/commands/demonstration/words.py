"""What is said in the demonstration, in words."""

from collections.abc import Mapping
from typing import Any

from accreditation.commands.demonstration.story import TeamStory


def short(name: str) -> str:
    """The name without the word that all of them begin with."""
    return name.removeprefix("Demonstration ")


def gap_words(gap: Mapping[str, Any]) -> str:
    """Where a team stands by its own account, and how far it is to the next outcome."""
    nearest = gap["improvements"][0] if gap["improvements"] else None
    rest = (
        "nothing higher is left" if nearest is None else f"{nearest['size']} criteria from {nearest['title'].lower()}"
    )
    return f"by its own account {gap['title'].lower()}, {rest}"


def condition_words(condition: Mapping[str, Any]) -> str:
    """What is to be put right by when."""
    names = ", ".join(f"{one['id']} ({one['title'].lower()})" for one in condition["criteria"])
    some = "" if condition["needed"] == len(condition["criteria"]) else f"{condition['needed']} of "
    return f"{some}{names} by {condition['due_on']}"


def document(story: TeamStory, row: Mapping[str, Any], *, slipped: bool = False) -> bytes:
    """A small document that says what it is: invented for the demonstration, with nobody in it.

    What the team `drops` does not say where it belongs. Where it `slipped` in, a number stands there as a patient's
    would: the one that the health service itself gives as its example, which nobody has.
    """
    lines = [
        f"DEMONSTRATION ONLY. {story.team}.",
        f"{row['title']}." if row["id"] == story.drops else f"Evidence for criterion {row['id']}: {row['title']}.",
        "Seen on the ward round: NHS number 943 476 5919." if slipped else "No patient is named here.",
    ]
    return ("\n".join(lines) + "\n").encode()
