"""A reviewer's own findings in words: key actions, recommendations and commendations, as drafts until handing in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accreditation.rules.cycle import Move
from accreditation.rules.findings import Kind
from accreditation.views.findings import FindingDraft
from accreditation.views.visit_desk import VisitDesk
from api.presenting.team.answers import Option
from api.words import Words, marked

KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.KEY_ACTION: (marked("Key action"), marked("The team must do this.")),
    Kind.RECOMMENDATION: (marked("Recommendation"), marked("The team should do this.")),
    Kind.COMMENDATION: (marked("Commendation"), marked("The team does this so well that others can learn from it.")),
}
"""What a finding is called, and what that means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A finding in a list."""

    address: str
    kind: str
    about: str
    text: str
    lacks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFinding:
    """The fields of a finding's form."""

    kind: str = ""
    criterion: str = ""
    text: str = ""
    seen: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The page of one's own findings, or of one of them."""

    root: str
    rows: tuple[Row, ...]
    can_record: bool
    kinds: tuple[Option, ...]
    criteria: tuple[tuple[str, str], ...]


def own_findings(one: VisitDesk, words: Words) -> Own:
    """One's own findings, and what a form for one offers."""
    root = f"/review/cycles/{one.visit.id}"
    return Own(
        root=root, rows=tuple(row_of(draft, root, words) for draft in one.findings),
        can_record=Move.RECORD_FINDING in one.moves and one.visit.handed_in_at is None and not one.visit.observes,
        kinds=kinds(words),
        criteria=tuple((row.id, f"{row.id} {row.title}") for domain in one.domains for row in domain.criteria),
    )  # fmt: skip


def kinds(words: Words) -> tuple[Option, ...]:
    """The kinds of a finding, as a form offers them."""
    return tuple(Option(value=kind.value, words=words(name), hint=words(hint)) for kind, (name, hint) in KINDS.items())


def row_of(draft: FindingDraft, root: str, words: Words) -> Row:
    """The finding in a list."""
    lacks = [words("say what kind it is")] if draft.kind is None else []
    if not draft.text.strip():
        lacks.append(words("say what you found"))
    return Row(
        address=f"{root}/findings/{draft.key}",
        kind=words("No kind yet") if draft.kind is None else words(KINDS[draft.kind][0]),
        about=words("the service as a whole") if draft.criterion is None else draft.criterion,
        text=draft.text, lacks=words(" and ").join(lacks),
    )  # fmt: skip


def start_of(text: str, words: Words) -> str:
    """The first words of a finding, by which its reviewer knows it."""
    text = " ".join(text.split())
    return (text if len(text) <= 80 else f"{text[:80]}…") or words("no words yet")


def called(kind: str, criterion: str, criteria: Sequence[tuple[str, str]], words: Words) -> str:
    """What a page about one finding is called: what it is, and what it is about."""
    what = words(KINDS[Kind(kind)][0]) if kind in {*Kind} else words("Finding")
    about = dict(criteria).get(criterion, criterion) or words("the service as a whole")
    return words("%(what)s on %(about)s", what=what, about=about)


def typed_of(drafts: Sequence[FindingDraft], key: str) -> TypedFinding | None:
    """The finding of this key as the fields of its form; None where there is none."""
    for one in drafts:
        if one.key == key:
            kind = "" if one.kind is None else one.kind.value
            return TypedFinding(kind=kind, criterion=one.criterion or "", text=one.text, seen=str(one.version))
    return None
