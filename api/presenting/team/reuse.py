"""What a team's library has for a cycle, in words: offers, suggestions, and everything to choose from."""

from collections.abc import Container
from dataclasses import dataclass

from accreditation.errors import Invalid, Refused
from accreditation.views.reuse import DocumentOffered
from accreditation.views.suggestions import CriterionSuggested, DocumentSuggested
from accreditation.views.to_reuse import ToReuse
from api.presenting.faults import Faults, faults_of
from api.presenting.register_list import Choice
from api.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A criterion that a document may answer: what is sent where it is ticked, and why it is named here."""

    key: str
    words: str
    why: str
    beware: str
    dismiss: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document, where it is looked into, the criteria that it may answer, and why it is not offered for others."""

    title: str
    href: str
    criteria: tuple[Offered, ...]
    not_offered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """The page."""

    may_attach: bool
    offers: tuple[Document, ...]
    suggestions: tuple[Document, ...]
    left: tuple[str, ...]
    documents: tuple[Choice, ...]
    criteria: tuple[Choice, ...]


def reuse(one: ToReuse, words: Words) -> Reuse:
    """What the library has for this cycle: what is offered with a reason is not suggested by its words besides."""
    shelf = f"/team/library/{one.team}/documents"
    offered = {(document.document, each.criterion) for document in one.offers.documents for each in document.offered}
    suggested = [_suggestion(each, shelf, words, offered) for each in one.suggestions.documents]
    return Reuse(
        may_attach=one.may_attach, offers=tuple(_offer(each, shelf, words) for each in one.offers.documents),
        suggestions=tuple(each for each in suggested if each.criteria),
        left=tuple(f"{each.title}: {each.why}" for each in one.suggestions.left),
        documents=tuple((str(version), title) for version, title in one.documents),
        criteria=tuple((each.id, f"{each.id} {each.title}") for each in one.criteria),
    )  # fmt: skip


def refused_choice(refusal: Refused, field: str, words: Words) -> Faults:
    """Why was nothing attached? Beside `field`, or beside the place that was typed."""
    places = (
        [one.where for one in refusal.faults if one.where.startswith("place of")]
        if isinstance(refusal, Invalid)
        else []
    )
    nothing = words("Tick what is to be attached.") if field == "wanted" else words("Choose a document and a question.")
    return faults_of(
        refusal, {field: field, **dict.fromkeys(places, "place")}, said={"documents": nothing, "version": nothing}
    )  # fmt: skip


def _offer(one: DocumentOffered, shelf: str, words: Words) -> Document:
    return Document(
        title=one.title, href=f"{shelf}/{one.document}",
        criteria=tuple(
            Offered(
                key=f"{one.version}:{each.criterion}", words=f"{each.criterion} {each.title}",
                why=" ".join(_sentence(why) for why in each.because), dismiss="",
                beware=words("It was on %(place)s then.", place=each.place) if each.place else "",
            )
            for each in one.offered
        ),
        not_offered=tuple(f"{each.criterion} {each.title}: {each.why_not}" for each in one.not_offered),
    )  # fmt: skip


def _suggestion(
    one: DocumentSuggested, shelf: str, words: Words, offered: Container[tuple[int, str]]
) -> Document:  # fmt: skip
    return Document(
        title=one.title, href=f"{shelf}/{one.document}",
        criteria=tuple(
            Offered(
                key=f"{one.version}:{each.criterion}", words=f"{each.criterion} {each.title}", why=_alike(each, words),
                beware=words("Look at this first: %(what)s.", what=each.beware) if each.beware else "",
                dismiss=f"{one.document}:{each.criterion}",
            )
            for each in one.criteria
            if (one.document, each.criterion) not in offered
        ),
        not_offered=(),
    )  # fmt: skip


def _alike(one: CriterionSuggested, words: Words) -> str:
    return words("The document and this question both speak of: %(what)s.", what=", ".join(one.because))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."
