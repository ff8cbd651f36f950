"""A cycle's evidence as its team works on it: every file, what each criterion asks for, and what can be done now."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from accreditation.database import Database
from accreditation.errors import NotFound
from accreditation.records import evidence_items, library_items
from accreditation.rules.cycle import Move, Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission
from accreditation.views.criteria import CriterionNamed, named
from accreditation.views.evidence import EvidenceEnded, EvidenceShown, all_ended, shown_evidence
from accreditation.views.looking import Looked, Shown, look
from accreditation.views.open_moves import open_moves
from accreditation.views.requests import RequestShown, shown_requests


class PieceAsked(Shown):
    """A piece of evidence that a criterion asks for; `not_older_than` in words, empty where it may have any age."""

    title: str
    required: bool
    not_older_than: str


class CriterionAsks(CriterionNamed):
    """A criterion, and the evidence that it asks for."""

    domain_title: str
    asks: tuple[PieceAsked, ...]


class EvidenceDesk(Shown):
    """A cycle's evidence, and the criteria that files can be attached to."""

    cycle: int
    stage: Stage
    may_attach: bool = Field(description="Whether the team can attach anything now.")
    may_withdraw: bool = Field(description="Whether the team can take something back now.")
    evidence: tuple[EvidenceShown, ...]
    ended: tuple[EvidenceEnded, ...]
    criteria: tuple[CriterionAsks, ...]
    requests: tuple[RequestShown, ...] = Field(description="What reviewers ask for besides, those due first in front.")
    most_bytes: int | None
    kinds: tuple[str, ...] = Field(description="Kinds of files that the scheme takes; where none is named, all.")

    @property
    def titles(self) -> Mapping[str, str]:
        """Criterion -> its title."""
        return {one.id: one.title for one in self.criteria}


class OneFile(EvidenceDesk):
    """One file of it, which stands in the cycle, and the documents that could stand in its place."""

    file: EvidenceShown
    documents: tuple[tuple[int, str], ...] = Field(description="Newest version of each document -> its title.")


def evidence_desk(database: Database, *, principal: Principal, cycle_id: int, at: datetime) -> EvidenceDesk:
    """What is attached to this cycle, what does it ask for, and what can be done now? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.EVIDENCE_READ, cycle_id=cycle_id)
        return _desk(looked, at)


def one_file(
    database: Database, *, principal: Principal, cycle_id: int, evidence_id: int, at: datetime
) -> OneFile:  # fmt: skip
    """One file that stands in this cycle. Raises NotFound where it does not, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.EVIDENCE_READ, cycle_id=cycle_id)
        desk = _desk(looked, at)
        found = [one for one in desk.evidence if one.id == evidence_id]
        if not found:
            raise NotFound(evidence_items.NO_SUCH)
        kept = library_items.in_hand(session, looked.now.cycle.team_id)
        documents = tuple(
            (one.newest.id, one.newest.described.title) for one in kept if one.newest.id != found[0].version_id
        )
        return OneFile(**dict(desk), file=found[0], documents=documents)


def _desk(looked: Looked, at: datetime) -> EvidenceDesk:
    moves = {one.move for one in open_moves(looked, at=at)}
    rules, scheme = looked.scheme.evidence_rules, looked.scheme
    titles = {domain.id: domain.title for domain in scheme.domains}
    return EvidenceDesk(
        cycle=looked.cycle_id, stage=looked.now.stage, may_attach=Move.ATTACH_EVIDENCE in moves,
        may_withdraw=Move.WITHDRAW_EVIDENCE in moves, evidence=shown_evidence(looked), ended=all_ended(looked),
        criteria=tuple(
            CriterionAsks(
                **dict(named(looked, one)), domain_title=titles[scheme.domain_of[one.id]],
                asks=tuple(
                    PieceAsked(
                        title=asked.title, required=asked.required,
                        not_older_than="" if asked.not_older_than is None else str(asked.not_older_than),
                    )
                    for asked in one.evidence
                ),
            )
            for one in looked.applicable
        ),
        requests=shown_requests(looked, at=at), most_bytes=rules.most_bytes, kinds=rules.kinds,
    )  # fmt: skip
