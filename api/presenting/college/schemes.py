"""Schemes and their editions in words: what is published, what runs on it, and what an edition asks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accreditation.rules.indicators.asked import asked_words
from accreditation.rules.rule_words import InWords, RuleReader
from accreditation.scheme.award import Outcome
from accreditation.scheme.criterion import Criterion, Domain
from accreditation.scheme.ends import Between, fixed, words_of_ends
from accreditation.scheme.model import AuditLevel, Scheme
from accreditation.scheme.process import Seat
from accreditation.views.drafts import DraftToPublish
from accreditation.views.scheme_desk import EditionOnDesk, EditionRead, SchemeOnDesk
from api.presenting.moments import day_of
from api.presenting.register import Told
from api.presenting.team.criterion import wanted
from api.words import Words

SHORT = 12
"""So many characters of a digest tell editions apart in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A scheme in the list of all."""

    title: str
    href: str
    newest: str
    running: str
    drafts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An edition in the table of its scheme."""

    label: str
    href: str
    effective: str
    published: str
    running: int
    digest: str
    compare: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One criterion as an edition asks it."""

    id: str
    title: str
    type: str
    critical: bool
    statement: tuple[str, ...]
    guidance: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Criteria under one heading: a standard or section of a domain, or the domain itself where it has none."""

    title: str
    criteria: tuple[Asked, ...]


def root_of(scheme: str) -> str:
    """Where is this scheme?"""
    return f"/college/schemes/{scheme}"


def cards(desks: Iterable[SchemeOnDesk], words: Words) -> tuple[Card, ...]:
    """Every scheme as it stands in the list."""
    return tuple(
        Card(
            title=one.title, href=root_of(one.scheme), newest=_newest(one.editions, words),
            running=_running(one, words),
            drafts=words.many("%(number)s open draft", "%(number)s open drafts", one.drafts) if one.drafts else "",
        )
        for one in desks
    )  # fmt: skip


def _running(one: SchemeOnDesk, words: Words) -> str:
    if not one.editions:
        return ""
    if not one.running:
        return words("No cycle runs now")
    return words.many("%(number)s cycle runs", "%(number)s cycles run", one.running)


def _newest(editions: tuple[EditionOnDesk, ...], words: Words) -> str:
    if not editions:
        return words("Not published yet")
    newest = editions[0]
    return words(
        "Edition %(edition)s, in force from %(day)s", edition=newest.edition, day=words.day(newest.effective_on)
    )


def rows(desk: SchemeOnDesk, words: Words) -> tuple[Row, ...]:
    """Every edition of this scheme, the newest first."""
    root = root_of(desk.scheme)
    older = [*(one.edition for one in desk.editions), ""][1:]
    return tuple(
        Row(
            label=one.edition, href=f"{root}/editions/{one.edition}", effective=words.day(one.effective_on),
            published=words.day(day_of(one.published_at)), running=one.running, digest=one.digest[:SHORT],
            compare=f"{root}/compare?old={before}&new={one.edition}" if before else "",
        )
        for one, before in zip(desk.editions, older, strict=True)
    )  # fmt: skip


def page(one: EditionRead, words: Words) -> Page:
    """The edition, for people to read; its criteria are read domain by domain."""
    scheme, reader = one.content, RuleReader(one.content)
    root = f"{root_of(scheme.id)}/editions/{one.row.edition}"
    return Page(
        facts=tuple(_facts(one, words)), about=_prose(scheme.about),
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
    yield Told(name=words("Name of the content (SHA-256)"), value=row.digest)


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


def domain_parts(scheme: Scheme, domain: Domain, words: Words) -> tuple[Part, ...]:
    """The criteria of this domain under the headings of its standards and sections, in their order."""
    standards = [(one.id, one.title) for one in domain.standards]
    sections = [(one.id, one.title) for standard in domain.standards for one in standard.sections]
    titles = {name: f"{name} {title}" for name, title in (*standards, *sections)}
    parts: list[tuple[str, list[Asked]]] = []
    for criterion in domain.criteria:
        heading = titles.get(criterion.standard or "", "")
        if not parts or parts[-1][0] != heading:
            parts.append((heading, []))
        parts[-1][1].append(_asked(criterion, scheme, words))
    return tuple(Part(title=heading, criteria=tuple(several)) for heading, several in parts)


def _asked(one: Criterion, scheme: Scheme, words: Words) -> Asked:
    return Asked(
        id=one.id, title=one.title, type=scheme.types[one.type].title, critical=one.critical,
        statement=_prose(one.statement), guidance=_prose(one.guidance),
        facts=tuple(_more(one, scheme, words)),
    )  # fmt: skip


def _more(one: Criterion, scheme: Scheme, words: Words) -> Iterable[str]:
    """What else a criterion says: whom it concerns, how it is measured, and which evidence it asks for."""
    for name, want in one.applies_when.items():
        yield words("Asked only where: %(question)s %(answer)s", question=scheme.profile[name].question,
                    answer=_wanted(want))  # fmt: skip
    if isinstance(one.measure, AuditLevel):
        audit = scheme.audits[one.measure.audit].title
        yield words("Taken from %(audit)s: level %(level)s or better.", audit=audit, level=one.measure.level)
    elif one.measure is not None:
        yield words("Measured: %(asked)s.", asked=asked_words(one) or one.measure.unit)
    if not one.can_be_not_applicable:
        yield words("Cannot be “not applicable”.")
    yield from (words("Evidence: %(evidence)s", evidence=wanted(asked, words)) for asked in one.evidence)
    if one.sources:
        named = (scheme.sources[name].title if name in scheme.sources else name for name in one.sources)
        yield words("Rests on: %(sources)s.", sources="; ".join(named))


def _wanted(want: bool | tuple[str, ...] | Between) -> str:
    if isinstance(want, bool):
        return "yes" if want else "no"
    if isinstance(want, Between):
        return words_of_ends(fixed(want))
    return " or ".join(one.replace("_", " ") for one in want)


def publish_facts(one: DraftToPublish, changes: str, words: Words, *, today: date) -> tuple[Told, ...]:
    """What will be published, repeated once more; `changes` says what is other than in the edition before."""
    new, before = one.content, one.before
    rows = [
        Told(name=words("Scheme"), value=new.title), Told(name=words("Edition"), value=new.edition),
        Told(
            name=words("In force from"),
            value=words.day(new.effective) if new.effective >= today
            else words("%(day)s. This day has passed: is that right?", day=words.day(new.effective)),
        ),
        Told(
            name=words("Criteria"),
            value=words.many(
                "%(number)s in %(domains)s domains", "%(number)s in %(domains)s domains", len(new.criteria),
                domains=len(new.domains),
            ),
        ),
        Told(
            name=words("What changes"),
            value=words("Since edition %(label)s: %(changes)s", label=before.edition, changes=changes)
            if before is not None else words("This is the first edition."),
        ),
    ]  # fmt: skip
    return tuple(rows)


def _prose(text: str) -> tuple[str, ...]:
    """The text by its paragraphs: an author's folded text has one line break between two."""
    return tuple(part.strip() for part in text.split("\n") if part.strip())
