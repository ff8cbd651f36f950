"""How the engine found the files that were sent, once it looked at them: whether anybody but the team may open them."""

from collections.abc import Mapping, Sequence
from typing import Any

from accreditation.commands.uploading.ended import Ended, Outcome
from accreditation.commands.uploading.patience import Pause
from accreditation.commands.uploading.server import Server
from accreditation.errors import AccreditationError

WAITING = "waiting"
WITH_OTHERS = (WAITING, "explained")
"""States in which it is the engine's or the college office's turn."""

_AWAY_WITH_IT = ("replace {} --version VERSION", "withdraw {} --reason '...'")
_COMMANDS = {
    "refused": _AWAY_WITH_IT, "held": _AWAY_WITH_IT, "upheld": _AWAY_WITH_IT,
    "quarantined": ("explain {}", *_AWAY_WITH_IT),
}  # fmt: skip
"""What a team does about a file in each state in which it has to do something, as it is typed."""

NOT_THE_FILE = "Nothing is wrong with the file: it is kept, and waits."

MEND_DATES = (
    "Attach one that is in date; or, where the day is wrong, say it anew: --effective-on DAY --review-by DAY "
    "--describe-anew."
)

PAUSE = 1.0
"""Seconds between two looks."""


def looked(server: Server, cycle: int, ended: Sequence[Ended], *, wait: int, pause: Pause) -> list[Ended]:
    """These files, each with how its clearance stands; so many seconds at most it is waited until all are looked at.

    Where the engine cannot be asked they are told as they are: they are kept.
    """
    sent = {one.evidence for one in ended if one.evidence is not None}
    found: dict[int, Mapping[str, Any]] = {}
    dated: dict[int, Mapping[str, str]] = {}
    away = ""
    for left in range(wait, -1, -1):
        try:
            shown = server.read(f"/api/cycles/{cycle}/evidence")["evidence"]
        except AccreditationError:
            break
        found = {one["id"]: one["clearance"] for one in shown if one["id"] in sent}
        dated = {one["id"]: one["out_of_date"] for one in shown if one["id"] in sent}
        away = _away([one["clearance"] for one in shown])
        if not left or all(one["state"] != WAITING for one in found.values()):
            break
        pause(PAUSE)
    return [
        _dated(_with(one, found.get(one.evidence or 0), away, cycle), dated.get(one.evidence or 0)) for one in ended
    ]


def _away(clearances: Sequence[Mapping[str, Any]]) -> str:
    """Why can the engine look at no file of this cycle now? One that waits says it for all; empty where it can."""
    said = [one["said"][-1]["reason"] for one in clearances if one["state"] == WAITING and one["said"]]
    return next((f"{reason} {NOT_THE_FILE}" for reason in said if reason), "")


def _dated(ended: Ended, out_of_date: Mapping[str, str] | None) -> Ended:
    """The same, where the file does not answer today what it was sent for: a submission would be refused for it."""
    if not out_of_date or not ended.fine:
        return ended
    why = "\n".join([*ended.why.splitlines(), *(f"{name}: {reason}" for name, reason in out_of_date.items())])
    return ended.model_copy(update={"outcome": Outcome.OUT_OF_DATE, "why": why, "what_to_do": MEND_DATES})


def _with(ended: Ended, clearance: Mapping[str, Any] | None, away: str, cycle: int) -> Ended:
    if clearance is None:
        return ended
    state = clearance["state"]
    if state == WAITING and away:
        return ended.model_copy(update={"state": state, "why": "\n".join(one for one in (ended.why, away) if one)})
    if state in WITH_OTHERS or not clearance["to_do"]:
        return ended.model_copy(update={"state": state})
    reasons = [one["reason"] for one in clearance["said"][-1:] if one["reason"]] or [clearance["meaning"]]
    places = [f"{one['label']}: {one['masked']}" for one in clearance["found"]]
    commands = [f"accredit evidence {one.format(f'{ended.evidence} --cycle {cycle}')}" for one in _COMMANDS[state]]
    what = "\n".join([f"What to do: {clearance['to_do']}. As it is typed:", *(f"  {one}" for one in commands)])
    to_do = {"why": "\n".join([*reasons, *places]), "what_to_do": what}
    return ended.model_copy(update={"outcome": Outcome.BACK, "state": state, **to_do})
