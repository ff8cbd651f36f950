"""Every page, by every method, for everybody, about what is one's own, others', and nobody's: one table, made by rule.

What is expected follows from the permissions, from the grants, and from whose a thing is. So a new page is in the
table by itself; one about things of which no rule says whose they are fails.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlencode

import httpx
import pytest
from fastapi.routing import APIRoute

from accreditation.database import observe_statements
from accreditation.rules.grants import ROLES_OF, Area, Thing, acting, principals, reaching
from accreditation.rules.people import Principal
from accreditation.rules.permissions import ROLE_TABLE
from accreditation.wiring import House
from api.guard import OWN_ROUTES, calls_of, routes_of
from api.pages.signing.entering import SEE_OTHER
from api.visiting import FileFormGuard, FormGuard, ListGuard, OverviewGuard, PageGuard
from api.visitors import FORGERY_PROOF, own_sender, sender
from tests.opened import opened
from tests.pages.browsing import Browser, Page
from tests.pages.fields import (
    CALLED_ALIKE,
    COUNTS,
    KNOWN,
    OF_ONES_OWN,
    PLACES,
    PROVED_ELSEWHERE,
    WORDS,
    Field,
    rows,
)
from tests.pages.teams import at
from tests.pages.two_worlds import (
    KNOW_THE_NAME,
    KNOW_THE_ODD,
    NONE_YET,
    ODD,
    ODD_LAY,
    ODD_LEAD,
    ODD_NAME,
    ODD_ROUND,
    ODD_TEAM,
    ODD_TRUST,
    PEOPLE,
    Three,
    build,
    secret_of,
    things,
)
from tests.walking import LAYS, NORTH, NORTHS_LEAD, ROUND

pytestmark = pytest.mark.xdist_group("permissions")  # what everybody is answered is asked once

SHORTEST_ADDRESS = 3
"""Parts of an address, the empty one before it included, that name nothing in particular: '/team/cycles'."""

SHORTEST_NAME = 12
"""Letters of a random name."""

NOBODY = "nobody"

NORTHS = Thing(team=NORTH, organisation=1, scheme="small", round=ROUND, reviewers=frozenset({NORTHS_LEAD, *LAYS}))
ODDS = Thing(
    team=ODD_TEAM, organisation=ODD_TRUST, scheme="odd", round=ODD_ROUND, reviewers=frozenset({ODD_LEAD, ODD_LAY})
)
WHOSE = {"own": NORTHS, "others": ODDS}

BOUND_BY = {
    "cycle": ("team", "organisation", "scheme", "round", "reviewers"), "team": ("team", "organisation"),
    "round": ("scheme", "round"), "scheme": ("scheme",),
}  # fmt: skip
"""What grants reach, or not: by its name in a path, and what of it they can be bound to."""

WITHIN = frozenset({
    "evidence", "request", "document", "version", "finding", "risk", "grant", "edition", "domain", "draft",
    "criterion", "reviewer",
})  # fmt: skip
"""What is of the cycle, team, round or scheme that stands before it in the path: there is none of another's."""

COMMON = frozenset({"criterion", "edition", "domain"})
"""What of it goes by the same name in North's and in the other's."""

CHOSEN = frozenset({"key"})
"""What whoever asks names as they like."""

OF_A_REVIEWER = {("invitation", "own"): NORTHS_LEAD}
"""What is one reviewer's."""

OF_THE_COLLEGE = frozenset({"grant", "job", "reviewer", "organisation"})
"""What everybody who is in the college's area for nothing less than the whole college knows of."""

NOT_YET = frozenset({
    "GET /team/cycles/{cycle}/accuracy/criteria/{criterion}", "GET /team/cycles/{cycle}/accuracy/findings/{finding}",
    "POST /team/cycles/{cycle}/accuracy/findings/{finding}", "GET /review/cycles/{cycle}/certificate",
    "GET /review/cycles/{cycle}/others/findings/{finding}", "POST /review/cycles/{cycle}/others/findings/{finding}",
    "POST /team/library/{team}/documents/{document}/description", "GET /college/cycles/{cycle}/conditions",
    "POST /college/cycles/{cycle}/conditions", "POST /college/jobs/{job}/release",
})  # fmt: skip
"""What is not there while a visit is reviewed, or where a form says nothing; for nobody."""

