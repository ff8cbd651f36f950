"""The office brings in a file of indicators: every figure is kept, and measured criteria fill themselves from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accreditation.actions.desk import Desk, enter
from accreditation.actions.rate import keep_answers
from accreditation.actions.wording import faults_of_name
from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records import answers, cycles, editions, indicators
from accreditation.records.cycles import CycleNow, Round
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.indicators.figures import Figure, Filled, Standing, fill, new_figures, newest, taken_back
from accreditation.rules.indicators.reading import Reported
from accreditation.rules.indicators.whose import KnownTeam, Matched, match_teams
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.answer import NOT_ANSWERED, Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class OfFile:
    """The file that figures came in: whose they are, what it is called, and the SHA-256 of its bytes (hex)."""

    source: str
    file_name: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFigure:
    """A figure that was not kept before: of which team, and what stood of that criterion and period."""

    team: str
    figure: Figure
    before: Answer


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a file changes, or would change. `unknown` are its lines of teams that are not known here."""

    teams: int
    figures: tuple[NewFigure, ...]
    answers: tuple[NewAnswer, ...]
    left: tuple[LeftAlone, ...]
    unknown: tuple[Fault, ...]


def import_indicators(
    database: Database,
    *,
    principal: Principal,
    round_id: int,
    reported: Sequence[Reported],
    of: OfFile,
    until: date | None = None,
    skip_unknown: bool = False,
    preview: bool = False,
    at: datetime,
) -> Effect:
    """Keep what a file reports of the teams of a round's scheme; says what that changes. A preview keeps nothing.

    A figure that stands already changes nothing, and none is ever erased. In the round's cycles that are in the
    self-assessment the figure of the latest period is the answer, where nobody of the team has answered; `until` leaves
    out periods that begin later. All of it is kept, or nothing: raises Invalid where lines contradict, and where a team
    is not known, unless those are skipped; NotFound for a round that does not exist.
    """
    permit(principal, Permission.INDICATOR_IMPORT)
    faults = [*faults_of_name("source", of.source), *faults_of_name("file name", of.file_name)]
    with database.reading() if preview else database.writing() as session:
        round_ = cycles.get_round(session, round_id)
        known = indicators.known_teams(session, round_.scheme)
        matched = match_teams(reported, known)
        faults += [*matched.faults, *([] if preview or skip_unknown else matched.unknown)]
        if faults:
            raise Invalid(faults)
        office = _Office(session=session, principal=principal, round_=round_, preview=preview, at=at)
        return office.take(known, matched, of, until)


@dataclass(frozen=True, kw_only=True)
class _Office:
    """Whoever brings the file in, for which round, inside one transaction."""

    session: Session
    principal: Principal
    round_: Round
    preview: bool
    at: datetime

    def take(self, known: Sequence[KnownTeam], matched: Matched, of: OfFile, until: date | None) -> Effect:
        """Keep what is new, and let the answers of the round follow."""
        names = {one.id: str(one) for one in known}
        teams = {team for team, _ in matched.reported}
        before = indicators.standing(self.session, self.round_.scheme, teams)
        new = new_figures(matched.reported, before, source=of.source, file_name=of.file_name)
        after = {**before, **{one.place: one for one in new}}
        if new and not self.preview:
            self._keep_figures(new, of)
        counted = [one for one in after.values() if until is None or one.period.begins <= until]
        filled, left = self._fill(teams, counted, names)
        return Effect(
            teams=len(teams), unknown=matched.unknown, answers=tuple(filled), left=tuple(left),
            figures=tuple(
                NewFigure(team=names[one.team], figure=one, before=old.answer if old else NOT_ANSWERED)
                for one in new
                for old in [before.get(one.place)]
            ),
        )  # fmt: skip

    def _keep_figures(self, new: Sequence[Figure], of: OfFile) -> None:
        indicators.keep(
            self.session, scheme=self.round_.scheme, figures=new, file_digest=of.digest, by=self.principal.name,
            at=self.at,
        )  # fmt: skip
        detail: dict[str, Detail] = {
            "source": of.source, "file": of.file_name, "file_sha256": of.digest, "figures": len(new),
            "teams": len({one.team for one in new}), "periods": sorted({one.period.label for one in new}),
        }  # fmt: skip
        enter(
            self.session, at=self.at, by=self.principal, action="indicator:import",
            subject=f"scheme:{self.round_.scheme}", detail=detail,
        )  # fmt: skip

    def _fill(
        self, teams: set[int], figures: Sequence[Figure], names: Mapping[int, str]
    ) -> tuple[list[NewAnswer], list[LeftAlone]]:
        """Let the answers of the round's cycles that are in the self-assessment follow from what stands now."""
        stand, gone = newest(figures), taken_back(figures)
        found = cycles.several(self.session, round_id=self.round_.id, stages=[Stage.SELF_ASSESSMENT])
        several = [now for now in found if now.cycle.team_id in teams]
        given = answers.self_ratings(self.session, [now.id for now in several])
        changed: list[NewAnswer] = []
        left: list[LeftAlone] = []
        for now in several:
            team, rows = now.cycle.team_id, given[now.id]
            standing = {name: Standing(answer=row.answer(), source=row.source) for name, row in rows.items()}
            scheme = editions.scheme_of(self.session, now.edition_digest)
            filled = fill(stand.get(team, {}), gone.get(team, ()), standing, scheme)
            changed += _told(now, names[team], filled, standing)
            left += [
                LeftAlone(cycle=now.id, team=names[team], criterion=name, answer=standing[name].answer, figure=one)
                for name, one in filled.left.items()
            ]
            if not self.preview and (filled.new or filled.given_up):
                desk = Desk(session=self.session, principal=self.principal, at=self.at, now=now, scheme=scheme)
                _keep_answers(desk, filled, {name: row.version for name, row in rows.items()})
        return changed, left


def _told(now: CycleNow, team: str, found: Filled, standing: Mapping[str, Standing]) -> list[NewAnswer]:
    figures: dict[str, Figure | None] = {**found.new, **dict.fromkeys(found.given_up)}
    return [
        NewAnswer(
            cycle=now.id, team=team, criterion=name, figure=figure,
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
