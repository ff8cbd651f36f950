"""What a cycle cost its team, for the team; and what a scheme costs its teams, for the college: without their names."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from accreditation.database import Database, Session
from accreditation.errors import NotFound
from accreditation.records import cycles, editions, touched
from accreditation.records.cycles import CycleNow
from accreditation.rules.burden import FEW, IDLE, Burden, Cost, Middle, SchemeBurden, Work, burden, burden_of_scheme
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.rules.permissions import Permission, permit
from accreditation.scheme.model import Scheme
from accreditation.scheme.values import written_number
from accreditation.views.looking import Shown, look

SUBMITTED = frozenset(Stage) - {Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.WITHDRAWN}
"""Stages whose cycles tell what a scheme costs: all that was asked is handed in."""

IDLE_MINUTES = int(IDLE.total_seconds()) // 60


class CriterionCost(Shown):
    """What a criterion cost: over how many cycles, and in all of them together."""

    criterion: str
    title: str
    cycles: int
    minutes: int = Field(description="Minutes before it was touched, of all cycles; cut off, never rounded up.")
    minutes_each: str = Field(description="Minutes a cycle, with at most two decimals.")
    saves: int
    files_uploaded: int
    answered_by_reuse: int


class CycleBurden(Shown):
    """What a cycle cost its team so far. Items are an answer for every criterion, and evidence where some is asked."""

    cycle: int
    scheme: str
    items_asked: int
    answered_by_reuse: int = Field(description="Taken from an audit, or evidence for which no file was sent.")
    files_uploaded: int
    people: int
    minutes: int = Field(description="Minutes of work that show, of all people together.")
    minutes_first_to_last: int = Field(description="Minutes from the first touch to the last, nights included.")
    idle_after_minutes: int
    words: str
    criteria: tuple[CriterionCost, ...] = Field(description="What cost most first.")


class Spread(Shown):
    """A figure over several cycles, with at most two decimals: the lowest, the middle one, the highest."""

    least: str
    middle: str
    most: str


class BurdenOfScheme(Shown):
    """What a scheme costs its teams. The figures are null where there are too few cycles to tell of no single team."""

    scheme: str
    edition: str | None = Field(description="The edition's digest, where only its cycles are counted.")
    cycles: int
    words: str
    items_asked: Spread | None
    answered_by_reuse: Spread | None
    files_uploaded: Spread | None
    minutes: Spread | None
    minutes_first_to_last: Spread | None
    criteria: tuple[CriterionCost, ...] = Field(description="What cost most a cycle first.")


def burden_of_cycle(database: Database, *, principal: Principal, cycle_id: int) -> CycleBurden:
    """What did this cycle cost the asker's team so far? Raises NotFound, NotPermitted."""
    with database.reading() as session:
        looked = look(session, principal=principal, permission=Permission.BURDEN_OWN, cycle_id=cycle_id)
        (found,) = _burdens(session, [looked.now])
        scheme = looked.scheme
    return CycleBurden(
        cycle=cycle_id, scheme=scheme.id, items_asked=found.items, answered_by_reuse=found.reused,
        files_uploaded=found.uploads, people=found.people, minutes=int(found.work),
        minutes_first_to_last=int(found.span), idle_after_minutes=IDLE_MINUTES, words=_words(),
        criteria=_costs(scheme, found.costs),
    )  # fmt: skip


def burden_of(database: Database, *, principal: Principal, scheme: str, edition: str | None) -> BurdenOfScheme:
    """What does this scheme (this edition, by its digest) cost its teams? Of cycles that are handed in.

    Raises NotFound, NotPermitted.
    """
    permit(principal, Permission.BURDEN_READ)
    with database.reading() as session:
        known = {row.digest for row in editions.all_of(session, scheme)}
        if not known or (edition is not None and edition not in known):
            what = f"edition {edition[:12]} of '{scheme}'" if edition else f"scheme '{scheme}'"
            raise NotFound(f"No {what} is published.")
        wanted = known if edition is None else {edition}
        several = [now for now in cycles.several(session, stages=SUBMITTED) if now.edition_digest in wanted]
        newest = editions.scheme_of(session, edition or editions.all_of(session, scheme)[0].digest)
        found = burden_of_scheme(_burdens(session, several))
    return BurdenOfScheme(
        scheme=scheme, edition=edition, cycles=len(several), words=_words() if found else _too_few(len(several)),
        items_asked=_spread(found, "items"), answered_by_reuse=_spread(found, "reused"),
        files_uploaded=_spread(found, "uploads"), minutes=_spread(found, "work"),
        minutes_first_to_last=_spread(found, "span"), criteria=_costs(newest, found.costs if found else ()),
    )  # fmt: skip


def _burdens(session: Session, several: Sequence[CycleNow]) -> list[Burden]:
    done = touched.touched(session, (now.id for now in several))
    found = []
    for now in several:
        applicable = editions.scheme_of(session, now.edition_digest).applicable(now.profile)
        asked = {criterion.id: number for number, criterion in enumerate(applicable)}
        here = done[now.id]
        files = [one.only(asked) for one in here.files]
        found.append(
            burden(
                Work(
                    asked=tuple(asked), evidence=frozenset(one.id for one in applicable if one.evidence),
                    published=frozenset(here.published & asked.keys()), touches=tuple(here.touches),
                    files=tuple(files),
                )
            )
        )  # fmt: skip
    return found


def _costs(scheme: Scheme, costs: Sequence[Cost]) -> tuple[CriterionCost, ...]:
    return tuple(
        CriterionCost(
            criterion=one.criterion,
            title=scheme.by_id[one.criterion].title if one.criterion in scheme.by_id else "",
            cycles=one.cycles, minutes=int(one.work), minutes_each=written_number(one.work / one.cycles),
            saves=one.saves, files_uploaded=one.uploads, answered_by_reuse=one.reused,
        )
        for one in costs
    )  # fmt: skip


def _spread(found: SchemeBurden | None, name: Literal["items", "reused", "uploads", "work", "span"]) -> Spread | None:
    if found is None:
        return None
    one: Middle = getattr(found, name)
    least, middle, most = (written_number(value) for value in (one.least, one.middle, one.most))
    return Spread(least=least, middle=middle, most=most)


def _words() -> str:
    return (
        f"Time is what shows: a gap between two saves of one person counts where it is at most {IDLE_MINUTES} minutes "
        "long; a longer one counts nothing. Reading, meetings and looking for papers leave no trace: it took longer."
    )


def _too_few(number: int) -> str:
    many = "No cycle is" if number == 0 else "1 cycle is" if number == 1 else f"{number} cycles are"
    return f"{many} handed in; of fewer than {FEW} nothing is told, as it would tell of one team."
