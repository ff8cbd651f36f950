"""What is told of a file that was deleted, wherever it would be shown."""

from datetime import datetime

from accreditation.records.tombstones import Tombstone
from accreditation.rules.retention import Cause
from accreditation.views.looking import Shown


class DeletedShown(Shown):
    """What is left of a file that was deleted. `words` say it in a sentence."""

    at: datetime
    cause: Cause
    reason: str
    words: str


def deleted_shown(stone: Tombstone | None) -> DeletedShown | None:
    """What is left of a file, where it was deleted."""
    if stone is None:
        return None
    return DeletedShown(at=stone.at, cause=Cause(stone.cause), reason=stone.reason, words=stone.words)