NOT_BEGUN = frozenset({"GET /account/provider/out"})
"""What goes on with what nobody here has begun."""

HANDED_OUT = frozenset({"POST /college/cycles/{cycle}/archive"})
"""Forms whose answer is a file; that it was handed out is kept."""

ELSEWHERE = frozenset({"GET /team/library", "GET /team/people", "GET /college/cycles/{cycle}/runs"})
"""Pages that lead on to another one."""

ASKED = {
    "GET /college/schemes/{scheme}/compare": "?old=2026.1&new=2026.1",
    "GET /college/rounds/{round}/proposals/{number}/change": "?cycle=1",
    "GET /college/rounds/{round}/proposals/{number}/explanation": "?cycle=1&reviewer=1",
}
"""What a page has to be asked besides."""

STAGE_FIRST = frozenset({"POST /team/cycles/{cycle}/evidence/{evidence}/places/{criterion}"})
"""Where it is said that it is too late, whatever the criterion."""

SHOWN, TAKEN, OPEN, SIGN_IN, NOT_THERE, MAY_NOT = "shown", "taken", "open", "sign in", "not there", "may not"
"""What somebody is answered: a page; a form is taken, be it with a fault in it; whoever it is, one of these two; to
sign in first; that there is none; that they may not.
"""

SAID = {200: SHOWN, SEE_OTHER: TAKEN, 409: TAKEN, 422: TAKEN, 403: MAY_NOT, 404: NOT_THERE}
"""Status -> what was answered, where nobody is asked to sign in."""


@dataclass(frozen=True, slots=True)
class About:
    """What is asked for: name in the path -> one's own, others', or what there is not."""

    names: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return ", ".join(f"{name} {which}" for name, which in self.names) or "nothing"

    @property
    def twin(self) -> "About | None":
        """The same about what there is not, in place of what is others'."""
        first = next((name for name, which in self.names if which == "others"), None)
        if first is None or "none" in self.which.values():
            return None
        return About(tuple((name, "none" if name == first else which) for name, which in self.names))

    @property
    def mixed(self) -> bool:
        """Is it one's own, but for something within it? Then it is for those to ask who may know of their own."""
        return self.names[:1] != () and self.names[0][1] == "own" and len({*self.which.values()}) > 1

    @property
    def bound(self) -> str | None:
        """The name of what grants can be bound to in it."""
        return next((name for name in BOUND_BY if name in self.which), None)

    @property
    def own(self) -> "About":
        """The same about what is one's own altogether."""
        return About(tuple((name, "own") for name, _ in self.names))

    @property
    def which(self) -> Mapping[str, str]:
        return dict(self.names)


@dataclass(frozen=True, eq=False)
class Way:
    """A page by one method, and what guards it."""

    method: str
    route: APIRoute

    def __str__(self) -> str:
        return f"{self.method} {self.route.path}"

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(self.route.param_convertors)

    @cached_property
    def guard(self) -> PageGuard | ListGuard | OverviewGuard | None:
        """None where everybody may, or whoever is signed in about themselves."""
        found = [one for one in calls_of(self.route) if isinstance(one, PageGuard | ListGuard | OverviewGuard)]
        return found[0] if found else None

    @property
    def area(self) -> Area | None:
        """The part of the site it lies in; None where that is no matter."""
        if isinstance(self.guard, OverviewGuard):
            return Area.COLLEGE
        return None if self.guard is None else self.guard.area

    def is_for(self, who: str) -> bool:
        """Is this person somebody in this part of the site?"""
        return self.area is None or any(one.role in ROLES_OF[self.area] for one in PEOPLE.get(who, ()))

    @property
    def needs_somebody(self) -> bool:
        """Is it for whoever is signed in?"""
        return self.guard is not None or str(self) in OWN_ROUTES

    @cached_property
    def takes_files(self) -> bool:
        return any(isinstance(one, FileFormGuard) for one in calls_of(self.route))

    @cached_property
    def looks_at_its_token(self) -> tuple[object, ...]:
        """What looks at the token of this form."""
        return tuple(
            type(one) if isinstance(one, FormGuard) else one
            for one in calls_of(self.route)
            if isinstance(one, FormGuard) or one in FORGERY_PROOF
        )

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields of its address, and of the form that it is sent, but for the token."""
        todo, found = [self.route.dependant], set[str]()
        while todo:
            one = todo.pop()
            todo += one.dependencies
            found |= {field.alias for field in (*one.query_params, *one.body_params)}
        return frozenset(found - {"csrf"})

    def abouts(self, named: Mapping[str, Three]) -> list[About]:
        """All that is asked for: one's own; others'; nothing that there is; and of one's own what is not its own."""
        names = self.names
        assert {*names} <= {*named}, f"say in `things` what a name in {self} may stand for"
        found = [About(tuple((name, which) for name in names)) for which in ("own", "others")]
        if not names:
            return found[:1]
        for name in names:
            if name in CHOSEN or (name == names[0] and len(names) > 1):
                continue
            for which in ("others", "none"):
                found.append(About(tuple((one, which if one == name else "own") for one in names)))
        others_of_none = About(tuple((one, "none" if one == names[0] else "others") for one in names))
        return [one for one in dict.fromkeys([*found, others_of_none]) if not _the_same(one, named)]

    def path(self, about: About, named: Mapping[str, Three]) -> str:
        """The address of it."""
        path = self.route.path
        for name, which in about.names:
            path = path.replace(f"{{{name}}}", getattr(named[name], which))
        return path + ASKED.get(str(self), "")


