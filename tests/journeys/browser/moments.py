"""What two worlds that stand still have not: one team's case, from the proposal of its reviewers to what others learn
from it, and somebody with a password where a provider could let them in.

At each moment somebody opens pages that there are only then, and sends their forms empty.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

import httpx

from accreditation.actions.agree import agree
from accreditation.actions.answer_comment import answer_comment
from accreditation.actions.comment import comment
from accreditation.actions.decide import decide
from accreditation.actions.publish import publish
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.settle import settle
from accreditation.actions.settle_finding import settle_finding
from accreditation.records import findings
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft, Kind
from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from tests import exercising
from tests.building import FOLLOWED, followed
from tests.pages.browsing import Browser, Page
from tests.pages.conftest import PASSWORD, invite
from tests.pages.teams import at, let_in
from tests.proposing import ASKS, all_agree, confirm_all, proposed
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    NORTH,
    OFFICE,
    ROUND,
    rate_and_hand_in,
    reviewer,
    team_of,
    walk,
    work,
)

SETTLED = "consensus: {settled_by: lead}"
EDITION = followed(**{SETTLED: f"assignment: {{confirmed_by: office, {ASKS}}}\n{FOLLOWED[SETTLED]}"})
"""The office confirms who reviews; the team checks the report, and has time to put things right."""

THE_OFFICE, THE_LEAD = Grant(role=Role.OFFICE), Grant(role=Role.TEAM_LEAD, team=NORTH)

PROVIDER = {
    "oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": "site", "oidc_name": "A provider", "site_url": "http://site",
}  # fmt: skip
"""The settings of a house with an identity provider, which nobody asks."""

Who = Callable[[House], Grant]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What happens, who comes then, and on which ways: those that show a page, and the forms that are sent empty."""

    happens: Callable[[House], object]
    who: Who
    ways: tuple[str, ...]
    named: Callable[[House], dict[str, object]] = field(default=lambda house: {})


def sits(role: str) -> Who:
    """Whoever reviews North in this role."""
    return lambda house: Grant(role=Role.REVIEWER, reviewer=team_of(house)[role])


def is_free(house: House) -> Grant:
    """A reviewer who did not review North."""
    return Grant(role=Role.REVIEWER, reviewer=exercising.free(house).reviewer)


def of_finding(house: House) -> dict[str, object]:
    """The name of the one finding that was handed in."""
    with house.database.reading() as session:
        return {"finding": findings.of_review(session, CYCLE)[0].name}


def of_lead(house: House) -> dict[str, object]:
    """Who is proposed as the lead reviewer."""
    return {"reviewer": proposed(house)["lead"][0]}


def is_proposed(house: House) -> None:
    """The engine proposes who could review North."""
    walk(house, Stage.ASSIGNMENT, edition=EDITION)
    work(house)


def is_rated(house: House) -> None:
    """Those who are proposed are confirmed, and all agree; they rate alone, and one has a finding."""
    confirm_all(house)
    all_agree(house)
    work(house)
    found = Found(draft=Draft(kind=Kind.KEY_ACTION, criterion="1.01", text="Write a job plan."), seen_version=0)
    who = reviewer(team_of(house)["lead"])
    record_finding(house.database, principal=who, cycle_id=CYCLE, key="plan", found=found, at=AT)
    rate_and_hand_in(house, "lead")
    rate_and_hand_in(house, "lay", c1_01="not_met")
    work(house)


def is_reported(house: House) -> None:
    """What they differ in is settled, and the report goes to the team."""
    who, said = reviewer(team_of(house)["lead"]), Answer(rating="not_met", note="No job plan names her.")
    settle(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", answer=said, at=AT)
    settle_finding(
        house.database, principal=who, cycle_id=CYCLE, finding=str(of_finding(house)["finding"]), how="kept",
        amended=None, reason="So it is.", at=AT,
    )  # fmt: skip
    work(house)


def is_commented(house: House) -> None:
    """The team says that a rating is not accurate."""
    comment(
        house.database, principal=LEAD, cycle_id=CYCLE, criterion="1.01", finding=None, reason="Page 2 does.", at=AT
    )


def is_decided(house: House) -> None:
    """The comment is answered, the committee gives time to put it right, and that is published."""
    who = reviewer(team_of(house)["lead"])
    answer_comment(house.database, principal=who, cycle_id=CYCLE, comment_id=1, reason="It does not.", at=AT)
    agree(house.database, principal=LEAD, cycle_id=CYCLE, at=AT)
    work(house)
    decide(house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome="deferred", reason="", at=AT)
    publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=AT)


def is_practised(house: House) -> None:
    """Another reviewer has practised on the exercise."""
    by = exercising.free(house)
    exercising.answered(house, by)
    exercising.handed_in(house, by)


PROPOSAL, EXERCISE = "/college/rounds/{round}/proposals/{number}", "/college/exercises/{exercise}"
PRACTICE, OF_OTHERS = "/review/training/{exercise}", "/review/cycles/{cycle}/others/findings/{finding}"
REPORT, RESULTS = "/team/cycles/{cycle}/accuracy", "/team/cycles/{cycle}/results"
ON_FINDING, COMMENT = f"{REPORT}/findings/{{finding}}", "/review/cycles/{cycle}/report/comments/{comment}"

