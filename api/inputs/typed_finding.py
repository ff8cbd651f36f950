"""What a reviewer's form says of a finding."""

from typing import cast, get_args

from accreditation.actions.record_finding import Found
from accreditation.actions.settle_finding import How
from accreditation.errors import Fault, Invalid
from accreditation.rules.findings import Draft, Kind, Words
from api.inputs.bounds import LARGEST_ID


def version_of(typed: str) -> int:
    """The version that stood on the page; 0 where what came is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < len(str(LARGEST_ID)) else 0


def found_of(kind: str, criterion: str, text: str, seen: str, *, dropped: bool) -> Found:
    """The finding as it was typed. Raises Invalid for a kind that there is not."""
    if kind and kind not in {*Kind}:
        raise Invalid([Fault(where="kind", found=repr(kind[:40]), allowed=f"one of {', '.join(Kind)}")])
    draft = Draft(
        kind=Kind(kind) if kind else None, criterion=criterion or None, text=text.replace("\r\n", "\n").strip(),
        dropped=dropped,
    )  # fmt: skip
    return Found(draft=draft, seen_version=version_of(seen))


def words_of_finding(kind: str, criterion: str, text: str) -> Words:
    """A whole finding in other words. Raises Invalid where it has no kind."""
    if not kind:
        raise Invalid([Fault(where="kind", found="nothing", allowed="choose what it is")])
    if kind not in {*Kind}:
        raise Invalid([Fault(where="kind", found=repr(kind[:40]), allowed=f"one of {', '.join(Kind)}")])
    return Words(kind=Kind(kind), criterion=criterion or None, text=text.replace("\r\n", "\n"))


def way_of(how: str) -> How:
    """What becomes of a finding. Raises Invalid where nothing was chosen."""
    if how not in get_args(How):
        raise Invalid([Fault(where="how", found="nothing", allowed="choose what becomes of it")])
    return cast(How, how)
