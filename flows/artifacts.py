"""What the office sees beside a run: the gap report, the review team, the award's working, as Markdown."""

import json
from collections.abc import Mapping
from typing import Any

from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

from accreditation.database import Database
from accreditation.records import jobs, proposals
from accreditation.records.awards import GapReport, Recommendation
from accreditation.rules.improvement import Improvement
from accreditation.rules.told import improvement_words
from accreditation.views.proposals import proposal_shown
from accreditation.views.teams_of_review import review_team


async def show_gap(report: GapReport) -> None:
    """The gap report of one cycle."""
    told = json.loads(report.report)
    counts = ", ".join(
        f"{number} {standing.replace('_', ' ')}" for standing, number in told["counts"].items() if number
    )
    lines = [f"## Cycle {report.cycle_id}: by its own answers, {told['title'].lower()}", "", counts + ".", ""]
    lines += [f"- {_improvement(one)}" for one in told["improvements"]]
    await acreate_markdown_artifact(
        key=f"gap-cycle-{report.cycle_id}", markdown="\n".join(lines), description="Gap report"
    )


async def show_team(database: Database, cycle_id: int) -> None:
    """The review team of one cycle, and why each sits there."""
    with database.reading() as session:
        rows = [
            {"seat": one.role.replace("_", " "), "reviewer": one.reviewer, "why": one.why}
            for one in review_team(session, cycle_id)
        ]
    await acreate_table_artifact(key=f"review-team-cycle-{cycle_id}", table=rows, description="Review team")


async def show_proposal(database: Database, job_id: int) -> None:
    """What is proposed to the office for the round of this job, where anything is: who, why, and what is empty.

    Never what anybody answered, or why: those reasons are private, and this page has no guard of ours.
    """
    with database.reading() as session:
        round_id = jobs.subject_of(session, job_id=job_id, kind=jobs.Kind.ASSIGNMENT)
        if proposals.newest(session, round_id) is None:
            return
        found = proposal_shown(session, round_id)
    rows = [
        {"team": team.team.name, "seat": one.title, "reviewer": one.name, "how": one.how, "why": one.why}
        for team in found.teams
        for one in team.seats
    ] + [
        {"team": team.team.name, "seat": one.title, "reviewer": "", "how": "empty", "why": one.why}
        for team in found.teams
        for one in team.empty
    ]
    await acreate_table_artifact(
        key=f"proposal-round-{round_id}", table=rows, description=f"Proposed review teams, number {found.number}"
    )


async def show_award(recommendation: Recommendation) -> None:
    """The working of what the rules recommend for one cycle."""
    told = json.loads(recommendation.working)
    what = "the rules are silent, people decide" if told["judgement"] else "recommended is"
    lines = [f"## Cycle {recommendation.cycle_id}: {what} {told['title'].lower()}", ""]
    lines += [f"- {one['title']}: {_published(one)}" for one in told["scores"]]
    lines += [
        f"- limited from {one['instead_of'].replace('_', ' ')} to {one['at_best'].replace('_', ' ')}: {one['because']}"
        for one in told["limited"]
    ]
    for tried in told["working"]:
        lines += [f"### {tried['outcome'].replace('_', ' ')}", *_tree(tried, depth=0), ""]
    await acreate_markdown_artifact(
        key=f"award-cycle-{recommendation.cycle_id}", markdown="\n".join(lines), description="Award working"
    )


def _tree(node: Mapping[str, Any], *, depth: int) -> list[str]:
    line = f"{'  ' * depth}- {node['rule']}: found {node['found']}"
    if node["holds"] is not None:  # a number that a rule compares neither holds nor not
        line += f"; **{'holds' if node['holds'] else 'does not hold'}**"
    if node["in_the_way"] and not node["parts"]:
        line += f" (in the way: {', '.join(node['in_the_way'])})"
    return [line, *(inner for part in node["parts"] for inner in _tree(part, depth=depth + 1))]


def _published(score: Mapping[str, Any]) -> str:
    shown, level = score["shown"], score["level"]
    return f"{shown} (level {level})" if level not in (None, shown) else str(shown)


def _improvement(told: Mapping[str, Any]) -> str:
    found = Improvement.model_validate(told)
    noun = "criterion" if found.size == 1 else "criteria"
    return f"{found.title}: {found.size} {noun} to improve: {improvement_words(found)}"
