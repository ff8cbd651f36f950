"""What the actions on a draft of a scheme share: which text can be kept, which draft is open, what the ledger says."""

import re
from datetime import datetime

from accreditation.actions.desk import digest_of, enter
from accreditation.database import Session
from accreditation.errors import Contradiction, Fault, Invalid, Stale
from accreditation.records import drafts
from accreditation.records.drafts import SchemeDraftVersion
from accreditation.rules.people import Principal
from accreditation.scheme.one_text import MOST_BYTES

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no database keeps or no page shows: control characters but tabs and line breaks, and halves of characters."""


def draft_text(text: str) -> str:
    """The text as it is kept, with plain line breaks; it may have any faults. Raises Invalid where it cannot be."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.strip():
        raise Invalid([Fault(where="text", found="empty", allowed="the standard; to give the draft up, drop it")])
    strange = _UNWRITABLE.search(plain)
    if strange is not None:
        line = plain.count("\n", 0, strange.start()) + 1
        found = f"a character that cannot be shown, in line {line}"
        raise Invalid([Fault(where="text", found=found, allowed="letters, signs and line breaks: delete it")])
    size = len(plain.encode())
    if size > MOST_BYTES:
        found = f"too long, with {size:,} bytes (a plain letter is one)"
        raise Invalid([Fault(where="text", found=found, allowed=f"at most {MOST_BYTES:,} bytes")])
    return plain if plain.endswith("\n") else f"{plain}\n"


def standing(session: Session, *, scheme: str, draft_id: int, seen: int | None = None) -> SchemeDraftVersion:
    """The text that stands of this open draft. Raises NotFound, Contradiction where it ended, Stale where another
    version was seen."""
    drafts.get(session, scheme=scheme, draft_id=draft_id)
    if drafts.ended(session, draft_id) is not None:
        raise Contradiction("This draft has ended: it was published or dropped. Begin another one.")
    now = drafts.version(session, draft_id)
    if seen is not None and seen != now.number:
        message = f"{now.by} saved version {now.number} of this draft; you saw version {seen}."
        raise Stale(message, where="text", current_version=now.number, current=now.by)
    return now


def enter_draft(
    session: Session, *, action: str, principal: Principal, scheme: str, draft: int, version: int, text: str,
    at: datetime,
) -> None:  # fmt: skip
    """Enter in the ledger what was done to a draft: of its text the digest."""
    enter(
        session, at=at, by=principal, action=action, subject=f"scheme:{scheme}",
        detail={"draft": draft, "version": version, "text_sha256": digest_of(text)},
    )  # fmt: skip
