"""Where a team is in its cycle: the stages behind and before it, and what is left to do, criterion by criterion."""

from collections.abc import Collection, Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.records import answers, clearances, colleagues, cycles, evidence_items, library_items
from accreditation.records.clearances import Stands
from accreditation.records.colleagues import CriterionHolder
from accreditation.records.evidence_items import EvidenceItem
from accreditation.rules.answering import missing_evidence
from accreditation.rules.clearance import State, rules_digest
from accreditation.rules.cycle import TEAMS_TURN, Move
from accreditation.rules.dating import outdated_evidence
from accreditation.rules.deadlines import holidays_of
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE, Permission
from accreditation.rules.scoring import Standing
from accreditation.scheme.answer import Answer
from accreditation.views.criteria import AnsweredCriterion, answered_criteria
from accreditation.views.cycles import waits_for
from accreditation.views.history import StageEntered, entered
from accreditation.views.looking import Looked, Shown, VisitShown, look, visits_shown
from accreditation.views.open_moves import open_moves
from accreditation.views.own_cycles import OwnCycle, own_rows
from accreditation.views.requests import RequestShown, shown_requests
from accreditation.views.risks import RiskShown, shown_risks


class CriterionTask(AnsweredCriterion):
    """A criterion as something to do: what the team answered, what evidence lacks, and who looks after it."""

    needs_evidence: bool = Field(description="Required evidence is not attached, is too old, or is kept back.")
    held_by: str = Field(description="Who of the team looks after it; empty for nobody.")
    holder: int | None


class DomainTasks(Shown):
    """The criteria of a domain that apply, with how many are answered and how many lack evidence."""

    domain: str
    title: str
    answered: int
    needs_evidence: int
    criteria: tuple[CriterionTask, ...]


class KeptBack(Shown):
    """A file that reviewers cannot open, and how it stands."""

    evidence: int
    title: str
    state: State


class WhereWeAre(OwnCycle):
    """A team's cycle: its way, and its tasks."""

    checks_accuracy: bool = Field(description="Whether the team checks the report before anything is recommended.")
    stages: tuple[StageEntered, ...] = Field(description="Every stage so far, the first one first.")
    visit: VisitShown | None
    waits_for: str | None
    risks: tuple[RiskShown, ...] = Field(description="Immediate risks that were raised; told to the lead alone.")
    asked: tuple[RequestShown, ...] = Field(description="What reviewers ask for that can be answered now.")
    kept_back: tuple[KeptBack, ...] = Field(description="Files that keep the team from sending its evidence.")
    facts_left: int = Field(description="How many facts about itself the team has yet to state.")
    moves: frozenset[Move] = Field(description="What the asker can do now.")
    domains: tuple[DomainTasks, ...]


def where_we_are(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> WhereWeAre:
    """Where is this team, and what is left to do? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.ASSESSMENT_SHARE, cycle_id=cycle_id)
        leads = Permission.RISK_READ in ROLE_TABLE[principal.role]
        closed = _kept_back(looked)
        (row,) = own_rows(session, [looked.now], leads=[looked.now.cycle.team_id] if leads else [], at=at)
        return WhereWeAre(
            **dict(row), checks_accuracy=looked.scheme.factual_accuracy is not None,
            stages=entered(looked, cycles.history(session, cycle_id)), waits_for=waits_for(looked),
            visit=visits_shown(session, [cycle_id]).get(cycle_id),
            risks=shown_risks(looked, at=at) if leads else (),
            asked=tuple(one for one in shown_requests(looked, at=at) if one.state == "open"),
            kept_back=tuple(
                KeptBack(evidence=item.id or 0, title=item.title, state=one.state)
                for item, one in closed
                if looked.now.stage in TEAMS_TURN
            ),
            facts_left=sum(
                fact.asked_of == "team" and name not in looked.now.profile
                for name, fact in looked.scheme.profile.items()
            ),
            moves=frozenset(one.move for one in open_moves(looked, at=at)),
            domains=_domains(looked, at, {item.id for item, _ in closed}),
        )  # fmt: skip


def _kept_back(looked: Looked) -> list[tuple[EvidenceItem, Stands]]:
    """Which files can only the team open, for another reason than that they are being looked at?"""
    rules = rules_digest(looked.scheme.evidence_rules)
    found = clearances.closed(looked.session, [looked.cycle_id], rules)
    return [(item, one) for item, one in found if one.state is not State.WAITING]


def _domains(looked: Looked, at: datetime, closed: Collection[int | None]) -> tuple[DomainTasks, ...]:
    given = answers.self_ratings(looked.session, [looked.cycle_id])[looked.cycle_id]
    links = evidence_items.links(looked.session, looked.cycle_id)
    lacking = _lacking(looked, {name: row.answer() for name, row in given.items()}, closed, at)
    held = colleagues.holders(looked.session, looked.cycle_id)
    people = [row.person_id for row in held.values() if row.person_id is not None]
    names = colleagues.names(looked.session, people, team_id=looked.now.cycle.team_id)
    tasks = [_task(one, lacking, held.get(one.id), names) for one in answered_criteria(looked, given, links)]
    found = [(domain, [task for task in tasks if task.domain == domain.id]) for domain in looked.scheme.domains]
    return tuple(
        DomainTasks(
            domain=domain.id, title=domain.title, criteria=tuple(own),
            answered=sum(task.standing is not Standing.NOT_ANSWERED for task in own),
            needs_evidence=sum(task.needs_evidence for task in own),
        )
        for domain, own in found
        if own
    )  # fmt: skip


def _task(
    one: AnsweredCriterion, lacking: Collection[str], holder: CriterionHolder | None, names: Mapping[int, str]
) -> CriterionTask:  # fmt: skip
    person = None if holder is None else holder.person_id
    return CriterionTask(
        **dict(one), needs_evidence=one.id in lacking, held_by=names.get(person or 0, ""), holder=person
    )  # fmt: skip


def _lacking(
    looked: Looked, given: Mapping[str, Answer], closed: Collection[int | None], at: datetime
) -> frozenset[str]:  # fmt: skip
    """Which criteria would keep a submission back, because of their evidence?"""
    scheme, profile = looked.scheme, looked.now.profile
    shown = library_items.shown(looked.session, looked.cycle_id)
    missing = missing_evidence(scheme=scheme, profile=profile, answers=given, attached=shown)
    outdated = outdated_evidence(
        scheme=scheme, profile=profile, answers=given, shown=shown, on=at.date(),
        holidays=holidays_of(scheme=scheme, profile=profile),
    )  # fmt: skip
    links = evidence_items.links(looked.session, looked.cycle_id) if closed else {}
    kept_back = frozenset(name for name, items in links.items() if not {*items}.isdisjoint(closed))
    return kept_back | {fault.where.removeprefix("criterion ") for fault in (*missing, *outdated)}
