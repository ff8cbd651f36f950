"""Who came into a conflict of interest with a service after they were seated, and whose review stands all the same."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session

from accreditation.records import cycles, editions, peers, proposals, reviewers, reviews
from accreditation.rules.conflicts import CAN_ARISE, Conflict, conflicts_between, since_words


def conflicts_now(session: Session, seats: Collection[tuple[int, int]]) -> dict[tuple[int, int], tuple[Conflict, ...]]:
    """(cycle, reviewer), of these -> what sets them apart from the service by now, of what can come about later.

    By the rules of the edition that the cycle runs on, but for those that the office set aside for that seat. A visit
    without days is judged on the day its round was opened. Nothing of a seat that nothing is against; the reason of a
    declaration is not read.
    """
    who = sorted({reviewer for _, reviewer in seats})
    several = cycles.several(session, ids={cycle for cycle, _ in seats})
    if not several:
        return {}
    people = {one.id: one for one in peers.reviewers_asked(session, who)}
    declared = defaultdict(list)
    for one in peers.declared_about(session, several, who):
        declared[one.reviewer].append(one)
    nows = {now.id: now for now in several}
    visits = dict(zip(nows, peers.visits_asked(session, several), strict=True))
    aside = proposals.waived(session, {now.cycle.round_id for now in several})
    found = {}
    for cycle, reviewer in sorted(seats):
        now = nows[cycle]
        against = conflicts_between(
            reviewer=people[reviewer], visit=visits[cycle], declared=declared[reviewer],
            rules=editions.scheme_of(session, now.edition_digest).assignment,
            at=cycles.get_round(session, now.cycle.round_id).opened_at.date(),
        )  # fmt: skip
        if told := tuple(one for one in against if one.kind in CAN_ARISE and (cycle, reviewer, one.kind) not in aside):
            found[cycle, reviewer] = told
    return found


def conflicts_since(session: Session, cycle_ids: Collection[int]) -> dict[tuple[int, int], str]:
    """(cycle, reviewer) of reviews that were handed in by whoever has a conflict by now -> that, and of which kind.

    Nobody in conflict is seated, and whoever comes into one leaves a team unless they have handed in: so what is found
    here was not known before.
    """
    rows = [one for one, _ in reviewers.sitting(session, cycle_ids=cycle_ids)]
    done = reviews.handed_in(session, [one.id or 0 for one in rows])
    seats = {(one.cycle_id, one.reviewer_id) for one in rows if one.id in done}
    return {
        seat: f"handed in before the conflict was known: {since_words(found)}; the review counts all the same"
        for seat, found in conflicts_now(session, seats).items()
    }
