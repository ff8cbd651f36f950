"""Whether a file of evidence may be opened: its states and steps are one table, and what is found decides the step.

A file is looked at once for every set of evidence rules that it is used under. Until it is cleared, or released by the
college office, nobody opens it but the team that uploaded it. Nothing passes by silence: what could not be looked at,
or not wholly, waits or is kept back with the reason.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from accreditation.errors import Contradiction
from accreditation.rules.identifiers import WORDS, Hit
from accreditation.rules.people import Role
from accreditation.scheme.process import EvidenceRules


class State(StrEnum):
    """How a file stands."""

    WAITING = "waiting"
    CLEARED = "cleared"
    REFUSED = "refused"
    QUARANTINED = "quarantined"
    HELD = "held"
    EXPLAINED = "explained"
    RELEASED = "released"
    UPHELD = "upheld"


STATE_MEANINGS: dict[State, str] = {
    State.WAITING: "the engine has not looked at it yet, or cannot now",
    State.CLEARED: "nothing was found that keeps it from reviewers",
    State.REFUSED: "it is of a kind that is not allowed, or may do harm",
    State.QUARANTINED: "it may tell who a patient is, or a part of it could not be searched for that",
    State.HELD: "the engine could not look at it; the reason is said",
    State.EXPLAINED: "the team has said why it is no patient's, and the college office answers",
    State.RELEASED: "the college office has read the explanation and lets it be opened",
    State.UPHELD: "the college office has read the explanation and keeps the file back",
}

OPEN = frozenset({State.CLEARED, State.RELEASED})
"""States in which everybody who may read evidence opens the file."""


class Step(StrEnum):
    """What is done with a file's clearance."""

    WAIT = "wait"
    CLEAR = "clear"
    REFUSE = "refuse"
    QUARANTINE = "quarantine"
    HOLD = "hold"
    EXPLAIN = "explain"
    RELEASE = "release"
    UPHOLD = "uphold"
    LOOK_AGAIN = "look_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table."""

    state: State
    step: Step
    by: frozenset[Role]
    to: State
    condition: str


def _row(state: State, step: Step, by: str, to: State, condition: str) -> Row:
    return Row(state=state, step=step, by=frozenset(Role(role) for role in by.split()), to=to, condition=condition)


_TEAM = "team_lead team_member"
_REASON = "a reason is given"

TABLE: tuple[Row, ...] = (
    _row(State.WAITING, Step.WAIT, "engine", State.WAITING, "the place of files or the virus scanner does not answer"),
    _row(State.WAITING, Step.CLEAR, "engine", State.CLEARED, "nothing was found"),
    _row(State.WAITING, Step.REFUSE, "engine", State.REFUSED, "it is not allowed by kind or size, or may do harm"),
    _row(State.WAITING, Step.QUARANTINE, "engine", State.QUARANTINED, "the scheme forbids what was found in it"),
    _row(State.WAITING, Step.HOLD, "engine", State.HELD, "looking at it failed or took too much"),
    _row(State.CLEARED, Step.REFUSE, "engine", State.REFUSED, "a newer look found that it may do harm"),
    _row(State.CLEARED, Step.QUARANTINE, "engine", State.QUARANTINED, "a newer look found what the scheme forbids"),
    _row(State.RELEASED, Step.REFUSE, "engine", State.REFUSED, "a newer look found that it may do harm"),
    _row(State.QUARANTINED, Step.EXPLAIN, _TEAM, State.EXPLAINED, _REASON),
    _row(State.EXPLAINED, Step.EXPLAIN, _TEAM, State.EXPLAINED, "the words that stand were seen; a reason is given"),
    _row(State.EXPLAINED, Step.RELEASE, "office", State.RELEASED, _REASON),
    _row(State.EXPLAINED, Step.UPHOLD, "office", State.UPHELD, _REASON),
    _row(State.UPHELD, Step.RELEASE, "office", State.RELEASED, "the office was mistaken; a reason is given"),
    _row(State.RELEASED, Step.UPHOLD, "office", State.UPHELD, "the office was mistaken; a reason is given"),
    _row(State.HELD, Step.LOOK_AGAIN, "office", State.WAITING, _REASON),
    _row(State.REFUSED, Step.LOOK_AGAIN, "office", State.WAITING, _REASON),
)
"""Every step that there is. Whatever is not here is refused."""


def step_to(state: State, step: Step, role: Role) -> State:
    """Which state does this step of this role lead to? Raises Contradiction, saying what may be done instead."""
    for row in TABLE:
        if row.state is state and row.step is step and role in row.by:
            return row.to
    may = [f"{row.step.value.replace('_', ' ')} (by {_who(row.by)})" for row in TABLE if row.state is state]
    before = [
        f" First comes '{row.step.value.replace('_', ' ')}' by {_who(row.by)}, with what they say of it."
        for row in TABLE
        if row.state is state and row.to is not state and Role.ENGINE not in row.by and step in steps_of(row.to, role)
    ]
    raise Contradiction(
        f"The file is {state.value}: {STATE_MEANINGS[state]}. '{step.value.replace('_', ' ').capitalize()}' by "
        f"{role.words} is no step now.{''.join(before)} What can be done: {'; '.join(may)}."
    )


