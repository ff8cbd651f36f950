"""One flow a stage, and upkeep. Each looks at what is kept, does what a machine can do now, and stops.

A flow is handed jobs of its kind and carries out each by one action, which marks the job done in its own
transaction: running a flow twice, late, at once with itself or after a kill gives the same records. A job
that fails is given back and does not keep the others from being done.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypedDict

from prefect import State, Task, flow, task

from accreditation.actions.assign import assign_round
from accreditation.actions.check_evidence import check_evidence
from accreditation.actions.close_accuracy import close_accuracy
from accreditation.actions.close_answers import close_answers
from accreditation.actions.close_requests import close_requests
from accreditation.actions.close_review import close_review
from accreditation.actions.give_back import give_back
from accreditation.actions.keep_up import keep_up
from accreditation.actions.lapse import lapse
from accreditation.actions.recommend import recommend as recommend_award
from accreditation.actions.remind import send_reminder
from accreditation.actions.remove_bytes import remove_bytes
from accreditation.actions.report_gap import report_gap
from accreditation.actions.send_letter import send_letter
from accreditation.actions.watch_risks import watch_risks
from accreditation.errors import AccreditationError, Unavailable
from accreditation.wiring import house
from flows import artifacts


def _is_busy(_task: object, _run: object, state: State[Any]) -> bool:
    """Did the task fail because a store could not answer?"""
    return isinstance(state.data, Unavailable)


class _Again(TypedDict):
    retries: int
    retry_delay_seconds: float
    retry_condition_fn: Callable[[Any, Any, State[Any]], bool]


AGAIN: _Again = {"retries": 2, "retry_delay_seconds": 1, "retry_condition_fn": _is_busy}
"""A store that is busy for a moment is asked again at once; what fails otherwise or longer is the outbox's business."""


class SomeJobsFailed(RuntimeError):
    """The run did all it could; these jobs were given back to the outbox."""


@task(name="report the gap", **AGAIN)
async def gap(job: int) -> None:
    """Say how far the job's team is from each award, by its own answers."""
    report = report_gap(house().database, job_id=job, at=house().now())
    if report is not None:
        await artifacts.show_gap(report)


@task(name="check the evidence", **AGAIN)
async def evidence_check(job: int) -> None:
    """Re-read what was attached to the job's cycle, and look at what waits; in a thread, as it takes its time."""
    await asyncio.to_thread(
        check_evidence, house().database, house().evidence, examine=house().examine, job_id=job, at=house().now()
    )


@task(name="find review teams", **AGAIN)
async def find_teams(job: int) -> None:
    """Match reviewers to all cycles of the job's round that wait for a review team."""
    for cycle in assign_round(house().database, job_id=job, at=house().now()):
        await artifacts.show_team(house().database, cycle)
    await artifacts.show_proposal(house().database, job)


@task(name="look at the answers", **AGAIN)
async def look_at_answers(job: int) -> None:
    """Count silence whose time is over, and let the review of the job's cycle begin once all who are asked agree."""
    cycle = close_answers(house().database, job_id=job, at=house().now())
    if cycle is not None:
        await artifacts.show_team(house().database, cycle)


@task(name="look at the reviews", **AGAIN)
async def look_at_reviews(job: int) -> None:
    """Settle what all reviewers of the job's cycle agree on, once all have handed in."""
    close_review(house().database, job_id=job, at=house().now())


@task(name="see requests run out", **AGAIN)
async def look_at_requests(job: int) -> None:
    """End the requests for evidence of the job's cycle whose time is over."""
    close_requests(house().database, job_id=job, at=house().now())


@task(name="see immediate risks run out", **AGAIN)
async def look_at_risks(job: int) -> None:
    """Tell the office of immediate risks of the job's cycle that are not answered in time."""
    watch_risks(house().database, job_id=job, at=house().now())


@task(name="close the accuracy check", **AGAIN)
async def look_at_accuracy(job: int) -> None:
    """Go on with the job's cycle once its time for what is not accurate is over, where silence is agreement."""
    close_accuracy(house().database, job_id=job, at=house().now())


@task(name="work out the award", **AGAIN)
async def work_out_award(job: int) -> None:
    """Work out what the rules recommend for the job's cycle."""
    recommendation = recommend_award(house().database, job_id=job, at=house().now())
    if recommendation is not None:
        await artifacts.show_award(recommendation)


@task(name="let what was missed lapse", **AGAIN)
async def look_at_conditions(job: int) -> None:
    """Let the outcome of the job's cycle lapse, once the time of its conditions is over and not all are met."""
    lapse(house().database, job_id=job, at=house().now())


