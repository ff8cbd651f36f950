"""What explains a result: rules at work, limits that held, scores with how they were worked out."""

from pydantic import Field

from accreditation.views.looking import Shown


class WorkingShown(Shown):
    """One rule at work: what it needed, what was found, whether it holds, and what stands in its way.

    Where the part is a number that a rule compares, `holds` is null: a number is no statement.
    """

    rule: str
    needed: str
    found: str
    holds: bool | None
    in_the_way: tuple[str, ...]
    parts: tuple["WorkingShown", ...]


class OutcomeTried(WorkingShown):
    """The rule of one outcome at work."""

    outcome: str


class LimitHeld(Shown):
    """A limit of the scheme that held: the outcome it took away, the best that was left, and why."""

    instead_of: str
    at_best: str
    because: str
    working: WorkingShown
    in_the_way: tuple[str, ...]


class ScoreShown(Shown):
    """A score of the scheme. A score for each domain, standard, section, type or tag has one line for each."""

    score: str
    title: str
    group: str = Field(description="The id of the domain, standard, section, type or tag; empty for the whole.")
    shown: str = Field(description="The number as it is published, or the level where the score has no number.")
    level: str | None


class ScoreWorked(ScoreShown):
    """A score with its working."""

    working: WorkingShown
