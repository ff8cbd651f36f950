"""What a form says of something that a team finds not accurate: keep it, put it right, or take it out."""

from typing import Any

from accreditation.errors import Fault, Invalid
from api.inputs.own_answer import Typed
from api.inputs.typed_finding import words_of_finding


def amended(how: str, rating: Typed, *, kind: str, criterion: str, text: str) -> dict[str, Any]:
    """What stands instead, as the action takes it: nothing where it is kept.

    A form about a finding says its `kind` and `text`; one about a rating does not. Raises Invalid where nothing was
    chosen, and for a rating or a finding that is none.
    """
    if how == "kept":
        return {}
    if how == "withdrawn":
        return {"withdrawn": True}
    if how != "amended":
        raise Invalid([Fault(where="how", found="nothing", allowed="choose what becomes of it")])
    if kind or text:
        return {"finding": words_of_finding(kind, criterion, text)}
    return {"amended": rating.answer()}