def steps_of(state: State, role: Role) -> tuple[Step, ...]:
    """Which steps may this role take with a file in this state?"""
    return tuple(row.step for row in TABLE if row.state is state and role in row.by)


def _who(roles: frozenset[Role]) -> str:
    return " or ".join(sorted(role.words for role in roles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What follows from looking at a file: the engine's step, why in words, and the places that led to it."""

    step: Step
    reason: str = ""
    hits: tuple[Hit, ...] = ()


def outcome(
    *, kind: str | None, size: int, refusals: Sequence[str], hits: Sequence[Hit], unread: Sequence[str],
    held: str | None, rules: EvidenceRules,
) -> Outcome:  # fmt: skip
    """What follows from what was found in a file of `size` bytes under these rules?

    `kind` is what the content is, `refusals` say what keeps any file out, `hits` are places that may tell who a patient
    is, `unread` says of which pages the text could not be read, and `held` why the file could not be looked at.
    """
    if held:
        return Outcome(step=Step.HOLD, reason=held)
    reasons = [*refusals]
    if not_taken := _too_large(size, rules) or ("" if reasons else _of_another_kind(kind, rules)):
        reasons.append(not_taken)
    if reasons:
        return Outcome(step=Step.REFUSE, reason="; ".join(reasons).replace(".; ", ". "))
    if rules.patient_identifiers == "forbidden" and (hits or unread):
        said = [
            *_told(hits),
            *(f"not searched for patients' numbers, as it could not be read: {one}" for one in unread),
        ]
        return Outcome(step=Step.QUARANTINE, reason="; ".join(said), hits=tuple(hits))
    return Outcome(step=Step.CLEAR)


def never_taken(*, kind: str, size: int, rules: EvidenceRules) -> str:
    """Why would no such file be taken under these rules, whatever stands in it? Empty where it may be.

    `kind` is what the content is; empty where nobody looked at it yet, and then nothing is said of it.
    """
    return _too_large(size, rules) or (_of_another_kind(kind, rules) if kind else "")


def _too_large(size: int, rules: EvidenceRules) -> str:
    if rules.most_bytes is None or size <= rules.most_bytes:
        return ""
    return f"it has {size:,} bytes, and a file of this scheme may have {rules.most_bytes:,}"


def _of_another_kind(kind: str | None, rules: EvidenceRules) -> str:
    if not rules.kinds or kind in rules.kinds:
        return ""
    return f"it is {kind or 'of no kind that is known'}, and this scheme takes {', '.join(rules.kinds)}"


def _told(hits: Sequence[Hit]) -> list[str]:
    """What was found and where, a part for each kind of it: pages, and nothing of what stands there."""
    told = []
    for what in dict.fromkeys(hit.what for hit in hits):
        places = Counter(hit.page_label for hit in hits if hit.what == what)
        named = [label for label, _ in zip(places, range(MOST_NAMED), strict=False)]
        more = len(places) - len(named)
        told.append(f"{WORDS[what]} ({', '.join(named)}{f' and {more} more' if more else ''})")
    return told


MOST_NAMED = 5
"""So many pages are named of each thing that was found; the file's own page has all of them."""


def to_do(state: State) -> str:
    """What does the team do about a file in this state? Empty where there is nothing to do."""
    return _TO_DO.get(state, "")


_TO_DO = {
    State.WAITING: "wait until the engine has looked at it, which takes minutes; nothing is to be done",
    State.REFUSED: "put another file in its place, or take it back",
    State.QUARANTINED: "put a file in its place from which no patient can be told, take it back, or explain why "
    "this one tells of none",
    State.HELD: "save it anew and put that in its place, take it back, or ask the college office to look again",
    State.EXPLAINED: "wait for the college office's answer, put another file in its place, or take it back",
    State.UPHELD: "put a file in its place from which no patient can be told, or take it back",
}


def closed_words(state: State) -> str:
    """Why can a file in this state not be opened by anybody but its team? What it says holds for everybody."""
    return (
        f"The file is {state.value}: {STATE_MEANINGS[state]}. Only the team that uploaded it can open it until it is "
        "cleared, or released by the college office."
    )


def rules_digest(rules: EvidenceRules) -> str:
    """The name of what files are judged by under these rules: SHA-256 (hex).

    Editions whose rules judge files alike have one name, so that a file is looked at once for all of them. How many
    files there may be, and how long they are kept, judges none.
    """
    judged = rules.model_dump(mode="json", include={"most_bytes", "kinds", "patient_identifiers", "hospital_numbers"})
    return hashlib.sha256(json.dumps(judged, sort_keys=True).encode()).hexdigest()
