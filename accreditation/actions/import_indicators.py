"""The office brings in a file of indicators: every figure is kept, and measured criteria fill themselves from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accreditation.actions.desk import enter
from accreditation.actions.filling import Filling, LeftAlone, NewAnswer
from accreditation.actions.wording import check_untold
from accreditation.database import Database, Session
from accreditation.errors import Fault, Invalid
from accreditation.ledger.chain import Detail
from accreditation.records import cycles, indicators
from accreditation.records.cycles import Round
from accreditation.rules.cycle import Stage
from accreditation.rules.indicators.figures import Figure, new_figures
from accreditation.rules.indicators.reading import Reported
from accreditation.rules.indicators.table import first_of
from accreditation.rules.indicators.whose import KnownTeam, Matched, match_teams
from accreditation.rules.named import faults_of_name
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
    check_untold([("source", of.source), ("file name", of.file_name)])
    with database.reading() if preview else database.writing() as session:
        round_ = cycles.get_round(session, round_id)
        known = indicators.known_teams(session, round_.scheme)
        matched = match_teams(reported, known)
        faults += [*matched.faults, *([] if preview or skip_unknown else matched.unknown)]
        if faults:
            raise Invalid(first_of(faults, where=of.file_name))
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
        found = cycles.several(self.session, round_id=self.round_.id, stages=[Stage.SELF_ASSESSMENT])
        several = [now for now in found if now.cycle.team_id in teams]
        filling = Filling(session=self.session, principal=self.principal, preview=self.preview, at=self.at)
        filled, left = filling.fill(several, counted)
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
