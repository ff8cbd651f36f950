"""Secrets that are not kept: each is derived from the house's key and a name, so that the records hold none.

Whoever reads the database learns no link of a letter and no secret of an authenticator app: for both the key is
needed, which lies beside the records in a file of its own, or elsewhere.
"""

import base64
import hashlib
import hmac


def derived(key: bytes, *names: str) -> bytes:
    """The 256 bits that this key gives for these names (HMAC-SHA-256); other names give others, unrelated ones."""
    message = b"".join(len(name.encode()).to_bytes(4, "big") + name.encode() for name in names)
    return hmac.new(key, message, hashlib.sha256).digest()


def as_text(content: bytes) -> str:
    """These bytes in letters and digits that an address may have."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def secret_of_link(key: bytes, nonce: str) -> str:
    """The secret in the link of a letter: derived, so that the records need not keep it until the letter is sent."""
    return as_text(derived(key, "link", nonce))


def digest_of(secret: str) -> str:
    """The digest under which a secret of 256 random bits is kept: no slow hash is needed for it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Are these equal? In a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