@task(name="take deleted bytes away", **AGAIN)
async def take_bytes_away(job: int) -> None:
    """Remove the bytes of a file that was deleted; in a thread, as a store may take its time."""
    await asyncio.to_thread(remove_bytes, house().database, house().evidence, job_id=job, at=house().now())


@task(name="send the letter", **AGAIN)
async def post_letter(job: int) -> None:
    """Hand the job's letter to the mail server; in a thread, as a server may take its time."""
    await asyncio.to_thread(
        send_letter, house().database, key=house().key(), site=house().site, post=house().post, job_id=job,
        at=house().now(),
    )  # fmt: skip


@task(name="send the reminder", **AGAIN)
async def post_reminder(job: int) -> None:
    """Hand the job's reminder to the mail server; in a thread, as a server may take its time."""
    await asyncio.to_thread(
        send_reminder, house().database, site=house().site, post=house().post, job_id=job, at=house().now()
    )


@task(name="keep up", **AGAIN)
async def upkeep_task(job: int) -> None:
    """Verify the ledger, give jobs to whatever waits without one, sweep leftovers."""
    keep_up(house().database, house().evidence, job_id=job, at=house().now())


@flow(name="self-assessment")
async def self_assessment(jobs: list[int]) -> None:
    """What a machine can do while teams rate themselves: the gap report."""
    await _each(jobs, gap)


@flow(name="evidence")
async def evidence(jobs: list[int]) -> None:
    """What a machine can do with evidence: see that it is whole, what it is, and whether others may open it."""
    await _each(jobs, evidence_check)


@flow(name="assignment")
async def assignment(jobs: list[int]) -> None:
    """Find a review team for every cycle that waits for one."""
    await _each(jobs, find_teams)


@flow(name="answers")
async def answers(jobs: list[int]) -> None:
    """See to it that the time to answer has an end, and that a team which all agree to begins."""
    await _each(jobs, look_at_answers)


@flow(name="review")
async def review(jobs: list[int]) -> None:
    """Close reviews that all reviewers have handed in, and consensus once everything is settled."""
    await _each(jobs, look_at_reviews)


@flow(name="requests")
async def requests(jobs: list[int]) -> None:
    """End requests for evidence whose time is over."""
    await _each(jobs, look_at_requests)


@flow(name="risks")
async def risks(jobs: list[int]) -> None:
    """See the time to answer immediate risks run out."""
    await _each(jobs, look_at_risks)


@flow(name="accuracy")
async def accuracy(jobs: list[int]) -> None:
    """End checks of factual accuracy whose time is over."""
    await _each(jobs, look_at_accuracy)


@flow(name="award")
async def award(jobs: list[int]) -> None:
    """Work out what the rules recommend; then it is the committee's turn."""
    await _each(jobs, work_out_award)


@flow(name="conditions")
async def conditions(jobs: list[int]) -> None:
    """See the time of conditions run out."""
    await _each(jobs, look_at_conditions)


@flow(name="deletion")
async def deletion(jobs: list[int]) -> None:
    """Take away what was deleted."""
    await _each(jobs, take_bytes_away)


@flow(name="letters")
async def letters(jobs: list[int]) -> None:
    """Send what people are written."""
    await _each(jobs, post_letter)


@flow(name="reminders")
async def reminders(jobs: list[int]) -> None:
    """Remind whoever's turn it is."""
    await _each(jobs, post_reminder)


@flow(name="upkeep")
async def upkeep(jobs: list[int]) -> None:
    """Once a day: see that nothing waits unseen."""
    await _each(jobs, upkeep_task)


STAGES = {
    one.fn.__name__: one
    for one in (
        self_assessment,
        evidence,
        assignment,
        answers,
        review,
        requests,
        risks,
        accuracy,
        award,
        conditions,
        deletion,
        letters,
        reminders,
        upkeep,
    )
}
"""Kind of job -> the flow that carries it out."""

ENTRYPOINTS = {name: f"flows/stages.py:{name}" for name in STAGES}
"""The same, as a worker on another machine finds them."""


async def _each(jobs: Sequence[int], do: Task[[int], Coroutine[Any, Any, None]]) -> None:
    """Carry out each job; give back those that fail, and say so at the end."""
    failed = []
    for job in jobs:
        try:
            await do(job)
        except Exception as reason:  # a job may fail in any way; the others are done all the same
            give_back(house().database, job_id=job, reason=_words(reason), at=house().now())
            failed.append(job)
    if failed:
        raise SomeJobsFailed(f"{len(failed)} of {len(jobs)} jobs failed; what is not done is tried again: {failed}")


def _words(reason: Exception) -> str:
    """What went wrong, for the person who finds the job held; our own refusals are sentences already."""
    return str(reason) if isinstance(reason, AccreditationError) else f"{type(reason).__name__}: {reason}"
