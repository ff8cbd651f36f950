"""Why a document that was handed in is not in an archive; told by whoever packs one, and asked by whoever checks it."""

from accreditation.archive.saying import Record

MISSING = "It is not in the store, and has to come back from a backup."
ALTERED = "What lies in the store is not what was handed in, and has to come back from a backup."


def closed(one: Record) -> str:
    """Why this evidence is nobody's to take along; empty where it is."""
    deleted, clearance = one["deleted"], one["clearance"]
    if deleted is not None:
        return str(deleted["words"])
    return "" if clearance["open"] else f"It is not cleared: {clearance['meaning']}."
