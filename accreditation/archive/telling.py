"""What an archive says of itself against its records: whose it is, what is left out and why, and its page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from accreditation.archive.absence import ALTERED, MISSING, closed
from accreditation.archive.crossing import READ, Records
from accreditation.archive.extract import CHAIN, ENTRIES, Recomputed, Wrong
from accreditation.archive.index import FORMAT, index
from accreditation.archive.manifest import MANIFEST, Absent, Manifest, Member
from accreditation.archive.record import same
from accreditation.archive.saying import Record
from accreditation.ledger.chain import moment

INDEX = "index.html"
OF_THE_COLLEGE = ("reviews", "findings")
"""Records that an archive of the college always has, and one of a team never."""

BESIDES = READ | {INDEX, ENTRIES, CHAIN}
"""The members of an archive that are no document of any evidence."""


def compare_told(manifest: Manifest, records: Records, entries: Sequence[Recomputed], *, wrong: Wrong) -> None:
    """Does the manifest say of the cycle and its documents what the records say? `records` by their names."""
    about, cycle, edition = manifest.about, records["cycle"], records["edition"]
    last = records["history"]["stages"][-1]["to_stage"]
    told = {
        "cycle": (about.cycle, cycle["id"]), "team": (about.team, cycle["team"]["name"]),
        "organisation": (about.organisation, cycle["organisation"]["name"]), "scheme": (about.scheme, edition["id"]),
        "scheme's title": (about.scheme_title, edition["title"]), "edition": (about.edition, edition["edition"]),
        "stage": (about.stage, cycle["stage"]), "last stage": (about.stage, last),
    }  # fmt: skip
    different = [name for name, (said, recorded) in told.items() if said != recorded]
    if different:
        wrong(MANIFEST, f"{', '.join(different)}: not what the records say")
    if any((name in records) != (about.made_for == "office") for name in OF_THE_COLLEGE):
        wrong(MANIFEST, "it is not made for whom it says: reviews and findings are the college's, and always there")
    if entries and not _ends_with(manifest, entries[-1]):
        wrong(MANIFEST, "the moment as of which it tells is not that of the last entry")
    for words in _documents(manifest, records["evidence"]["evidence"]):
        wrong(MANIFEST, words)


def compare_names(manifest: Manifest, *, wrong: Wrong) -> None:
    """Is every member a document, or one of those that an archive has besides? A file that was laid to them is told."""
    for member in manifest.members:
        if not member.evidence and member.name not in BESIDES:
            wrong(member.name, "no archive of this engine has such a file: somebody laid it there")


def _ends_with(manifest: Manifest, last: Recomputed) -> bool:
    """For the college the last entry is that of the extract; a team is not given all, and the last may be another's."""
    stated = moment(manifest.about.as_of)
    if manifest.about.made_for == "office":
        return (stated, manifest.head.sequence) == (last.at, last.sequence)
    return stated >= last.at and manifest.head.sequence >= last.sequence


def _documents(manifest: Manifest, told: Iterable[Record]) -> Iterator[str]:
    """What the manifest says of documents that the records say otherwise."""
    known = {one["id"]: one for one in told}
    if len(given := [number for member in manifest.members for number in member.evidence]) > len(set(given)):
        yield "it names two documents as the same evidence"
    for member in manifest.members:
        if member.evidence and not _as_recorded(member, known):
            yield f"{member.name}: its size, its name or whether it may be in here is not what the records say"
        if not member.evidence and (member.file_name or member.name.startswith("documents/")):
            yield f"{member.name}: it is no document of any evidence"
    for absent in manifest.absent:
        if not _left_out(absent, known.get(absent.evidence)):
            yield f"evidence {absent.evidence}: what it is, or why it is left out, is not what the records say"


def _as_recorded(member: Member, known: Mapping[int, Record]) -> bool:
    several = [known[number] for number in member.evidence if number in known]
    if any(one["sha256"] != member.sha256 for one in several):
        return True  # another document altogether, which is told where the documents are compared
    fits = all((one["size"], closed(one)) == (member.size, "") for one in several)
    return fits and member.name.startswith("documents/") and member.file_name in {one["file_name"] for one in several}


def _left_out(absent: Absent, one: Record | None) -> bool:
    if one is None:
        return False
    why = closed(one)
    reasons = (why,) if why else (MISSING, ALTERED)
    return (absent.title, absent.size) == (one["title"], one["size"]) and absent.why in reasons


def other_form(manifest: Manifest) -> str:
    """Why the page of this archive is not compared with its records; empty where it is."""
    if manifest.index == FORMAT:
        return ""
    form = "before their forms had numbers" if manifest.index is None else f"in form {manifest.index}"
    return f"it was made by another version of the engine ({form}; this one makes form {FORMAT})"


def compare_page(manifest: Manifest, records: Records, there: Iterable[bytes], *, wrong: Wrong) -> None:
    """Is the page what these records make? It is made a piece at a time, and no further than it is the same."""
    documents = [one for one in manifest.members if one.evidence]
    made = index(
        about=manifest.about, head=manifest.head, records=records, documents=documents, absent=manifest.absent
    )  # fmt: skip
    if not same(made, there):
        wrong(INDEX, "it is not the page that the records make")
