"""A visit as one of its reviewers sees it: every criterion with the own rating, what is left, and handing in."""

from collections.abc import Sequence
from dataclasses import dataclass

from accreditation.errors import Fault
from accreditation.rules.cycle import Move, Stage
from accreditation.views.teams_of_review import Seat
from accreditation.views.visit_desk import RatedCriterion, VisitDesk
from api.presenting.faults import DOING
from api.presenting.register import Told
from api.presenting.review.findings import start_of
from api.presenting.review.leaving import can_leave
from api.presenting.review.visits import Card, card, moment
from api.presenting.team.answers import answer_words
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A criterion in the list: how it is rated, and the colour of its tag."""

    address: str
    name: str
    title: str
    state: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A domain with its criteria."""

    key: str
    title: str
    counts: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Something that is left to do before one can hand in, and where."""

    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReview:
    """The page."""

    card: Card
    root: str
    counts: str
    go_on: str
    groups: tuple[Group, ...]
    findings: int
    requests_open: int
    left: tuple[Left, ...]
    can_rate: bool
    can_hand_in: bool
    handed_in: str
    can_leave: bool
    team: tuple[Told, ...]


def own_review(one: VisitDesk, words: Words) -> OwnReview:
    """The page of one's own review."""
    root = f"/review/cycles/{one.visit.id}"
    rows = [row for domain in one.domains for row in domain.criteria]
    done, can_rate = one.visit.handed_in_at, Move.REVIEW in one.moves and one.visit.handed_in_at is None
    first = next((row for row in rows if row.lacks), None)
    left = tuple(_left(root, one, words))
    return OwnReview(
        card=card(one.visit, words), root=root, counts=_counts(rows, words),
        go_on="" if first is None or not can_rate else f"{root}/criteria/{first.id}",
        groups=tuple(
            Group(key=f"domain-{domain.domain}", title=domain.title, counts=_counts(domain.criteria, words),
                  tasks=tuple(_task(root, row, words, is_open=can_rate) for row in domain.criteria))
            for domain in one.domains
        ),
        findings=len(one.findings), requests_open=one.requests_open, left=left if can_rate else (), can_rate=can_rate,
        can_hand_in=Move.HAND_IN in one.moves and can_rate,
        handed_in="" if done is None else moment(done, words),
        can_leave=can_leave(one),
        team=tuple(_seat(seat, one.visit.stage, words) for seat in one.team.seats),
    )  # fmt: skip


def _task(root: str, row: RatedCriterion, words: Words, *, is_open: bool) -> Task:
    said = answer_words(row.answer, scale=row.scale, unit=row.unit, words=words)
    if row.answer.state == "not_answered":
        state, colour = (words("Not rated yet"), "blue") if is_open else (words("Not rated"), "grey")
    elif row.lacks:
        state, colour = words("%(rating)s: reason needed", rating=said), "yellow"
    else:
        state, colour = said, "green" if is_open else "white"
    return Task(address=f"{root}/criteria/{row.id}", name=row.id, title=row.title, state=state, colour=colour)


def _counts(rows: Sequence[RatedCriterion], words: Words) -> str:
    rated = sum(row.answer.state != "not_answered" for row in rows)
    lacking = sum(row.answer.state != "not_answered" and bool(row.lacks) for row in rows)
    said = [words("%(number)s of %(of)s rated", number=rated, of=len(rows))]
    if rated < len(rows):
        said.append(words("%(number)s left", number=len(rows) - rated))
    if lacking:
        said.append(words.many("%(number)s needs a reason", "%(number)s need a reason", lacking))
    return ", ".join(said)


def _left(root: str, one: VisitDesk, words: Words) -> list[Left]:
    """What is left: each criterion and each finding that lacks something."""
    found = [
        Left(words=f"{row.id} {row.title}: {_lack(row, row.lacks[0], words)}", address=f"{root}/criteria/{row.id}")
        for domain in one.domains
        for row in domain.criteria
        if row.lacks
    ]
    return found + [
        Left(words=words("A finding lacks something: %(title)s", title=start_of(draft.text, words)),
             address=f"{root}/findings/{draft.key}")
        for draft in one.findings
        if draft.kind is None or not draft.text.strip()
    ]  # fmt: skip


def _lack(row: RatedCriterion, fault: Fault, words: Words) -> str:
    if row.answer.state == "not_answered":
        return words("not rated yet")
    if fault.allowed.startswith(DOING):
        return fault.allowed.replace("in the note", "in the reason")
    return words("%(found)s; what is needed: %(allowed)s", found=fault.found, allowed=fault.allowed)


def _seat(seat: Seat, stage: Stage, words: Words) -> Told:
    said = [seat.name]
    if seat.handed_in is not None and stage is Stage.REVIEW:
        said.append(words("handed in") if seat.handed_in else words("not handed in yet"))
    return Told(name=seat.title, value=", ".join(said))
