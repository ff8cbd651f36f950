"""The forms of a decision and of the answer to an appeal, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.views.pack import Pack
from api.presenting.college.pack import PackTold, pack
from api.presenting.register_list import Choice
from api.words import Words, marked

SAID: Mapping[str, str] = {
    "outcome": marked("Choose what is decided."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""

LABELS: Mapping[str, str] = {"reason": marked("Why?"), "conditions": marked("What must be put right")}
"""What a fault is about -> what its field is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """The form: what can be chosen, with the words of the pack beside it."""

    pack: PackTold
    lead: str
    outcomes: tuple[Choice, ...]
    criteria: tuple[Choice, ...]
    conditional: str
    stands: str
    may_decide: bool
    may_answer_appeal: bool


def deciding(one: Pack, words: Words) -> Deciding:
    """The form for this cycle. `criteria` is empty where no outcome asks for anything to be put right."""
    told = pack(one, words)
    recommended = one.recommendation
    lead = ""
    if recommended is not None:
        lead = (
            words("The rules leave this case to the committee’s judgement. Say what the decision rests on.")
            if recommended.judgement
            else words(
                "The rules recommend: %(outcome)s. To decide otherwise needs a reason that stays.",
                outcome=recommended.title,
            )
        )
    stands = "" if one.decision is None else one.decision.stands.outcome
    return Deciding(
        pack=told, lead=lead, outcomes=tuple(one.outcomes.items()),
        criteria=tuple((each.id, f"{each.id} {each.title}") for each in one.criteria) if one.conditional else (),
        conditional=", ".join(title for name, title in one.outcomes.items() if name in one.conditional),
        stands=stands, may_decide=told.may_decide, may_answer_appeal=told.may_answer_appeal,
    )  # fmt: skip
