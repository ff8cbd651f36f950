"""Published editions: immutable, named by their digest."""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime

from pydantic import ValidationError
from sqlmodel import Field, Session, SQLModel, col, select

from accreditation.database import UTCDateTime
from accreditation.errors import Fault, Invalid, NotFound, Unavailable
from accreditation.scheme.model import Scheme

_DIGEST = re.compile(r"[0-9a-f]{64}")
_BEGUN = re.compile(r"[0-9a-f]{6,63}")


class Edition(SQLModel, table=True):
    """One published version of a scheme. `content` is canonical JSON, and `digest` the SHA-256 of just these bytes.

    So an edition proves itself whatever is written into such a text later: older ones were written with every default.
    """

    digest: str = Field(primary_key=True, max_length=64)
    scheme: str = Field(index=True)
    label: str
    title: str
    effective_on: date
    content: str
    published_at: datetime = Field(sa_type=UTCDateTime)


def keep(session: Session, *, scheme: Scheme, at: datetime) -> bool:
    """Keep this edition; says whether it is new. The same digest is the same edition and is kept once."""
    if session.get(Edition, scheme.digest) is not None:
        return False
    session.add(
        Edition(
            digest=scheme.digest,
            scheme=scheme.id,
            label=scheme.edition,
            title=scheme.title,
            effective_on=scheme.effective,
            content=scheme.canonical(),
            published_at=at,
        )
    )
    session.flush()
    return True


_KNOWN: dict[str, Scheme] = {}
_MOST_KNOWN = 64


def scheme_of(session: Session, digest: str) -> Scheme:
    """The scheme that this digest names. Raises NotFound where it is not published, Unavailable where it was altered.

    An edition never changes, so what was read and proved once is kept in the process: `get` asks the records.
    """
    known = _KNOWN.get(digest)
    if known is None:
        known = _proved(digest, get(session, digest).content)
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[digest] = known
    return known


def get(session: Session, digest: str) -> Edition:
    """The edition with this digest. Raises NotFound where none is published."""
    row = session.get(Edition, digest)
    if row is None:
        raise NotFound(f"No edition with the digest {digest[:12]} is published.")
    return row


def names(session: Session) -> dict[str, tuple[str, str]]:
    """Digest -> what the edition is called: the title of its scheme, and its label. Nothing else is read."""
    query = select(Edition.digest, Edition.title, Edition.label)
    return {digest: (title, label) for digest, title, label in session.exec(query)}


def titles(session: Session) -> dict[str, str]:
    """Every scheme of which an edition is published -> its title in the newest of them. Nothing else is read."""
    query = select(Edition.scheme, Edition.title).order_by(col(Edition.published_at), col(Edition.digest).desc())
    return dict(session.exec(query).all())


def newest_first(session: Session) -> list[str]:
    """The digests of all published editions, the newest first."""
    return list(session.exec(select(Edition.digest).order_by(col(Edition.published_at).desc(), col(Edition.digest))))


def named(session: Session, given: str, *, scheme: str | None = None, where: str = "edition") -> str:
    """The digest of the edition that a person means: by its digest, by 'stroke 2026.4', or by what is enough to tell.

    That is the label alone, or six or more characters of the digest, where no other edition (of this scheme) fits; so
    one name never stands for two contents. A whole digest is taken as it is. Raises Invalid, at `where`, with all there
    are where none or several fit.
    """
    if _DIGEST.fullmatch(given):
        return given
    known, words = all_of(session, scheme), " ".join(given.split())
    fitting = [row.digest for row in known if _means(words, row)]
    if len(fitting) == 1:
        return fitting[0]
    found = f"'{given}' could be any of {len(fitting)} editions" if fitting else f"no edition '{given}' is published"
    there = ", ".join(f"{row.scheme} {row.label} ({row.digest[:12]})" for row in known) or "none is published yet"
    raise Invalid([Fault(where=where, found=found, allowed=f"one of these, or its digest: {there}")])


def _means(words: str, row: Edition) -> bool:
    begun = bool(_BEGUN.fullmatch(words)) and row.digest.startswith(words)
    return begun or words in (row.label, f"{row.scheme} {row.label}")


def _proved(digest: str, content: str) -> Scheme:
    """The scheme in this content, if these are still the bytes that the digest names."""
    with suppress(ValidationError):
        if hashlib.sha256(content.encode()).hexdigest() == digest:
            return _named(Scheme.model_validate_json(content), digest)
    raise Unavailable(f"The stored edition {digest[:12]} was altered; restore it from a backup.")


def _named(scheme: Scheme, digest: str) -> Scheme:
    """The scheme under the name that it was published by.

    The one place where a scheme does not work out its digest itself. Written again today, an edition of an older
    version of the engine would give other bytes for the same content, and so another name; but cycles, the ledger and
    the register know it by this one. `digest` is a cached property, so what stands here is what everybody is told.
    """
    scheme.__dict__["digest"] = digest
    return scheme


def same_as(session: Session, scheme: Scheme) -> str | None:
    """Under which digest is just this content published? None where it is not.

    An edition that was written with every default is the same edition as one written without them.
    """
    if session.get(Edition, scheme.digest) is not None:
        return scheme.digest
    labelled = select(Edition.digest).where(Edition.scheme == scheme.id, Edition.label == scheme.edition)
    return next((digest for digest in session.exec(labelled) if scheme_of(session, digest) == scheme), None)


def all_of(session: Session, scheme: str | None = None) -> list[Edition]:
    """All published editions (of one scheme), the newest first."""
    query = select(Edition).order_by(col(Edition.published_at).desc(), col(Edition.digest))
    return list(session.exec(query if scheme is None else query.where(Edition.scheme == scheme)))


def hospital_numbers(session: Session, digests: Iterable[str]) -> tuple[str, ...]:
    """How do those of these editions that forbid patients in evidence write hospital numbers? Each pattern once."""
    rules = [scheme_of(session, digest).evidence_rules for digest in sorted(digests)]
    forbidding = [one for one in rules if one.patient_identifiers == "forbidden"]
    return tuple(dict.fromkeys(pattern for one in forbidding for pattern in one.hospital_numbers))
