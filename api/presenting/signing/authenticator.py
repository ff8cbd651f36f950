"""What an authenticator app is given, as people read and phones see it."""

from dataclasses import dataclass

import segno

from accreditation.actions.authenticator import Offered

GROUP = 4
"""Letters between two spaces: so they are found again after a look at the phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The key in groups of letters, and as a picture (SVG) that a phone reads."""

    words: str
    picture: str


def key(offered: Offered) -> Key:
    """This offer, for the page."""
    parts = [offered.secret[at : at + GROUP] for at in range(0, len(offered.secret), GROUP)]
    return Key(words=" ".join(parts), picture=segno.make_qr(offered.address).svg_inline(omitsize=True, border=2))
