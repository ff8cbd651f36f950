"""One edition in words: its facts, what leads to each result, who reviews, and how long each stage lasts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from accreditation.rules.rule_words import InWords, RuleReader
from accreditation.scheme.award import Outcome
from accreditation.scheme.criterion import Domain
from accreditation.scheme.model import Scheme
from accreditation.scheme.process import Seat
from accreditation.views.scheme_desk import EditionRead
from api.presenting.college.asked import prose
from api.presenting.college.scheme_paths import root_of
from api.presenting.moments import day_of
from api.presenting.register import Told
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A domain of an edition, in the list of them."""

    title: str
    href: str
    criteria: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result that a cycle can have, from the highest: what leads to it, in words."""

    title: str
    wording: str
    kind: str
    colour: str
    facts: tuple[str, ...]
    rule: InWords | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One edition."""

    facts: tuple[Told, ...]
    about: tuple[str, ...]
    domains: tuple[Group, ...]
    types: tuple[Told, ...]
    results: tuple[Result, ...]
    limits: tuple[InWords, ...]
    scores: tuple[InWords, ...]
    scale: tuple[Told, ...]
    profile: tuple[str, ...]
    seats: tuple[str, ...]
    times: tuple[Told, ...]


def page(one: EditionRead, words: Words) -> Page:
    """The edition, for people to read; its criteria are read domain by domain."""
    scheme, reader = one.content, RuleReader(one.content)
    root = f"{root_of(scheme.id)}/editions/{one.row.edition}"
    return Page(
        facts=tuple(_facts(one, words)), about=prose(scheme.about),
        domains=tuple(
            Group(title=f"{domain.id} {domain.title}", href=f"{root}/domains/{domain.id}",
                  criteria=_counted(domain, scheme, words))
            for domain in scheme.domains
        ),
        types=tuple(Told(name=kind.title, value=kind.meaning) for kind in scheme.types.values()),
        results=tuple(_result(outcome, scheme, reader, words) for outcome in scheme.award),
        limits=tuple(
            InWords(
                words=words("%(because)s Then the result is at best “%(best)s”. It holds where:", because=limit.because,
                            best=scheme.outcome(limit.at_best).title),
                parts=(reader.rule(limit.when),),
            )
            for limit in scheme.limits
        ),
        scores=tuple(reader.score(score) for score in scheme.scores.values()),
        scale=tuple(
            Told(name=rating.title, value=" ".join(filter(None, [
                words("Counts as met.") if rating.counts_as_met else words("Does not count as met."), rating.meaning,
            ])))
            for rating in scheme.scale.values()
        ),
        profile=tuple(fact.question for fact in scheme.profile.values()),
        seats=tuple(_seat(seat, words) for seat in scheme.review_team),
        times=tuple(_times(scheme, words)),
    )  # fmt: skip


def _facts(one: EditionRead, words: Words) -> Iterable[Told]:
    row = one.row
    yield Told(name=words("In force from"), value=words.day(row.effective_on))
    yield Told(name=words("Published"), value=words.day(day_of(row.published_at)))
    yield Told(
        name=words("Cycles on it now"),
        value=words.many("%(number)s cycle runs on it", "%(number)s cycles run on it", row.running),
    )
    yield Told(
        name=words("Fingerprint"),
        value=words(
            "%(digest)s. It is worked out from the whole text (SHA-256): one letter changed would give another. The "
            "ledger and the register know the edition by it.", digest=row.digest,
        ),
    )  # fmt: skip


def _counted(domain: Domain, scheme: Scheme, words: Words) -> str:
    """How many criteria a domain has, and of which types."""
    kinds = Counter(one.type for one in domain.criteria)
    number = words.many("%(number)s criterion", "%(number)s criteria", len(domain.criteria))
    each = ", ".join(f"{kinds[name]} {kind.title.lower()}" for name, kind in scheme.types.items() if kinds[name])
    return f"{number}: {each}"


def _result(outcome: Outcome, scheme: Scheme, reader: RuleReader, words: Words) -> Result:
    kind, colour = (
        (words("People decide"), "grey") if outcome.judgement
        else (words("An award"), "green") if outcome.awarded else (words("No award"), "orange")
    )  # fmt: skip
    return Result(
        title=outcome.title, wording=outcome.public_wording, kind=kind, colour=colour,
        facts=tuple(_follows(outcome, scheme, words)), rule=None if outcome.when is None else reader.rule(outcome.when),
    )  # fmt: skip


def _follows(outcome: Outcome, scheme: Scheme, words: Words) -> Iterable[str]:
    if outcome.otherwise:
        yield words("Given where no higher result is reached.")
    if outcome.follows_conditions:
        yield words("No ratings lead to this: it only comes of conditions that were met or missed.")
    if outcome.valid_for is not None:
        lengths = outcome.valid_for if isinstance(outcome.valid_for, tuple) else ()
        told = ", ".join(str(one.period) for one in lengths) or str(outcome.valid_for)
        yield words("Valid for %(period)s.", period=told)
    if outcome.conditions is not None:
        yield words("What is not met has to be put right within %(period)s.", period=outcome.conditions.within)
        for said, then in (
            ("Once all is put right: %(title)s.", outcome.conditions.when_met),
            ("When the time is over: %(title)s.", outcome.conditions.when_missed),
        ):
            if then is not None:
                yield words(said, title=scheme.outcome(then).title)


def _seat(seat: Seat, words: Words) -> str:
    many = str(seat.minimum) if seat.minimum == seat.maximum else f"{seat.minimum}–{seat.maximum}"
    said = words("%(title)s: %(number)s", title=seat.title, number=many)
    return f"{said}, {words('watches and rates nothing')}" if seat.observes else said


def _times(scheme: Scheme, words: Words) -> Iterable[Told]:
    table = scheme.timetable
    for name, period in (
        (words("Self-assessment"), table.self_assessment), (words("Evidence"), table.evidence),
        (words("Choosing reviewers"), table.assignment), (words("Review"), table.review),
        (words("Agreeing"), table.consensus), (words("Decision"), table.decision),
    ):  # fmt: skip
        yield Told(name=name, value=str(period))
