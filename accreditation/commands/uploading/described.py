"""What is said of a file whose bytes the library has already: what nobody said before is said, else who is right?"""

from accreditation.commands.uploading.asked import InLibrary, Words
from accreditation.commands.uploading.server import Server

NAMES = {"title": "title", "owner": "owner", "effective_on": "effective on", "review_by": "review by"}
ANEW = "To let yours stand, start the command again with --describe-anew."


def describe(server: Server, held: InLibrary, words: Words) -> str:
    """Say of this version what these words say and nobody said before, or with `describe_anew` all that they say.

    Says what the library says otherwise, where that stands; empty where nothing is left to decide. Raises what
    `Server.put` raises.
    """
    given = {name: str(getattr(words, name) or "") for name in NAMES}
    other = {name: said for name, said in given.items() if said not in ("", held.said[name])}
    stands = {} if words.describe_anew else {name: said for name, said in other.items() if held.said[name]}
    told = {name: said for name, said in other.items() if name not in stands}
    if told:
        kept = {name: told.get(name, said) or None for name, said in held.said.items()}
        body = {**kept, "owner": kept["owner"] or "", "seen_version": held.said_version}
        server.put(f"/api/library/versions/{held.version}", body)
    return "; ".join(
        f"{NAMES[name]}: the library says '{held.said[name]}', and not '{said}'" for name, said in stands.items()
    )
