"""index.html: what a tired person looks for, in the order of looking: whose, by which rules, decided what, why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from accreditation.archive.index_award import decided
from accreditation.archive.index_criteria import Criteria
from accreditation.archive.index_files import documents as every_document
from accreditation.archive.index_people import asked, found
from accreditation.archive.manifest import About, Absent, Head, Member
from accreditation.archive.markup import Markup, contents, element, facts, joined, link, page, section, table
from accreditation.archive.saying import Record, day, moment, plainly, words

FORMAT = 3
"""The number of this form of the page. Whoever changes what the same records become adds one: an archive of another
form is whole all the same, and its page is not compared with its records."""

PROVES = (
    "The manifest (manifest.json) has the SHA-256 of every file in here. Whoever was told the SHA-256 of the manifest "
    "itself can show that not a byte of any file was changed since the export: the college's ledger has it, in the "
    "entry 'archive:export' of this cycle.",
    "The ledger extract (ledger/entries.jsonl) has the entries of the college's ledger about this cycle (for a team, "
    "those that it may read). Each recomputes to its own SHA-256 and names that of the entry before it; "
    "ledger/chain.txt has the digests of all entries from the first about this cycle to the last. What was attached, "
    "answered, rated and decided is compared with them.",
    "It does not prove by itself that these entries are in the college's ledger: the entries between them belong to "
    "others and are shown by their digests alone. Whoever holds the ledger shows it with "
    "'accredit ledger verify --archive FILE'.",
    "It does not prove that what people wrote is true, that nothing happened that was never entered, or who sat at "
    "the keyboard: an entry says which account acted, and when the engine's clock said it was.",
)
"""What an archive can prove, and what not; said in it, and by `accredit verify`."""


def index(
    *, about: About, head: Head, records: Mapping[str, Any], documents: Sequence[Member], absent: Sequence[Absent]
) -> Iterator[bytes]:
    """The page that opens in a browser from the archive, with no script and no link that leads out of it, in pieces.

    `records` are those of the archive by their names, the edition among them. The same come to the same page.
    """
    title = f"{about.team}, {about.organisation}: {about.scheme_title}, edition {about.edition}"
    criteria = Criteria(records=records, documents=documents, names=about.made_for == "office")
    parts: dict[str, Iterator[Markup]] = {
        "The service": iter((_service(about, records["cycle"]),)),
        "What was decided, and why": decided(records),
        "Criteria": iter((criteria.every(),)),
        "Figures": criteria.figures(),
        "Findings": found(records),
        "Requests and risks": asked(records, criteria),
        "Documents": every_document(records, documents, absent),
        "Who did what when": iter((_history(records),)),
        "Everything else": iter((_others(records),)),
        "What this proves, and what not": _proves(head),
    }
    told = (section(name, joined(inside, "\n")) for name, inside in parts.items())
    return page(title, element("h1", title), contents(parts), *told)


def _service(about: About, cycle: Record) -> Markup:
    visit = cycle["visit"]
    profile = [
        f"{one['question']} {plainly(one['value'])} {one['unit'] or ''}".strip()
        for one in cycle["profile"]
        if one["value"] is not None
    ]
    return facts(
        [
            ("Service", cycle["team"]["name"]), ("Organisation", cycle["organisation"]["name"]),
            ("ODS code", cycle["organisation"]["ods_code"]), ("Service line", cycle["team"]["service_line"]),
            ("Scheme", f"{about.scheme_title} ({about.scheme})"), ("Edition", about.edition),
            ("SHA-256 of the edition", element("code", cycle["edition_digest"])),
            ("Round", cycle["round_name"]), ("Cycle", cycle["id"]), ("Stage", words(about.stage)),
            ("Profile", joined(profile, "<br>") if profile else ""),
            ("Visit", visit and f"{day(visit['first'])} to {day(visit['last'])}"),
            ("As it stood", moment(about.as_of.isoformat())),
            ("Made for", "the college office" if about.made_for == "office" else "the team: what the team may see"),
        ]
    )  # fmt: skip


def _history(records: Mapping[str, Any]) -> Markup:
    return table(
        "Every stage", ["when", "stage", "by what", "by whom", "reason"],
        ([moment(one["at"]), words(one["to_stage"]), words(one["move"]), one["by"], one["reason"]]
         for one in records["history"]["stages"]),
    )  # fmt: skip


def _others(records: Mapping[str, Any]) -> Markup:
    files = [f"records/{name}.json" for name in records if name not in ("edition", "working")]
    files += ["records/working.json"] if "recommendation" in records else []
    files += ["records/edition.json", "ledger/entries.jsonl", "ledger/chain.txt", "manifest.json"]
    said = "Every record as the engine keeps it, for programs and for whoever wants every word: "
    return element("p", said, joined((link(one, one) for one in files), ", "), ".")


def _proves(head: Head) -> Iterator[Markup]:
    yield element("p", "Check this archive with ", element("code", "accredit verify FILE"), ": it needs nothing else.")
    yield from (element("p", one) for one in PROVES)
    stated = f"{head.sequence}:{head.sha256}"
    yield element("p", "The head of the extract: ", element("code", stated), ".")
