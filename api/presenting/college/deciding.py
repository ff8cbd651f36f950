"""The forms of a decision and of the answer to an appeal, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from accreditation.rules.cycle import Stage
from accreditation.views.pack import Pack
from api.presenting.college.pack import PackTold, pack
from api.presenting.register_list import Choice
from api.words import Words, marked

SAID: Mapping[str, str] = {
    "outcome": marked("Choose what is decided."),
    "sure": marked("Tick the box to say that this is what was decided. Then decide."),
}
"""What a fault is about -> how it is said, where a sentence says it better than the fault."""

SAID_OF_APPEAL: Mapping[str, str] = {
    **SAID, "outcome": marked("Choose what is answered."),
    "sure": marked("Tick the box to say that this is the committee’s answer. Then answer."),
}  # fmt: skip
"""The same of the answer to an appeal."""

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
                "The rules recommend: %(outcome)s. To decide otherwise needs a reason that stays, and "
                "the public register says that the result departs from the rules.",
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


def done_words(one: Pack, done: str, words: Words) -> str:
    """What is said to whoever has just decided: it stands, and what comes next."""
    if done == "appeal" and one.stage is Stage.PUBLISHED:
        return words("The answer is kept. The team reads it now. There is nothing more to do here.")
    if done != "decision" or one.stage is not Stage.PUBLICATION:
        return ""
    return words(
        "The decision is kept. The college office publishes it next: only then do the team and the public read it. "
        "There is nothing more to do here."
    )
