"""What is said of a file beside its bytes, by tus as metadata and by a form as fields: the same names, one meaning."""

from collections.abc import Mapping
from datetime import date

from accreditation.actions.attach_evidence import Upload
from accreditation.errors import Fault, Invalid
from accreditation.rules.library import title_of

ABOUT_A_FILE = ("title", "criteria", "places", "owner", "effective_on", "review_by", "sha256")
"""What may be said of a file. Criteria stand with commas between them, places a line each, as in `1.01=p. 3`."""


MOST_NAMED = 200
"""Criteria that a file can answer, and places in it: as many as have room in an address."""


def upload_said(said: Mapping[str, str], *, file_name: str, length: int | None, called: str) -> Upload:
    """The file that these words tell of; its title is its name without the ending, where none is said.

    `called` begins each fault's place.

    Raises Invalid for a day that is none, and for more criteria or places than a file can have.
    """
    days, faults = _days(said, called)
    criteria, places = _criteria(said), _places(said)
    faults += [
        Fault(where=f"{called} {key}", found=f"{len(named)} of them", allowed=f"at most {MOST_NAMED}")
        for key, named in (("criteria", criteria), ("places", places))
        if len(named) > MOST_NAMED
    ]
    if faults:
        raise Invalid(faults)
    return Upload(
        title=title_of(said.get("title", ""), file_name), file_name=file_name, criteria=criteria, places=places,
        owner=said.get("owner", ""), effective_on=days["effective_on"], review_by=days["review_by"],
        announced_length=length, announced_digest=said.get("sha256", "").strip() or None,
    )  # fmt: skip


def _criteria(said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in said.get("criteria", "").split(",") if name.strip())


def _places(said: Mapping[str, str]) -> dict[str, str]:
    pairs = (line.partition("=") for line in said.get("places", "").splitlines() if line.strip())
    return {name.strip(): place.strip() for name, _, place in pairs}


def _days(said: Mapping[str, str], called: str) -> tuple[dict[str, date | None], list[Fault]]:
    days: dict[str, date | None] = {}
    faults = []
    for key in ("effective_on", "review_by"):
        text = said.get(key, "").strip()
        try:
            days[key] = date.fromisoformat(text) if text else None
        except ValueError:
            faults.append(Fault(where=f"{called} {key}", found="no day", allowed="write it as in 2027-03-31"))
    return days, faults
