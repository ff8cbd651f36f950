"""What the fields of pages name: in the address of a page, and in the forms that are sent.

A row sends one's own, others', and what there is not, by somebody who may use the form and may not know of the
others'. A field of which nothing is said here fails the test of all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accreditation.wiring import House
from tests.pages.two_worlds import ODD, WAITING_CYCLE, Three, found_in, things


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field that names a thing: on which way, what it may say, who says it, and what the form says besides.

    `at` says what the names in the way's path stand for, where that is not one's own. `tells` is false where one's own
    is answered like others' while a visit is reviewed.
    """

    way: str
    name: str
    says: Three
    who: str
    at: Mapping[str, str] = field(default_factory=dict)
    besides: Mapping[str, str] = field(default_factory=dict)
    tells: bool = True

    def __str__(self) -> str:
        return f"{self.name} of {self.way}"


def rows(house: House) -> list[Field]:
    """Every field that names something which some who send it may not know of."""
    named = things(house)
    digests = Three(
        own=found_in(house, "SELECT digest FROM edition WHERE scheme = 'small'"),
        others=found_in(house, "SELECT digest FROM edition WHERE scheme = 'odd'"), none="0" * 64,
    )  # fmt: skip
    people = Three(own="3", others="1", none="99")
    versions = named["version"]
    offered, documents = (
        Three(own=f"{one.own}:1.01", others=f"{one.others}:1.01", none=f"{one.none}:1.01")
        for one in (versions, named["document"])
    )
    bound, reuse = "office of the scheme", "POST /team/cycles/{cycle}/evidence/reuse"
    a_file = "POST /team/cycles/{cycle}/evidence/{evidence}"
    scheme = "/college/schemes/{scheme}"
    third = {"round": "3", "number": "1"}
    proposal = "/college/rounds/{round}/proposals/{number}"
    of_third = Three(own=str(WAITING_CYCLE), others=named["cycle"].others, none="9")
    lead = found_in(house, f"SELECT reviewer_id FROM invitation WHERE role = 'lead' AND cycle_id = {WAITING_CYCLE}")
    seat = {"reviewer": lead, "role": "lead", "kind": "release", "reason": "They know it."}
    return [
        Field(way="GET /college", name="scheme", says=named["scheme"], who=bound, tells=False),
        Field(way="GET /college", name="round", says=named["round"], who=bound, tells=False),
        Field(way="GET /college", name="search", says=Three(own="North", others=ODD, none="Nothing"), who=bound),
        Field(way="POST /college/cycles/{cycle}/settler", name="reviewer", says=named["reviewer"], who=bound,
              besides={"reason": "They know it."}, tells=False),
        Field(way="POST /college/cycles/{cycle}/departure", name="reviewer", says=named["reviewer"], who=bound,
              besides={"reason": "They know it.", "sure": "yes"}, tells=False),
        Field(way=f"GET {scheme}/compare", name="old", says=digests, who=bound, besides={"new": digests.own}),
        Field(way=f"GET {scheme}/compare", name="new", says=digests, who=bound, besides={"old": digests.own}),
        Field(way=f"GET {scheme}/drafts/new", name="from", says=digests, who=bound, tells=False),
        Field(way=f"POST {scheme}/drafts/new", name="edition", who=bound,
              says=Three(own="2026.1", others=digests.others, none=digests.none)),
        *(
            Field(way=way.format(proposal), name="cycle", says=of_third, who="office", at=third, besides=seat)
            for way in ("GET {}/change", "GET {}/explanation", "POST {}/change", "POST {}/changes", "POST {}/departure")
        ),
        Field(way=f"POST {proposal}/confirmation", name="cycles", says=of_third, who="office", at=third),
        Field(way="POST /team/cycles/{cycle}/criteria/{criterion}/holder", name="who", says=people, who="lead"),
        Field(way=reuse, name="wanted", says=offered, who="lead"),
        Field(way=f"{reuse}/one", name="version", says=versions, who="lead", besides={"criterion": "1.01"}),
        Field(way=f"{reuse}/dismissals", name="dismissed", says=documents, who="lead"),
        Field(way=f"{a_file}/replacement", name="version", says=versions, who="lead"),
        Field(way="POST /team/library/{team}/documents/{document}/description", name="version", says=versions,
              who="lead", besides={"title": "A plan"}),
        Field(way="GET /team/people/{team}", name="invited", says=people, who="lead"),
        Field(way="GET /team/library/{team}", name="search", says=Three(own="plan", others=ODD, none="Nothing"),
              who="lead"),
        Field(way="POST /review/availability/places/ended", name="key", says=named["organisation"], who="reviewer",
              tells=False),
    ]  # fmt: skip


