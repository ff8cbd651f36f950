"""What the page of one criterion tells in any case, whoever answers it: a team, a reviewer, or one who practises."""

from dataclasses import dataclass

from api.inputs.own_answer import Typed
from api.presenting.team.answers import Option


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A criterion with the answer that stands, and the form in which it is given.

    `root` is where the pages begin that it is one of, `address` its own; `place` says which of how many it is.
    `state` and `colour` tell how the answer that is saved stands; no state where whoever looks gives none.
    `unsaved` where what stands in the form is not what is saved, and nothing in it was refused.
    """

    root: str
    address: str
    id: str
    title: str
    place: str
    type: str
    state: str
    colour: str
    meaning: str
    statement: tuple[str, ...]
    guidance: tuple[str, ...]
    threshold: str
    answer: str
    note: str
    options: tuple[Option, ...]
    typed: Typed
    columns: str
    unit: str
    saved: str
    unsaved: bool = False
    previous: str
    next: str
