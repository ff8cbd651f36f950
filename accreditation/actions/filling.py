"""Measured criteria fill themselves: the answers of cycles follow from the figures that stand of their teams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accreditation.actions.desk import Desk
from accreditation.actions.rate import keep_answers
from accreditation.database import Session
from accreditation.records import answers, editions
from accreditation.records.cycles import CycleNow
from accreditation.rules.cycle import Move
from accreditation.rules.indicators.figures import Figure, Filled, Standing, fill, newest, taken_back
from accreditation.rules.people import Principal
from accreditation.scheme.answer import NOT_ANSWERED, Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """An answer that follows in a cycle: what stood, and the figure it comes from; None where it is given up."""

    cycle: int
    team: str
    criterion: str
    before: Answer
    figure: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAlone:
    """An answer that somebody of the team gave, which is not what the figure says."""

    cycle: int
    team: str
    criterion: str
    answer: Answer
    figure: Figure


@dataclass(frozen=True, kw_only=True)
class Filling:
    """Whoever lets answers follow from figures, inside one transaction. A preview keeps nothing."""

    session: Session
    principal: Principal
    preview: bool = False
    at: datetime

    def fill(
        self, several: Sequence[CycleNow], figures: Sequence[Figure]
    ) -> tuple[list[NewAnswer], list[LeftAlone]]:  # fmt: skip
        """Let the answers of these cycles, which are in the self-assessment, follow from what stands of their teams.

        Says what changes, and what somebody of a team answered otherwise and is left as it is.
        """
        if not figures:
            return [], []
        stand, gone = newest(figures), taken_back(figures)
        given = answers.self_ratings(self.session, [now.id for now in several])
        changed: list[NewAnswer] = []
        left: list[LeftAlone] = []
        for now in several:
            team, rows = now.cycle.team_id, given[now.id]
            standing = {name: Standing(answer=row.answer(), source=row.source) for name, row in rows.items()}
            scheme = editions.scheme_of(self.session, now.edition_digest)
            filled = fill(stand.get(team, {}), gone.get(team, ()), standing, scheme)
            changed += _told(now, filled, standing)
            left += [
                LeftAlone(
                    cycle=now.id, team=_named(now), criterion=name, answer=standing[name].answer, figure=one
                )
                for name, one in filled.left.items()
            ]  # fmt: skip
            if not self.preview and (filled.new or filled.given_up):
                desk = Desk(session=self.session, principal=self.principal, at=self.at, now=now, scheme=scheme)
                _keep_answers(desk, filled, {name: row.version for name, row in rows.items()})
        return changed, left


def _named(now: CycleNow) -> str:
    return f"{now.team.name} ({now.organisation.name})"


def _told(now: CycleNow, found: Filled, standing: Mapping[str, Standing]) -> list[NewAnswer]:
    figures: dict[str, Figure | None] = {**found.new, **dict.fromkeys(found.given_up)}
    return [
        NewAnswer(
            cycle=now.id, team=_named(now), criterion=name, figure=figure,
            before=standing[name].answer if name in standing else NOT_ANSWERED,
        )
        for name, figure in figures.items()
    ]  # fmt: skip


def _keep_answers(desk: Desk, found: Filled, versions: Mapping[str, int]) -> None:
    """Keep the answers, those of one source and period together, and give up those whose figures were taken back."""
    desk.transition(Move.IMPORT_AUDIT)
    by_source: dict[str, dict[str, Answer]] = {}
    for name, figure in found.new.items():
        by_source.setdefault(figure.said_of, {})[name] = figure.answer
    for source, new in by_source.items():
        keep_answers(desk, new, versions, source=source)
    if found.given_up:
        keep_answers(desk, dict.fromkeys(found.given_up, NOT_ANSWERED), versions, imported=True)
