"""What a draft of a scheme would do, before it is published, to every cycle that is current."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.records import editions, standing_answers
from accreditation.records.standing_answers import Current
from accreditation.rules.impact import Crossing, Impact, Verdict
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.views.looking import Shown

BATCH = 500
"""Cycles that are read at once: what is held in memory at any moment, whatever the college's size."""


class Moves(Shown):
    """So many cycles go from one outcome to another. Both are the same where nothing changes."""

    before: str
    after: str
    cycles: int


class Concerned(Shown):
    """A team whose outcome changes, and the criteria that make the difference.

    `untold` says why that cannot be told yet; then `at_best` is where it would be if it met what the draft asks anew.
    """

    cycle: int
    team: str
    organisation: str
    before: str
    after: str
    decides: tuple[str, ...]
    untold: str
    at_best: str
    asked: tuple[str, ...]


class Untold(Shown):
    """Of so many cycles the outcome cannot be told yet, why, and which criteria the draft asks anew of them."""

    because: str
    criteria: tuple[str, ...]
    cycles: int


class Cost(Shown):
    """In how many cycles that go lower does this criterion make the difference?"""

    criterion: str
    title: str
    cycles: int


class ImpactShown(Shown):
    """What a draft would do to every current cycle of its scheme. Nothing is kept.

    Answers that the draft cannot take over, and criteria that it adds, count as not answered.
    """

    scheme: str
    edition: str
    cycles: int = Field(description="Cycles that were scored again: running ones with answers, and valid awards.")
    without_answers: int = Field(description="Running cycles in which nobody has answered anything yet.")
    lower: int
    higher: int
    lower_for_certain: int = Field(description="Of those that go lower: whatever they answer to what the draft asks.")
    higher_for_certain: int
    moves: tuple[Moves, ...]
    untold: tuple[Untold, ...]
    lose: tuple[Concerned, ...] = Field(description="Teams that would go lower; as many as were asked for.")
    gain: tuple[Concerned, ...] = Field(description="Teams that would go higher; as many as were asked for.")
    costs: tuple[Cost, ...] = Field(description="The criteria that cost most outcomes, the dearest first.")
    new_facts: tuple[str, ...] = Field(description="Facts that the draft asks and nobody has stated: they count as no.")


def impact(database: Database, *, principal: Principal, draft: Scheme, limit: int, at: datetime) -> ImpactShown:
    """What would change for whom if this draft were the edition of every current cycle?

    Settled ratings are read where there are, else the team's own answers. At most `limit` teams and criteria are
    named; all are counted.
    """
    permit(principal, Permission.SCHEME_PUBLISH)
    with database.reading() as session:
        found = Impact()
        known = standing_answers.current(session, scheme=draft.id, on=at.date())
        for verdict in _verdicts(session, known, draft):
            found.add(verdict)
        asked = {fact for digest in {one.edition_digest for one in known} for fact in _asked(session, digest)}
        new_facts = tuple(fact.question for name, fact in draft.profile.items() if known and name not in asked)
        return _shown(session, draft, found, len(known), new_facts, limit)


def _asked(session: Session, digest: str) -> tuple[str, ...]:
    return tuple(editions.scheme_of(session, digest).profile)


def _verdicts(session: Session, known: list[Current], draft: Scheme) -> Iterator[Verdict | None]:
    reader = standing_answers.Reader()
    for (digest, settled), cycles in groupby(sorted(known, key=_kind), key=_kind):
        old = editions.scheme_of(session, digest)
        crossing = Crossing(old=old, draft=draft, by="reviewer" if settled else "team")
        facts = {one.cycle: one.facts for one in cycles}
        ids = list(facts)
        for begin in range(0, len(ids), BATCH):
            for cycle, given in reader.answers(session, ids[begin : begin + BATCH], settled=settled):
                yield crossing.judge(cycle=cycle, profile=reader.profile(facts[cycle]), given=given)


def _kind(one: Current) -> tuple[str, bool]:
    return one.edition_digest, one.settled


def _shown(
    session: Session, draft: Scheme, found: Impact, known: int, new_facts: tuple[str, ...], limit: int
) -> ImpactShown:
    lower = [one for one in found.moved if one.direction == "lower"]
    higher = [one for one in found.moved if one.direction == "higher"]
    moves = [Moves(before=before, after=after, cycles=n) for (before, after), n in found.counts.most_common()]
    untold = [Untold(because=why, criteria=names, cycles=n) for (why, names), n in found.untold.most_common()]
    costs = [Cost(criterion=name, title=draft.by_id[name].title, cycles=n) for name, n in found.cost.most_common(limit)]
    return ImpactShown(
        scheme=draft.id,
        edition=draft.edition,
        cycles=found.cycles,
        without_answers=known - found.cycles,
        lower=len(lower),
        higher=len(higher),
        lower_for_certain=sum(not one.untold for one in lower),
        higher_for_certain=sum(not one.untold for one in higher),
        moves=tuple(moves),
        untold=tuple(untold[:limit]),
        lose=_named(session, lower, limit),
        gain=_named(session, higher, limit),
        costs=tuple(costs),
        new_facts=new_facts,
    )


def _named(session: Session, verdicts: list[Verdict], limit: int) -> tuple[Concerned, ...]:
    """The teams of the first of these cycles, those first whose outcome is certain."""
    first = sorted(verdicts, key=lambda one: (bool(one.untold), one.cycle))[:limit]
    names = standing_answers.names(session, [one.cycle for one in first])
    return tuple(
        Concerned(
            cycle=one.cycle, team=names[one.cycle][0], organisation=names[one.cycle][1], before=one.before,
            after=one.after, decides=one.decides, untold=one.untold, at_best=one.at_best, asked=one.asked,
        )
        for one in first
    )  # fmt: skip
