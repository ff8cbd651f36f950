"""The public register in words: who holds what, until when, what it means, and how to check that it is true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accreditation.rules.afterwards import Status
from accreditation.rules.places import point_of
from accreditation.views.aftermath import Because, ConditionShown
from accreditation.views.called import Called
from accreditation.views.register import Proof
from accreditation.views.results import Result
from api.presenting.standing import appeal_ended, stands
from api.words import Words, capital, marked

STATUS: Mapping[Status, tuple[str, str]] = {
    Status.CURRENT: (marked("Current"), "green"),
    Status.EXPIRED: (marked("Expired"), "grey"),
    Status.NOT_AWARDED: (marked("Not accredited"), "orange"),
    Status.UNDER_APPEAL: (marked("Under appeal"), "yellow"),
}
"""Status -> its words and the colour of its tag."""

BECAUSE: Mapping[Because, str] = {
    "decided": marked("decided"),
    "conditions_met": marked("every condition was met"),
    "lapsed": marked("a condition was not met in time"),
    "appeal": marked("decided on appeal"),
}
"""Why an outcome stands."""

DEPARTS = marked(
    "The committee decided this after hearing the case. It departs from what the rules of the scheme recommend, and "
    "the college keeps its reason."
)
"""`DEPARTED` of the view, marked for the catalogues; a test holds them together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A name and what is said under it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry in a list of many."""

    cycle: int
    team: str
    organisation: str
    scheme: str
    outcome: str
    decided: str
    valid_until: str
    status: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPutRight:
    """A condition: what has to be put right, and by when or since when it is."""

    words: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, whole."""

    row: Row
    ods_code: str | None
    facts: tuple[Told, ...]
    meaning: str
    meaning_is_ours: bool
    stands: str
    called: str
    """What it was called when this was decided, where that is another name."""
    scores: tuple[Told, ...]
    to_put_right: tuple[ToPutRight, ...]
    then: tuple[str, ...]
    before: tuple[str, ...]
    edition: str
    digest: str
    entry: int
    entry_digest: str
    entered: str
    today: str


def row(one: Result, words: Words) -> Row:
    """The entry as a row of a list."""
    status, colour = STATUS[one.status]
    return Row(
        cycle=one.cycle, team=one.team.name, organisation=one.organisation.name, scheme=one.scheme_title,
        outcome=one.title, decided=words("decided %(day)s", day=words.day(one.decided_on)),
        valid_until=_valid_until(one, words),
        status=words(status), colour=colour,
    )  # fmt: skip


def _valid_until(one: Result, words: Words) -> str:
    """Until when is what was given valid? Where nothing was, nothing is."""
    if not one.awarded:
        return words("No award")
    return words("No last day") if one.valid_until is None else words.day(one.valid_until)


def entry(one: Result, proof: Proof, then: Called | None, *, on: date, words: Words) -> Entry:
    """The entry as a page of its own, as it stands on this day."""
    return Entry(
        row=row(one, words), ods_code=one.organisation.ods_code, facts=tuple(_facts(one, words)),
        meaning=words(DEPARTS) if one.departs else one.public_wording, meaning_is_ours=one.departs,
        stands=" ".join(filter(None, (stands(one, on=on, words=words), appeal_ended(one, words)))),
        called="" if then is None else _called(one, then, words),
        scores=tuple(
            Told(name=words.english(each.title), value=each.shown if each.level in (None, each.shown)
                 else words("%(shown)s (level %(level)s)", shown=each.shown, level=each.level))
            for each in one.scores
        ),
        to_put_right=tuple(_to_put_right(each, words) for each in one.conditions), then=_then(one.conditions, words),
        before=tuple(
            words("%(outcome)s, since %(day)s (%(why)s)", outcome=words.english(each.title),
                  day=words.day(each.since), why=words(BECAUSE[each.because]))
            for each in one.before
        ),
        edition=one.edition, digest=one.edition_digest, entry=proof.entry, entry_digest=proof.digest,
        entered=words.day(proof.at.date()), today=words.day(on),
    )  # fmt: skip


def _called(one: Result, then: Called, words: Words) -> str:
    return words(
        "Decided for %(then)s. It has been called %(now)s since %(day)s.",
        then=f"{then.team}, {then.organisation}", now=f"{one.team.name}, {one.organisation.name}",
        day=words.day(then.until),
    )  # fmt: skip


def _facts(one: Result, words: Words) -> list[Told]:
    facts = [
        (words("Scheme"), words.english(one.scheme_title)),
        (words("Service"), words.english(capital(one.team.service_line))),
        (words("Place"), _lies(one)),
        (words("Decided on"), words.day(one.decided_on)),
        (words("Decided by"), _decided_by(one, words)),
    ]
    if one.before:
        since = {"day": words.day(one.stands_since), "why": words(BECAUSE[one.because])}
        facts.append((words("Result since"), words("%(day)s (%(why)s)", **since)))
    if one.awarded and one.valid_until is not None:
        facts.append((words("Valid until"), words.day(one.valid_until)))
    facts.append((words("Edition of the standard"), one.edition))
    return [Told(name=name, value=value) for name, value in facts if value]


def _lies(one: Result) -> str:
    """Where the organisation is, in words: degrees are for the engine, which reckons distances."""
    place = one.organisation.place
    return ", ".join(filter(None, ("" if point_of(place) else place, one.organisation.region)))


def _decided_by(one: Result, words: Words) -> str:
    body = words.english(one.body or "")
    if one.body is None or one.confirmed_by is None:
        return body
    return words("%(body)s, confirmed by %(other)s", body=body, other=words.english(one.confirmed_by))


def _to_put_right(one: ConditionShown, words: Words) -> ToPutRight:
    titles = tuple(criterion.title for criterion in one.criteria)
    met = one.met_on is not None
    day = words.day(one.due_on if one.met_on is None else one.met_on)
    if len(titles) == 1:
        text = (
            words("%(title)s, done on %(day)s", title=words.english(titles[0]), day=day)
            if met
            else words("%(title)s, by %(day)s", title=words.english(titles[0]), day=day)
        )
        return ToPutRight(words=text, titles=())
    if one.needed == len(titles):
        text = words("All of these, done on %(day)s:", day=day) if met else words("All of these, by %(day)s:", day=day)
    else:
        values = {"number": one.needed, "day": day}
        text = (
            words("%(number)s of these, done on %(day)s:", **values)
            if met
            else words("%(number)s of these, by %(day)s:", **values)
        )
    return ToPutRight(words=text, titles=titles)


def _then(conditions: Sequence[ConditionShown], words: Words) -> tuple[str, ...]:
    """What follows from conditions; one outcome's conditions all lead to the same."""
    if not conditions:
        return ()
    met, missed, said = conditions[0].when_met, conditions[0].when_missed, []
    if met is not None:
        outcome = words.english(met.title)
        said.append(words("Once all of this is put right in time, the result becomes: %(outcome)s.", outcome=outcome))
    if missed is not None:
        outcome = words.english(missed.title)
        said.append(words("If it is not, the result becomes: %(outcome)s.", outcome=outcome))
    return tuple(said)
