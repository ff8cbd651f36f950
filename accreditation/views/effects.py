"""What a change to a proposal would do, for the college office: who comes and goes, what is empty, how good it is."""

from pydantic import Field

from accreditation.database import Database
from accreditation.records import cycles, reviewers
from accreditation.rules.matching import Seated, Unfilled
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.rules.proposed import How
from accreditation.rules.proposing import Effect
from accreditation.views.filling import EmptyShown, FiguresShown, figures_shown
from accreditation.views.looking import Shown


class SeatChange(Shown):
    """Somebody who comes to a seat, or loses it."""

    cycle: int
    team: str
    reviewer: int
    name: str
    role: str
    how: How | None = Field(description="How they come to it; null where they lose it.")
    why: str | None = Field(description="Why they may sit there, and whatever; null where they lose it.")


class EmptySeat(EmptyShown):
    """An empty seat of a team that is named."""

    cycle: int
    team: str


class EffectShown(Shown):
    """What a change does. `hindrances` say why it cannot be; `given_up` are people confirmed before who lose a seat.

    Where there are hindrances nothing is worked out: `before`, `after` and `proven` are null.
    """

    hindrances: tuple[str, ...]
    coming: tuple[SeatChange, ...]
    leaving: tuple[SeatChange, ...]
    given_up: tuple[SeatChange, ...]
    empty_before: tuple[EmptySeat, ...]
    empty_after: tuple[EmptySeat, ...]
    before: FiguresShown | None
    after: FiguresShown | None
    proven: bool | None


def effect_shown(database: Database, *, principal: Principal, effect: Effect) -> EffectShown:
    """This effect with everybody's name."""
    permit(principal, Permission.REVIEW_ASSIGN)
    with database.reading() as session:
        people = {one.id or 0: one.name for one in reviewers.pool(session)}
        concerned = {one.cycle for one in (*effect.coming, *effect.leaving)} | {one.cycle for one in effect.given_up}
        named = {now.id: now.team.name for now in cycles.several(session, ids=concerned)}

    def change(one: Seated, how: How | None = None, why: str | None = None) -> SeatChange:
        return SeatChange(
            cycle=one.cycle, team=named[one.cycle], reviewer=one.reviewer, name=people[one.reviewer], role=one.role,
            how=how, why=why,
        )  # fmt: skip

    return EffectShown(
        hindrances=effect.hindrances,
        coming=tuple(change(one.seated, one.how, one.why) for one in effect.coming),
        leaving=tuple(change(one.seated) for one in effect.leaving),
        given_up=tuple(change(one) for one in effect.given_up),
        empty_before=tuple(_empty_seat(one) for one in effect.empty_before),
        empty_after=tuple(_empty_seat(one) for one in effect.empty_after),
        before=None if effect.hindrances else figures_shown(effect.before),
        after=None if effect.hindrances else figures_shown(effect.after),
        proven=None if effect.hindrances else effect.proven,
    )  # fmt: skip


def _empty_seat(one: Unfilled) -> EmptySeat:
    return EmptySeat(
        cycle=one.cycle, team=one.team_name, role=one.role, title=one.role.replace("_", " "), missing=one.missing,
        why=one.why,
    )  # fmt: skip