WORDS = frozenset({
    "about", "again", "answer", "answered", "aside", "capacity", "checked", "choice", "code", "comment", "compared",
    "conflict", "done", "drop", "how", "kind", "knows", "late", "left", "left_out", "mistake", "name", "network",
    "opened", "note", "number", "objection",
    "ods_code", "outcome", "password", "place", "points", "provider_code", "provider_password", "question", "quietly",
    "read", "reason", "reference", "region", "reply", "role", "roles", "said", "service", "service_line", "show",
    "sort", "specialties", "stage", "step", "steps", "sure", "text", "then", "title", "visits_done", "history", "out",
    "packed", "file_name", "size", *(f"{one}-{part}" for one in ("first", "last") for part in ("day", "month", "year")),
})  # fmt: skip
"""What is typed, chosen or ticked, and names nothing."""

PLACES = frozenset({"after", "before", "page", "seen"})
"""A place in a list or among versions, of what one may read anyway."""

COUNTS = frozenset({"added", "all", "changed", "confirmed", "findings", "kept", "known", "moved", "organisations",
                    "ratings", "removed", "risks", "saved", "sent", "used"})  # fmt: skip
"""How much was done, told by the page to which one is led."""

CALLED_ALIKE = frozenset({"criterion"})
"""What every edition calls by the same names."""

OF_ONES_OWN = frozenset({
    "GET /college/ledger/check head", "GET /college/reviewers/new new", "GET /college/rounds/{round}/teams new",
    "GET /college/schemes/{scheme}/drafts/{draft} version", "GET /college/schemes/{scheme}/drafts/{draft}/file version",
    "GET /college/teams/new new", "POST /account/password new", "POST /account/password old",
    "POST /college/cycles/{cycle}/conditions condition",
    "POST /college/exercises/{exercise}/criteria/{criterion} evidence",
    "POST /college/reviewers/{reviewer}/absences/ended key",
    *(f"POST /team/{one}/uploads upload" for one in ("cycles/{cycle}/evidence/files", "library/{team}")),
    "POST /review/availability/ended key", "GET /college/cycles/{cycle}/runs about",
    "POST /college/teams/{team}/name was", "POST /college/teams/{team}/removal was",
    "POST /college/organisations/{organisation}/name was",
})  # fmt: skip
"""What is a number, a day or a word of the very thing that the path names, or of whoever asks."""

KNOWN = frozenset({
    "GET /college/people ended", "GET /college/files cycle",
    "GET /college/people invited", "GET /college/people/new person", "POST /college/people/new bound",
    "GET /college/people/new bound", "GET /college/people/new which", "POST /college/people/new chosen",
    "GET /college/people/new chosen",
    "POST /college/people/new email", "POST /college/people/new find", "POST /college/people/new which",
    "POST /college/new-scheme name", "GET /college/teams/new otherwise",
    "GET /college/organisations search", "GET /college/reviewers search", "GET /college/teams search",
    "GET /college/rounds/{round}/teams search", "POST /college/rounds/{round}/teams teams",
    "POST /college/cycles/{cycle}/panel member", "POST /college/rounds/new edition",
    "POST /college/exercises/new cycle",
    "POST /college/organisations/{organisation}/merger into",
    "POST /college/organisations/{organisation}/merger/preview into", "POST /college/reviewers/new employer",
    "POST /college/reviewers/{reviewer} employer", "POST /college/reviewers/{reviewer}/conflicts organisation",
    "POST /college/teams/new organisation", "POST /college/teams/new team",
    "POST /review/availability/places organisation", "POST /review/conflicts organisation",
    *(f"{one} {name}" for one in ("GET /", "GET /cy", "GET /register", "GET /cy/register")
      for name in ("scheme", "search")),
    *(f"GET /college/rounds/{{round}}/proposals/{{number}}/{end} reviewer" for end in ("change", "explanation")),
    *(f"POST /college/rounds/{{round}}/proposals/{{number}}/{end} {name}" for end in ("change", "changes", "departure")
      for name in ("into", "reviewer")),
})  # fmt: skip
"""What whoever may send it knows all of: the whole college, its reviewers and organisations, or what is public."""

PROVED_ELSEWHERE = frozenset({
    "POST /forgotten email", "POST /sign-in email", "POST /sign-in wanted", "GET /sign-in next",
    "GET /sign-in/provider next", "GET /invitation link", "POST /invitation link",
    "POST /team/people/{team}/new email",
})  # fmt: skip
"""Accounts, secrets and where one is led on to: tests/pages/test_signing_in.py and test_team_people.py."""
