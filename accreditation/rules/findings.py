"""What a reviewer finds besides the ratings: key actions, recommendations, commendations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from accreditation.errors import Fault


class Kind(StrEnum):
    """What a finding is. An immediate risk is none of them: it is raised at once and waits for nobody."""

    KEY_ACTION = "key_action"
    RECOMMENDATION = "recommendation"
    COMMENDATION = "commendation"

    @property
    def words(self) -> str:
        """The kind as people say it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a whole finding says. No criterion: it is about the service as a whole."""

    kind: Kind
    criterion: str | None
    text: str

    def stripped(self) -> "Words":
        """The same without spaces around its text."""
        return Words(kind=self.kind, criterion=self.criterion, text=self.text.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A finding as a reviewer has it: kind and text may be lacking, and it may be dropped."""

    kind: Kind | None = None
    criterion: str | None = None
    text: str = ""
    dropped: bool = False

    def words(self) -> Words | None:
        """What it says where it is whole; None where something lacks or it is dropped."""
        if self.dropped or self.kind is None or not self.text.strip():
            return None
        return Words(kind=self.kind, criterion=self.criterion, text=self.text).stripped()

    def plain(self) -> dict[str, object]:
        """The draft as plain data."""
        kind = None if self.kind is None else self.kind.value
        return {"kind": kind, "criterion": self.criterion, "text": self.text, "dropped": self.dropped}


def incomplete_findings(drafts: Mapping[str, Draft]) -> Iterator[Fault]:
    """What do these drafts (key -> draft) lack before they can be handed in?"""
    for key, draft in drafts.items():
        if draft.dropped:
            continue
        where = f"finding {key}" if draft.criterion is None else f"finding {key} on {draft.criterion}"
        if draft.kind is None:
            yield Fault(where=where, found="no kind", allowed=f"one of {', '.join(Kind)}; or drop it")
        if not draft.text.strip():
            yield Fault(where=where, found="no text", allowed="say what was found; or drop it")
