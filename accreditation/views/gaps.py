"""The distance to every outcome of a scheme: what stands in the way, and the fewest criteria that lead there."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from accreditation.database import Database
from accreditation.records import answers
from accreditation.rules.award import Award, award
from accreditation.rules.cycle import Stage
from accreditation.rules.improvement import Improvement
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.rules.scoring import Standing, score
from accreditation.scheme.award import Outcome
from accreditation.scheme.model import Scheme
from accreditation.views.criteria import CriterionNamed, named
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.progress import Gap, gap_of

How = Literal["now", "below", "within_reach", "out_of_reach", "not_worked_out", "judged"]
"""How far an outcome is: the one that the answers give today; one below that; one that improvements lead to; one that
none leads to; one of which that could not be worked out; or one that people give, and no answers lead to.
"""


class Level(Shown):
    """An outcome of the scheme, and how far the team's own answers are from it."""

    outcome: str
    title: str
    awarded: bool
    meaning: str = Field(description="As the public reads it.")
    how: How
    nearest: Improvement | None = Field(description="The fewest criteria that lead to it, where it is within reach.")


class CriterionInTheWay(CriterionNamed):
    """A criterion that keeps an outcome away, or would lead to one: how it stands, and why."""

    standing: Standing
    why: str


class Gaps(Shown):
    """What the team's own answers would give today, and the way to every other outcome, from the highest."""

    cycle: int
    stage: Stage
    answered: int
    of: int
    gap: Gap
    levels: tuple[Level, ...]
    criteria: Mapping[str, CriterionInTheWay] = Field(description="Every criterion that is named, by its id.")


def gaps(database: Database, *, principal: Principal, cycle_id: int) -> Gaps:
    """How far is this team from every outcome, by its own answers as they stand now? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ASSESSMENT_READ, cycle_id=cycle_id)
        rows = answers.self_ratings(session, [cycle_id])[cycle_id]
    given = {name: row.answer() for name, row in rows.items()}
    scored = score(scheme=looked.scheme, profile=looked.now.profile, answers=given, by="team")
    found = award(scored)
    gap = gap_of(looked, found)
    wanted = {one.id for one in gap.stands_in_the_way}
    wanted |= {name for one in gap.improvements for choice in one.choices for name in choice.of}
    return Gaps(
        cycle=cycle_id, stage=looked.now.stage,
        answered=len(scored.applicable) - len(scored.standing(Standing.NOT_ANSWERED)),
        of=len(scored.applicable), gap=gap, levels=_levels(looked, found),
        criteria={
            one.id: CriterionInTheWay(
                **dict(named(looked, one)), standing=scored.by_id[one.id].standing, why=scored.by_id[one.id].why
            )
            for one in looked.applicable
            if one.id in wanted
        },
    )  # fmt: skip


def _levels(looked: Looked, found: Award) -> tuple[Level, ...]:
    nearest = {one.outcome: one for one in found.improvements}
    return tuple(
        Level(
            outcome=one.outcome, title=one.title, awarded=one.awarded, meaning=one.public_wording,
            how=_how(looked.scheme, one, found), nearest=nearest.get(one.outcome),
        )
        for one in looked.scheme.award
    )  # fmt: skip


def _how(scheme: Scheme, one: Outcome, found: Award) -> How:
    order = [known.outcome for known in scheme.award]
    above = order.index(found.outcome) - order.index(one.outcome)
    if above <= 0:
        return "now" if above == 0 else "below"
    if one.judgement or one.follows_conditions:
        return "judged"
    if one.outcome in {known.outcome for known in found.improvements}:
        return "within_reach"
    return "not_worked_out" if one.outcome in found.not_worked_out else "out_of_reach"
