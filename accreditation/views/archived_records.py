"""What an archive says of a cycle at one moment: its records as views show them, and its part of the ledger."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accreditation.archive.extract import CHAIN, ENTRIES, EXPORT, written_chain, written_entries
from accreditation.archive.manifest import About, Head
from accreditation.archive.packing import Packed, packed
from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.ledger.chain import FIRST, LedgerEntryValue
from accreditation.ledger.entries import digests, entries
from accreditation.records import editions
from accreditation.records.awards import Recommendation
from accreditation.rules.clearance import State
from accreditation.rules.cycle import Stage
from accreditation.rules.people import ENGINE, Principal, Role
from accreditation.rules.permissions import Permission
from accreditation.views import (
    accuracy,
    awards,
    criteria,
    cycles,
    evidence,
    findings,
    history,
    indicators,
    reviews,
    risks,
)
from accreditation.views import requests as asked
from accreditation.views.looking import Looked, Shown, look

NOT_YET = "There is no archive of this cycle yet; a team's lead takes it once the result is published."

Json = dict[str, Any]

View = Callable[..., Shown]

SHOWN: Mapping[str, View] = {
    "self_assessment": criteria.self_assessment,
    "indicators": indicators.indicators_of,
    "requests": asked.requests_of,
    "risks": risks.risks_of,
    "report": accuracy.report,
    "settlements": awards.settled_ratings,
    "recommendation": awards.recommendation,
    "decision": awards.decision,
    "history": history.history,
}
"""The views that an archive is made of, each asked as whoever takes it."""

SHOWN_TO_THE_COLLEGE: Mapping[str, View] = {"reviews": reviews.side_by_side, "findings": findings.findings_of}
"""Who rated and found what alone, which a team is never shown."""

OF_THE_DAY = frozenset({"requests", "risks"})
"""Views that say what is late: by the day of the cycle's last entry in the ledger."""

_TOLD_A_TEAM = frozenset(
    {"cycle:enrol", "cycle:send_back", "assessment:import", "award:recommend", "award:decide", "award:publish"}
)
"""What the ledger says of others' doings that the views show a team too, word for word."""

_OF_THE_TEAM = (f"{Role.TEAM_LEAD.value}:", f"{Role.TEAM_MEMBER.value}:")


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """A cycle at one moment. `files` are members word for word: the edition, the working, the ledger extract."""

    about: About
    head: Head
    edition: Json
    records: Mapping[str, Json]
    files: Sequence[Packed]


def gathered(database: Database, session: Session, *, principal: Principal, cycle_id: int) -> Gathered:
    """What may this principal take along of this cycle? Raises NotFound, NotPermitted.

    `session` is that of `database`, which stands at one moment. Where the cycle stands is judged at its last entry in
    the ledger, so that what is taken along does not depend on when.
    """
    looked = look(session, principal=principal, permission=Permission.ARCHIVE_EXPORT, cycle_id=cycle_id)
    if not looked.by_college and looked.now.stage is not Stage.PUBLISHED:
        raise NotFound(NOT_YET)
    own = list(_own(session, cycle_id))
    as_of = own[-1].at if own else looked.now.change.at
    return Gathered(
        about=_about(looked, as_of),
        head=Head(sequence=own[-1].sequence, sha256=own[-1].digest) if own else Head(sequence=0, sha256=FIRST),
        edition=json.loads(editions.get(session, looked.now.edition_digest).content),
        records=dict(_records(database, principal, cycle_id, as_of)),
        files=(*_word_for_word(looked), *_extract(looked, own)),
    )


def _own(session: Session, cycle_id: int) -> Iterator[LedgerEntryValue]:
    """Every entry about this cycle but those of exports: they are no part of what happened to it."""
    after = 0
    while found := entries(session, subject=f"cycle:{cycle_id}", after=after, limit=1000):
        yield from (one for one in found if one.action != EXPORT)
        after = found[-1].sequence


def _about(looked: Looked, as_of: datetime) -> About:
    now = looked.now
    return About(
        cycle=now.id, team=now.team.name, organisation=now.organisation.name, scheme=looked.scheme.id,
        scheme_title=looked.scheme.title,
        edition=looked.scheme.edition, edition_sha256=now.edition_digest, stage=now.stage.value, as_of=as_of,
        made_for="office" if looked.by_college else "team",
    )  # fmt: skip


def _word_for_word(looked: Looked) -> Iterator[Packed]:
    """What has a digest in the records or the ledger: just these bytes."""
    content = editions.get(looked.session, looked.now.edition_digest).content
    yield packed("records/edition.json", content.encode())
    recommended = looked.session.get(Recommendation, looked.cycle_id)
    if recommended is not None:
        yield packed("records/working.json", recommended.working.encode())


def _extract(looked: Looked, own: Sequence[LedgerEntryValue]) -> tuple[Packed, Packed]:
    """The cycle's entries, those that a team may read where one asks; and the chain from the first to the last."""
    told = [one for one in own if looked.by_college or _told_a_team(one)]
    chain = digests(looked.session, first=own[0].sequence, last=own[-1].sequence) if own else ()
    return packed(ENTRIES, written_entries(told)), packed(CHAIN, written_chain(chain))


def _told_a_team(one: LedgerEntryValue) -> bool:
    return one.actor.startswith(_OF_THE_TEAM) or one.action in _TOLD_A_TEAM


def _records(database: Database, principal: Principal, cycle_id: int, at: datetime) -> Iterator[tuple[str, Json]]:
    """Every record that whoever asks is shown by now, by its name; what is not there yet, or not theirs, is not."""
    yield "cycle", _cycle(cycles.cycle_whole(database, principal=principal, cycle_id=cycle_id, at=at))
    yield "evidence", _evidence(database, cycle_id)
    shown = SHOWN if principal.team is not None else {**SHOWN, **SHOWN_TO_THE_COLLEGE}
    for name, show in shown.items():
        of_the_day = {"at": at} if name in OF_THE_DAY else {}
        try:
            told = show(database, principal=principal, cycle_id=cycle_id, **of_the_day)
        except NotFound:  # the cycle is there: this of it is not
            continue
        yield name, told.model_dump(mode="json")


def _cycle(whole: cycles.CycleWhole) -> Json:
    """The cycle without what it waits for and what may be done now: that is of the day, and of who asks."""
    return whole.model_dump(mode="json", exclude={"allowed", "waits_for", "criteria", "due", "late"})


def _evidence(database: Database, cycle_id: int) -> Json:
    """The evidence as the college is shown it, whoever takes it along: an archive is handed on.

    What a closed file is called is for its team alone, and so is a newer version in its library.
    """
    shown = evidence.evidence_of(database, principal=ENGINE, cycle_id=cycle_id).model_dump(mode="json")
    for one in shown["evidence"]:
        del one["newer"]
    for one in (*shown["evidence"], *shown["ended"]):
        clearance = one["clearance"]
        del clearance["to_do"]
        clearance["said"] = [said for said in clearance["said"] if said["state"] != State.WAITING]
    return shown