MOMENTS = (
    Moment(happens=is_proposed, who=lambda house: THE_OFFICE, named=of_lead, ways=(
        f"GET {PROPOSAL}", f"GET {PROPOSAL}/explanation?cycle=1&reviewer={{reviewer}}",
        f"GET {PROPOSAL}/change?cycle=1&reviewer={{reviewer}}", f"POST {PROPOSAL}/change",
        f"POST {PROPOSAL}/change?kind=keep&role=lead&reason=They know it.",
        f"GET {PROPOSAL}/confirmation", f"POST {PROPOSAL}/confirmation",
    )),
    Moment(happens=is_rated, who=sits("lead"), named=of_finding, ways=(
        f"GET {OF_OTHERS}", f"POST {OF_OTHERS}", "GET /review/cycles/{cycle}/certificate",
    )),
    Moment(happens=is_reported, who=lambda house: THE_LEAD, named=of_finding, ways=(
        f"GET {ON_FINDING}", f"POST {ON_FINDING}", f"GET {REPORT}/criteria/{{criterion}}",
        f"POST {REPORT}/criteria/{{criterion}}", f"GET {REPORT}", f"POST {REPORT}",
    )),
    Moment(happens=is_commented, who=sits("lead"), ways=(f"GET {COMMENT}", f"POST {COMMENT}")),
    Moment(happens=is_decided, who=lambda house: THE_OFFICE, ways=(
        "GET /college/cycles/{cycle}/conditions", "POST /college/cycles/{cycle}/conditions",
        "GET /college/exercises/new", "POST /college/exercises/new",
    )),
    Moment(happens=lambda house: None, who=lambda house: THE_LEAD, ways=(
        f"GET {RESULTS}", f"POST {RESULTS}", "GET /register/{cycle}", "GET /cy/register/{cycle}",
    )),
    Moment(happens=exercising.made, who=lambda house: THE_OFFICE, ways=(
        f"GET {EXERCISE}", f"GET {EXERCISE}/criteria/{{criterion}}", f"POST {EXERCISE}/criteria/{{criterion}}",
    )),
    Moment(happens=exercising.confirmed, who=is_free, ways=(
        f"GET {PRACTICE}", f"POST {PRACTICE}/hand-in", f"GET {PRACTICE}/criteria/{{criterion}}",
        f"POST {PRACTICE}/criteria/{{criterion}}?choice=rating:met&note=Without 943 476 5919.",
    )),
    Moment(happens=is_practised, who=is_free, ways=(f"GET {PRACTICE}/result",)),
    Moment(happens=lambda house: None, who=lambda house: THE_OFFICE, ways=(
        f"GET {EXERCISE}", f"POST {EXERCISE}/retirement",
    )),
)  # fmt: skip


def with_provider(house: House) -> House:
    """This house as it stood when all of this began, with an identity provider."""
    return at(replace(house, settings=house.settings.model_copy(update=PROVIDER), oidc_secret="only ours"))


def moments(house: House, browser: Browser) -> Iterator[tuple[str, httpx.Response]]:
    """All that is shown, one moment after another, and on which way."""
    for moment in MOMENTS:
        moment.happens(house)
        browser.keep(let_in(house, moment.who(house)))
        names = {"cycle": CYCLE, "round": ROUND, "number": 1, "criterion": "1.01", "comment": 1, "exercise": 1}
        for said in moment.ways:
            yield said.partition("?")[0], asked(browser, said.format(**names, **moment.named(house)))


def with_a_password(house: House, browser: Browser) -> Iterator[tuple[str, httpx.Response]]:
    """The account of somebody who signs in with a password, and could join a provider."""
    browser.http.cookies.clear()
    for said in (
        f"GET {invite(house)}", "POST /invitation", f"POST /invitation?password={PASSWORD}&again={PASSWORD}",
        "GET /account", "POST /account/password", "POST /account/authenticator", "POST /account/provider",
        f"POST /account/authenticator?password={PASSWORD}", "POST /account/authenticator/confirmation",
        "GET /account", f"POST /account/provider?provider_password={PASSWORD}",
    ):  # fmt: skip
        answer = asked(browser, said)
        yield f"{answer.request.method} {answer.request.url.path}", answer
    browser.http.cookies.clear()
    yield "GET /sign-in", asked(browser, "GET /sign-in")


def asked(browser: Browser, said: str) -> httpx.Response:
    """The page at this address; or what comes of the form of the open page that goes there.

    The form says what stands behind the question mark and is empty otherwise; it is sent also where it is not there.
    """
    method, address = said.split(" ", 1)
    path, _, query = address.partition("?")
    if method == "GET":
        answer = browser.ask(method, address)
    else:
        forms = browser.page.forms
        data = {**forms.get("/sign-out", {}), **forms.get(path, {}), **dict(parse_qsl(query))}
        answer = browser.ask(method, path, data=data)
    browser.page = Page(answer)
    return answer
