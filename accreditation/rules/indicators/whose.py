"""Of which team is a line? By its organisation's ODS code or name and its own name; and what two lines contradict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from accreditation.errors import Fault
from accreditation.rules.indicators.reading import Reported
from accreditation.rules.named import same_name
from accreditation.scheme.answer import NOT_ANSWERED, Answer

_NEAREST_OF = 50
"""For so many unknown teams the nearest known is looked for; the others are only named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTeam:
    """A team that takes part: its id, its name, and every name and code of its organisation, the present one first.

    `before` are names that the team had.
    """

    id: int
    name: str
    organisations: tuple[str, ...]
    codes: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The team as people say it."""
        return f"{self.name} ({self.organisations[0]})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """(team, period) -> what is reported of it; lines of teams that are not known here; and lines that contradict."""

    reported: Mapping[tuple[int, str], Reported]
    unknown: tuple[Fault, ...]
    faults: tuple[Fault, ...]


def match_teams(reported: Sequence[Reported], known: Sequence[KnownTeam]) -> Matched:
    """Which team is each line of? Two lines that say different things of one team and period are a fault."""
    by_name: dict[str, list[KnownTeam]] = {}
    by_former: dict[str, list[KnownTeam]] = {}
    by_code: dict[str, list[KnownTeam]] = {}
    for team in known:
        by_name.setdefault(same_name(team.name), []).append(team)
        for plain in {*map(same_name, team.before)} - {same_name(team.name)}:
            by_former.setdefault(plain, []).append(team)
        for code in team.codes:
            by_code.setdefault(code, []).append(team)
    found: dict[tuple[int, str], Reported] = {}
    unknown: list[Fault] = []
    faults: list[Fault] = []
    for line in reported:
        fit = _fitting(line, by_name, by_code) or _fitting(line, by_former, by_code)
        if len(fit) != 1:
            near = known if len(unknown) < _NEAREST_OF else ()
            (faults if fit else unknown).append(_several(line, fit) if fit else _unknown(line, near, by_name))
            continue
        first = found.setdefault((fit[0].id, line.period.label), line)
        if first is not line and (wrong := _contradiction(first, line)) is not None:
            faults.append(wrong)
    return Matched(reported=found, unknown=tuple(unknown), faults=tuple(faults))


def _fitting(
    line: Reported, by_name: Mapping[str, list[KnownTeam]], by_code: Mapping[str, list[KnownTeam]]
) -> list[KnownTeam]:
    named = by_name.get(same_name(line.team), [])
    if line.ods_code:
        coded = by_code.get(line.ods_code.upper(), [])
        return coded if not line.team else [team for team in coded if team in named]
    if line.organisation:
        wanted = same_name(line.organisation)
        return [team for team in named if wanted in map(same_name, team.organisations)]
    return named


def _unknown(line: Reported, known: Sequence[KnownTeam], by_name: Mapping[str, list[KnownTeam]]) -> Fault:
    same = by_name.get(same_name(line.team), [])
    near = str(same[0]) if same else next(iter(_close(line, known)), "")
    return Fault(
        where=line.where, found=f"no team '{_said(line)}' is known here",
        allowed=f"the nearest that is known: {near}" if near else "a team that is registered, under its name here",
    )  # fmt: skip


def _close(line: Reported, known: Sequence[KnownTeam]) -> list[str]:
    return get_close_matches(_said(line)[:200], list(map(str, known)), n=1, cutoff=0.5)


def _several(line: Reported, fit: Sequence[KnownTeam]) -> Fault:
    return Fault(
        where=line.where, found=f"'{_said(line)}' could be {' or '.join(map(str, fit))}",
        allowed="say which: a column for the organisation, or for its ODS code, and for the team",
    )  # fmt: skip


def _contradiction(first: Reported, second: Reported) -> Fault | None:
    names = dict.fromkeys([*first.figures, *second.figures])
    differ = [
        f"{name} is {words(one)} there and {words(two)} here"
        for name in names
        for one, two in [(first.figures.get(name, NOT_ANSWERED), second.figures.get(name, NOT_ANSWERED))]
        if one != two
    ]
    if not differ:
        return None
    return Fault(
        where=second.where, found=f"'{_said(second)}' stands in {first.where} already for {first.period.label}, and "
        f"they contradict: {'; '.join(differ)}", allowed="one line for a team and a period",
    )  # fmt: skip


def words(answer: Answer) -> str:
    """A figure in words."""
    if answer.level is not None:
        return f"level {answer.level}"
    return str(answer.measured) if answer.measured is not None else answer.state.replace("_", " ")


def _said(line: Reported) -> str:
    whose = line.organisation or line.ods_code
    return f"{line.team} ({whose})" if line.team and whose else line.team or whose
