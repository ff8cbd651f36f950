"""Where the demonstration is played: who acts, what is handed out so far, who hears of it, and which day it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from accreditation.commands.demonstration.cast import Cast
from accreditation.commands.demonstration.people import Person
from accreditation.rules.cycle import Stage

Heading = tuple[str, str]
"""What a part of the story is called, and what happens in it."""

Tell = Callable[[Stage | Heading | None, str, str], None]
"""Hears, as it happens: the stage (None before the first) or the part of the story, who did it, and what was done."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`office` is a person with an office token. Documents hold from the day of the present `moment`, and so are young
    enough for any scheme."""

    office: Person
    cast: Cast
    tell: Tell
    moment: Callable[[], datetime]

    def round(self) -> str:
        """Where the round is asked for that is played now."""
        return f"/api/rounds/{self.cast.round}"

    def wait_while(self, path: str, stages: Iterable[Stage]) -> Mapping[str, object]:
        """Look at this cycle until the engine has taken it on from these stages."""
        before = {stage.value for stage in stages}
        return self.office.wait_for(path, lambda found: found["stage"] not in before)


class Acting:
    """Somebody's acts in a scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._office, self._cast, self._tell = scene, scene.office, scene.cast, scene.tell