def _the_same(about: About, named: Mapping[str, Three]) -> bool:
    """Is it asked for under another name already?"""
    which = {*about.which.values()}
    return len(which) > 1 and any(
        one == "others" and named[name].others == named[name].own and about.names[0][1] == "own"
        for name, one in about.names
    )


def expected(way: Way, who: str, about: About) -> str:
    """What is this person answered on this way, by the rules?"""
    if way.needs_somebody and who == NOBODY:
        return SIGN_IN
    if way.guard is None:
        return MAY_NOT if str(way) in NOT_BEGUN else OPEN
    grants = PEOPLE[who]
    if isinstance(way.guard, ListGuard):
        mine = principals(name=who, grants=grants, area=way.guard.area, teams_of={1: [NORTH]})
        return _good(way) if mine else NOT_THERE
    if isinstance(way.guard, OverviewGuard):
        found = reaching(name=who, grants=grants, permission=way.guard.permission)
        return NOT_THERE if found is None else _may(way, found[0])
    return _about_something(way, way.guard, who, about)


def _about_something(way: Way, guard: PageGuard, who: str, about: About) -> str:
    asking = _reached(guard, who, about)
    if asking is None:
        return NOT_THERE
    if _may(way, asking) == MAY_NOT:
        return MAY_NOT
    bound = about.bound
    before = None if bound is None else about.which[bound]
    there = before != "none" and NONE_YET.isdisjoint(about.which) and str(way) not in NOT_YET
    inner = [one for one in about.names if one[0] != bound]
    return (
        _good(way)
        if there and all(_is_there(way, name, which, before, asking.reviewer) for name, which in inner)
        else NOT_THERE
    )


def _reached(guard: PageGuard, who: str, about: About) -> Principal | None:
    """As whom does this person ask, if a grant of theirs reaches the thing that grants can be bound to?"""
    bound, thing = about.bound, None
    if bound is not None:
        whole = WHOSE.get(about.which[bound], Thing(scheme="nowhere") if bound == "scheme" else None)
        if whole is None:
            return None
        thing = Thing(**{one: getattr(whole, one) for one in BOUND_BY[bound]})
    found = acting(name=who, grants=PEOPLE[who], area=guard.area, permission=guard.permission, thing=thing)
    if found is None:
        return None
    reviewer = found.principal.reviewer
    return found.principal if thing is None or reviewer is None or reviewer in thing.reviewers else None


def _is_there(way: Way, name: str, which: str, before: str | None, reviewer: int | None) -> bool:
    """Is there this thing, for somebody who may know of what stands before it in the path?"""
    if name in WITHIN and before is not None:
        in_both = name in COMMON and which != "none"
        return which == before or in_both or (name == "criterion" and str(way) in STAGE_FIRST)
    if name in OF_THE_COLLEGE:
        return which != "none"
    if any(name == one for one, _ in OF_A_REVIEWER):
        return reviewer is not None and OF_A_REVIEWER.get((name, which)) == reviewer
    assert name in CHOSEN, f"say whose the {name} of {way} is: see BOUND_BY, WITHIN, OF_A_REVIEWER, OF_THE_COLLEGE"
    return True


