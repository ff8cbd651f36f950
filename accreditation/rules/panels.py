"""Who may sit in a panel about a cycle: nobody of its visit, of the other panel, or in a conflict with the service."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from accreditation.errors import Fault
from accreditation.rules.conflicts import Declared, Reviewer, Visit, conflicts_between, shared_members
from accreditation.scheme.process import AssignmentRules


class PanelKind(StrEnum):
    """What a panel looks at again: a decision that is appealed against, or how a visit was made."""

    APPEAL = "appeal"
    QUALITY_ASSURANCE = "quality_assurance"

    @property
    def words(self) -> str:
        """The panel as people say it."""
        return {PanelKind.APPEAL: "the appeal panel", PanelKind.QUALITY_ASSURANCE: "the quality-assurance panel"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelCase:
    """Everything that decides who may sit in the panels about one cycle.

    `people` is the pool by id. `team` are all who ever sat in the review team, those who left too; `asked` are those
    who are asked to sit in it. `panels` are the members of each panel now; a panel that nobody was named for has none.
    """

    visit: Visit
    rules: AssignmentRules
    people: Mapping[int, Reviewer]
    declared: Collection[Declared] = ()
    team: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()
    panels: Mapping[PanelKind, frozenset[int]]


def against(case: PanelCase, *, kind: PanelKind, reviewer: int, at: date) -> tuple[str, ...]:
    """What keeps this reviewer from this panel, or should have? Each reason as it is said after their name.

    A visit without days is judged on the day `at`. Why a conflict was declared is never part of it.
    """
    if reviewer not in case.people:
        return ("does not exist",)
    found = ["sits or sat in the review team of this visit"] if _shared(reviewer, case.team) else []
    found += ["is asked to sit in the review team of this visit"] if _shared(reviewer, case.asked) else []
    found += [
        f"sits in {other.words}" for other in PanelKind if other is not kind and reviewer in case.panels.get(other, ())
    ]
    conflicts = conflicts_between(
        reviewer=case.people[reviewer], visit=replace(case.visit, panel=frozenset()), rules=case.rules,
        declared=case.declared, at=at,
    )  # fmt: skip
    return (*found, *(one.reason for one in conflicts))


def faults_of_panel(case: PanelCase, *, kind: PanelKind, members: Collection[int], at: date) -> tuple[Fault, ...]:
    """What keeps these reviewers from being this panel? Every reason for every one of them, in the order of ids."""
    return tuple(
        Fault(
            where=f"reviewer {one}",
            found=f"{case.people[one].name} {why}" if one in case.people else "there is no such reviewer",
            allowed="reviewers of the pool who were never on this visit, sit in no other panel about it and have no "
            "conflict of interest with the service",
        )
        for one in sorted(set(members))
        for why in against(case, kind=kind, reviewer=one, at=at)
    )


def hinders_hearing(case: PanelCase, *, needed: int | None, at: date) -> tuple[str, ...]:
    """What keeps the appeal panel, as it is named now, from hearing an appeal? Each in words; nothing where it may.

    `needed` is how many the scheme asks for at least, None where an appeal may be answered without a panel. Whoever was
    on the visit, sits in the other panel or is in conflict with the service by now hears nothing.
    """
    members = sorted(case.panels.get(PanelKind.APPEAL, ()))
    few = needed is not None and len(members) < needed
    named = f"{len(members) or 'nobody'} {'is' if len(members) < 2 else 'are'} named"
    found = [f"an appeal is heard by {needed} people at least, and {named}"] if few else []
    return (
        *found,
        *(
            f"{case.people[one].name} {why}"
            for one in members
            for why in against(case, kind=PanelKind.APPEAL, reviewer=one, at=at)
        ),
    )


def _shared(reviewer: int, team: Collection[int]) -> bool:
    return bool(shared_members(panel=[reviewer], team=team))
