"""An examiner for tests: it reads a file's own words, and says of it what they ask for, in no time."""

from typing import Any

from accreditation.actions.examining import Examine
from accreditation.errors import Unavailable
from accreditation.evidence.content import Kind
from accreditation.evidence.examining import Examined
from accreditation.evidence.store import EvidenceStore
from accreditation.rules.identifiers import Page, search
from accreditation.scheme.process import EvidenceRules

NUMBER = "943 476 5919"
"""A number whose check digit is right, as the health service gives it in its examples; nobody has it."""

PATIENT = f"NHS number: {NUMBER}".encode()
"""What a file must not hold."""

HARM, DEFECT, CRASH, AWAY, BLIND = b"harmful", b"defect", b"crash", b"nobody answers", b"a scan"
"""Words of a file that is refused, that cannot be looked at, on which the examiner fails, for which it waits, and of
which a page cannot be read.
"""

ODD = b"half a sign"
"""Words of a file of which something is said that no database keeps."""


def seen(**found: Any) -> Examined:
    """What an examination found, where nothing else is said: a text with nothing in it."""
    return Examined(**{"kind": Kind.TXT, "media_type": "text/plain", **found})


def reading(store: EvidenceStore) -> Examine:
    """The examiner of this store's files."""

    def look_into(digest: str, file_name: str, rules: EvidenceRules) -> Examined:
        content = b"".join(store.open(digest))
        if AWAY in content:
            raise Unavailable("The virus scanner at tcp://127.0.0.1:1 does not answer.")
        if CRASH in content:
            raise RuntimeError(content.decode())
        if DEFECT in content:
            return seen(kind=None, held="looking at it took more than a minute")
        words = content.decode()
        refused = {HARM: "it holds macros: save it without them", ODD: "\ud800"}
        return seen(
            refusals=tuple(reason for word, reason in refused.items() if word in content),
            hits=search([Page(number=1, label="page 1", text=words)], patterns=rules.hospital_numbers),
            unread=("page 2",) if BLIND in content else (), text=words, pages=1,
        )  # fmt: skip

    return look_into