def _may(way: Way, principal: Principal) -> str:
    assert way.guard is not None
    return _good(way) if way.guard.permission in ROLE_TABLE[principal.role] else MAY_NOT


def _good(way: Way) -> str:
    shows = way.method == "GET" and str(way) not in ELSEWHERE
    return SHOWN if shows or str(way) in HANDED_OUT else TAKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What somebody was answered, with the address taken out; what it took; and whether anything was kept."""

    what: str
    status: int
    text: str
    headers: str
    statements: tuple[str, ...]
    kept: bool


class World:
    """One house for all that is asked, and one browser that is everybody's in turn."""

    def __init__(self, house: House, browser: Browser, statements: list[str]) -> None:
        self.named, self._browser, self._statements = things(house), browser, statements
        self.fields = rows(house)
        self.came: httpx.Response
        """What was answered last, as it came."""
        self.ways = sorted(
            (
                Way(method, route)
                for route in routes_of(browser.app)
                for method in route.methods or ()
                if not route.path.startswith("/api")
            ),
            key=str,
        )
        self._records = sqlite3.connect(str(house.database.writer.url.database))
        self._kept = sqlite3.connect(":memory:")
        self._records.backup(self._kept)
        self._tokens = {who: self._token(who) for who in (NOBODY, *PEOPLE)}

    def close(self) -> None:
        self._records.close()
        self._kept.close()

    def ask(
        self, who: str, way: Way, about: About, *, token: str | None = None, headers: Mapping[str, str] | None = None
    ) -> Answered:
        """What is this person answered? A form that is sent is empty but for its token; what it led to is undone."""
        data = {"csrf": self._tokens[who] if token is None else token} if way.method != "GET" else None
        return self._answered(who, way, way.path(about, self.named), data, headers)

    def ask_with(self, field: Field, said: str) -> Answered:
        """What is answered where this field says this?"""
        way = next(one for one in self.ways if str(one) == field.way)
        path = way.route.path
        for name in way.names:
            path = path.replace(f"{{{name}}}", field.at.get(name, self.named[name].own))
        fields = {**field.besides, field.name: said}
        if way.method == "GET":
            return self._answered(field.who, way, f"{path}?{urlencode(fields)}", None, None)
        return self._answered(field.who, way, path, {**fields, "csrf": self._tokens[field.who]}, None)

    def send(self, who: str, way: Way, said: Mapping[str, str]) -> Answered:
        """What is answered to this form about one's own, with these words in it?"""
        path = way.path(way.abouts(self.named)[0], self.named)
        return self._answered(who, way, path, {**said, "csrf": self._tokens[who]}, None)

    def _answered(
        self, who: str, way: Way, path: str, data: dict[str, str] | None, headers: Mapping[str, str] | None
    ) -> Answered:
        self._be(who)
        files = {"file": ("", b"")} if way.takes_files else None
        before = self._version()
        self._statements.clear()
        answer = self._browser.ask(way.method, path, data=data, files=files, headers=headers, follow_redirects=False)
        self.came = answer
        kept = self._version() != before
        if kept:
            self._kept.backup(self._records)
        return Answered(
            what=said(answer), status=answer.status_code, kept=kept,
            text=_without(answer.text, path), headers=_without(str(_headers(answer)), path),
            statements=tuple(self._statements),
        )  # fmt: skip

    def _be(self, who: str) -> None:
        """From now on the browser is this person's."""
        self._browser.http.cookies.clear()
        if who != NOBODY:
            self._browser.keep(secret_of(who))
        self._browser.http.cookies.set("form", "the same for everybody, and long enough", domain="site.local")

    def _version(self) -> int:
        """It changes with whatever anybody keeps."""
        (found,) = self._records.execute("PRAGMA data_version").fetchone()
        return int(found)

    def _token(self, who: str) -> str:
        self._be(who)
        page = Page(self._browser.ask("GET", "/sign-in" if who == NOBODY else "/account"))
        return page.forms["/sign-in" if who == NOBODY else "/sign-out"]["csrf"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    house = at(opened(tmp_path_factory.mktemp("two-worlds")))
    build(house)
    with Browser(house) as browser, observe_statements(house.database) as statements:
        made = World(house, browser, statements)
        yield made
        made.close()
    house.close()


def _headers(answer: httpx.Response) -> list[tuple[str, str]]:
    """The headers; but for the length, as the text is compared itself."""
    return sorted(one for one in answer.headers.items() if one[0] != "content-length")


def _without(told: str, path: str) -> str:
    """What is told, without the address, those above it, and what stands in it."""
    parts = path.partition("?")[0].split("/")
    above = ["/".join(parts[:end]) for end in range(len(parts), SHORTEST_ADDRESS, -1)]
    for one in (*above, *(part for part in parts if len(part) >= SHORTEST_NAME)):
        told = told.replace(one, "…").replace(quote(one, safe=""), "…")
    for part in parts:
        told = told.replace(f" {part} ", " … ")
    return told


def said(answer: httpx.Response) -> str:
    """What an answer is, in a word."""
    if answer.status_code == 401 or answer.headers.get("location", "").startswith("/sign-in?next="):
        return SIGN_IN
    return SAID.get(answer.status_code, str(answer.status_code))


Asked = tuple[Way, About, str]

OUTSIDERS = ("lead", "reviewer", "office", "nobody any more")
"""Who asks for all who are nobody in a part of the site, one of each kind; the rest of the kind would be told the same
by the same look at their roles.
"""

ALIKE = frozenset({
    "member", "stranger", "lead of the organisation", "reviewer of no visit", "lead, and reviewer of no visit",
    "nobody any more",
})  # fmt: skip
"""Whose roles reach no more of what is others' than another's who asks for it."""


def asks(way: Way, who: str, about: About) -> bool:
    """Is there anything to learn by asking this? What is within one's own, only by who may know of their own."""
    if way.guard is None:
        return who in (NOBODY, "lead", "office", "nobody any more")
    if about.mixed:
        return expected(way, who, about.own) in (SHOWN, TAKEN)
    if about == about.own:
        return who in (NOBODY, *OUTSIDERS) or way.is_for(who)
    outsider = "lead" if way.area is Area.COLLEGE else "office"
    return who in (NOBODY, outsider) or (way.is_for(who) and who not in ALIKE)


@pytest.fixture(scope="module")
def answers(world: World) -> Mapping[Asked, Answered]:
    """What everybody is answered on every way, whatever they ask about."""
    return {
        (way, about, who): world.ask(who, way, about)
        for way in world.ways
        for about in way.abouts(world.named)
        for who in (NOBODY, *PEOPLE)
        if asks(way, who, about)
    }


Answers = Mapping[Asked, Answered]


def test_everybody_is_answered_as_the_rules_say(answers: Answers) -> None:
    wrong = []
    for (way, about, who), answer in answers.items():
        rule = expected(way, who, about)
        fits = answer.what in (SHOWN, TAKEN, NOT_THERE) if rule == OPEN else answer.what == rule
        if not fits:
            wrong.append(f"{way} about {about} for {who}: {answer.what} ({answer.status}), not {rule}")
    assert not wrong, "\n".join(wrong)


def test_no_word_of_the_other_team_reaches_whoever_may_not_know_of_it(answers: Answers) -> None:
    for word, known_to in ((ODD, KNOW_THE_ODD), (ODD_NAME, KNOW_THE_NAME)):
        told: dict[str, str] = {}
        for (way, about, who), answer in answers.items():
            if word in answer.text or word in answer.headers:
                told[who] = f"{way} about {about}"
        assert {who: where for who, where in told.items() if who not in known_to} == {}
        assert {*told} >= {"odd lead", "odd reviewer", "office"}, "it could have been read: they read it"


def test_what_is_others_is_answered_as_what_there_is_not_and_takes_the_same_questions(answers: Answers) -> None:
    different, compared = [], 0
    for (way, about, who), answer in answers.items():
        twin, rule = about.twin, expected(way, who, about)
        if twin is None or rule not in (NOT_THERE, SIGN_IN) or _knows(way, who, about):
            continue
        compared += 1
        other = answers[way, twin, who]
        different += [
            f"{way} about {about} for {who}: {part}"
            for part in ("status", "text", "headers", "statements")
            if getattr(answer, part) != getattr(other, part)
        ]
    assert not different, "\n".join(different)
    assert compared > 300


def _knows(way: Way, who: str, about: About) -> bool:
    """Is it not found by somebody who may know of the cycle, team, round or scheme that it would be of?"""
    guard = way.guard
    return (
        isinstance(guard, PageGuard)
        and who != NOBODY
        and about.bound is not None
        and not about.mixed
        and _reached(guard, who, about) is not None
    )


def test_what_is_shown_or_refused_keeps_nothing(answers: Answers) -> None:
    kept = {
        f"{way} about {about} for {who}"
        for (way, about, who), answer in answers.items()
        if answer.kept and way.guard is not None and answer.status != SEE_OTHER and str(way) not in HANDED_OUT
    }
    assert kept == set()


FORGED: tuple[tuple[str | None, Mapping[str, str]], ...] = (
    ("x", {}), (None, {"Sec-Fetch-Site": "cross-site"}), (None, {"Origin": "https://a.example"}),
)  # fmt: skip
"""What else a form may come with than no token: another one; its own, from elsewhere."""


def test_a_form_that_is_not_from_a_page_of_ours_is_refused_and_keeps_nothing(world: World) -> None:
    """By somebody who may send it: every form without its token, and otherwise one of each that is looked at alike."""
    answers, looked = {}, set()
    for way in (way for way in world.ways if way.method != "GET"):
        about, look = way.abouts(world.named)[0], way.looks_at_its_token
        who = next((one for one in PEOPLE if expected(way, one, about) in (TAKEN, SHOWN, OPEN)), "office")
        for token, headers in (("", {}), *(FORGED if look not in looked else ())):
            found = world.ask(who, way, about, token=token, headers=headers)
            answers[f"{way} for {who} with {token} and {headers}"] = (found.status, found.kept)
        looked.add(look)
    assert answers == dict.fromkeys(answers, (403, False))
    assert len(answers) > 80
    assert looked == {(FormGuard,), (FileFormGuard,), (own_sender,), (sender,)}


def test_whatever_was_written_is_given_back_to_whoever_was_signed_out_meanwhile(world: World) -> None:
    lost = []
    for way in (way for way in world.ways if FormGuard in way.looks_at_its_token):
        said = {name: f"I wrote {name}." for name in (*way.fields, "a fact")}
        told = world.send(NOBODY, way, said).text
        lost += [f"{way}: {name}" for name, words in said.items() if words not in told]
    assert not lost, "\n".join(lost)


def test_of_every_field_it_is_said_what_it_names(world: World) -> None:
    plain = WORDS | PLACES | COUNTS | CALLED_ALIKE
    said = {f"{one.way} {one.name}" for one in world.fields} | OF_ONES_OWN | KNOWN | PROVED_ELSEWHERE
    there = {f"{way} {name}": name for way in world.ways for name in way.fields}
    assert {one for one, name in there.items() if one not in said and name not in plain} == set(), "say it in fields.py"
    assert said - {*there} == set()


def test_others_in_a_field_are_answered_as_what_there_is_not_and_change_nothing(world: World) -> None:
    """And one's own is answered otherwise, so that it could have been told."""
    different = []
    for field in world.fields:
        own, others, none = (world.ask_with(field, said) for said in field.says)
        different += [f"{field}: {one}" for one in _differences(field, others, none)]
        if field.tells and not _differences(field, own, none):
            different.append(f"{field}: one's own is answered like nothing")
        assert not others.kept
    assert not different, "\n".join(different)


def _differences(field: Field, one: Answered, other: Answered) -> list[str]:
    """In what do these answers differ, but for what the field said?"""
    said = "|".join(rf"(?<![\w.]){re.escape(said)}(?![\w.])" for said in field.says)
    told = [
        {"what": answer.what, "kept": answer.kept, "statements": answer.statements,
         "text": re.sub(said, "…", answer.text), "headers": re.sub(said, "…", answer.headers)}
        for answer in (one, other)
    ]  # fmt: skip
    return [name for name in told[0] if told[0][name] != told[1][name]]
