"""index.html: what a tired person looks for, in the order of looking: whose, by which rules, decided what, why."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from accreditation.archive.manifest import About, Absent, Head, Member
from accreditation.archive.markup import Markup, element, escaped, facts, joined, link, page, table

Record = Mapping[str, Any]

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
) -> bytes:
    """The page that opens in a browser from the archive, with no script and no link that leads out of it."""
    cycle = records["cycle"]
    title = f"{about.team}, {about.organisation}: {about.scheme_title}, edition {about.edition}"
    return page(
        title, element("h1", title), element("h2", "The service"), _service(about, cycle),
        element("h2", "What was decided, and why"), *_decided(records),
        element("h2", "Criteria"), _criteria(records, documents),
        _measured(records), element("h2", "Findings"), *_findings(records),
        element("h2", "Documents"), *_documents(records, documents, absent),
        element("h2", "Who did what when"), _history(records),
        element("h2", "Everything else"), _others(records),
        element("h2", "What this proves, and what not"), *_proves(head),
    )  # fmt: skip


def _service(about: About, cycle: Record) -> Markup:
    visit = cycle["visit"]
    profile = [
        f"{one['question']} {_plainly(one['value'])} {one['unit'] or ''}".strip()
        for one in cycle["profile"]
        if one["value"] is not None
    ]
    return facts(
        [
            ("Service", cycle["team"]["name"]), ("Organisation", cycle["organisation"]["name"]),
            ("ODS code", cycle["organisation"]["ods_code"]), ("Service line", cycle["team"]["service_line"]),
            ("Scheme", f"{about.scheme_title} ({about.scheme})"), ("Edition", about.edition),
            ("SHA-256 of the edition", element("code", cycle["edition_digest"])),
            ("Round", cycle["round_name"]), ("Cycle", cycle["id"]), ("Stage", f"{_words(about.stage)}"),
            ("Profile", joined((escaped(one) for one in profile), "<br>")),
            ("Visit", visit and f"{_day(visit['first'])} to {_day(visit['last'])}"),
            ("As it stood", _moment(about.as_of.isoformat())),
            ("Made for", "the college office" if about.made_for == "office" else "the team: what the team may see"),
        ]
    )  # fmt: skip


def _decided(records: Mapping[str, Any]) -> Iterator[Markup]:
    decision, recommended = records.get("decision"), records.get("recommendation")
    if decision is None:
        yield element("p", "Nothing is decided.")
    else:
        yield _decision(decision)
        yield table(
            "Conditions", ["of", "needed", "criteria", "due", "met"],
            ([decision["stands"]["title"], one["needed"], _named(one["criteria"]), _day(one["due_on"]),
              _day(one["met_on"]) or "not yet"] for one in decision["conditions"]),
        )  # fmt: skip
        yield table(
            "What followed", ["outcome", "since", "because", "reason", "by"],
            ([one["title"], _day(one["since"]), _words(one["because"]), one["reason"], one["by"]]
             for one in decision["followed"]),
        )  # fmt: skip
        if decision["appeal"]:
            yield _appeal(decision["appeal"])
    if recommended is not None:
        yield from _recommended(recommended)


def _decision(decision: Record) -> Markup:
    stands = decision["stands"]
    return facts(
        [
            ("Decided", element("strong", decision["title"])), ("By", decision["decided_by"]),
            ("Body", decision["body"]), ("Confirmed by", decision["confirmed_by"]),
            ("On", _moment(decision["decided_at"])), ("Valid until", _day(decision["valid_until"])),
            ("Reason", decision["reason"]),
            ("Departs from the rules", "yes" if decision["departs"] else "no"),
            ("Stands now", f"{stands['title']}, since {_day(stands['since'])} ({_words(stands['because'])})"),
            ("Published", "yes" if decision["published"] else "no"),
            ("Appeal until", _day(decision["appeal_until"])),
        ]
    )  # fmt: skip


def _appeal(appeal: Record) -> Markup:
    answer = "open" if appeal["upheld"] is None else "upheld" if appeal["upheld"] else "not upheld"
    return facts(
        [
            ("Appeal", _day(appeal["lodged_on"])), ("Reason of the appeal", appeal["reason"]), ("Answer", answer),
            ("Answered", _day(appeal["answered_on"])), ("Reason of the answer", appeal["answer"]),
            ("Heard by", ", ".join(appeal["panel"])),
        ]
    )  # fmt: skip


def _recommended(told: Record) -> Iterator[Markup]:
    yield element("h3", f"The rules recommend: {told['title']}")
    yield table(
        "Scores", ["score", "value", "level"], ([one["title"], one["shown"], one["level"]] for one in told["scores"])
    )
    for tried in told["working"]:
        yield table(
            f"{_words(tried['outcome'])}: {'holds' if tried['holds'] else 'does not hold'}",
            ["rule", "found", "holds", "in the way"],
            (
                [one["rule"], one["found"], _plainly(one["holds"]), ", ".join(one["in_the_way"])]
                for one in tried["parts"]
            ),
        )
    yield table(
        "Limits that took an outcome away", ["instead of", "at best", "because", "in the way"],
        ([_words(one["instead_of"]), _words(one["at_best"]), one["because"], ", ".join(one["in_the_way"])]
         for one in told["limited"]),
    )  # fmt: skip


def _criteria(records: Mapping[str, Any], documents: Sequence[Member]) -> Markup:
    settled = {one["id"]: one["settlement"] for one in (records.get("settlements") or {}).get("criteria", ())}
    ratings = {one["id"]: one["ratings"] for one in (records.get("reviews") or {}).get("criteria", ())}
    places: dict[int, Member] = {number: one for one in documents for number in one.evidence}
    titles = {one["id"]: one["title"] for one in records["evidence"]["evidence"]}

    def shown(number: int) -> Markup:
        words = f"{number} {titles.get(number, '')}"
        return link(places[number].name, words) if number in places else escaped(f"{words} (not in here)")

    def each(one: Record) -> list[object]:
        settlement = settled.get(one["id"])
        row: list[object] = [
            f"{one['id']} {one['title']}", _answer(one["answer"]),
            "" if settlement is None else joined([_answer(settlement["answer"]), f"\n({settlement['words']})"]),
            joined((shown(number) for number in one["evidence"]), "<br>"),
        ]  # fmt: skip
        said = (
            joined([f"{r['name']} ({_words(r['role'])}): ", _answer(r["answer"])]) for r in ratings.get(one["id"], ())
        )
        return [*row[:2], joined(said, "<br>"), *row[2:]] if ratings else row

    headings = ["criterion", "the team's answer", "settled", "documents"]
    headings = [*headings[:2], "each reviewer", *headings[2:]] if ratings else headings
    return table("Every criterion that applies", headings, map(each, records["self_assessment"]["criteria"]))


def _measured(records: Mapping[str, Any]) -> Markup:
    figures = [(one, one["figure"]) for one in records["indicators"]["indicators"] if one["figure"] is not None]
    return table(
        "Figures that were reported", ["criterion", "figure", "period", "source", "asked", "working"],
        ([f"{one['id']} {one['title']}", joined([_answer(figure["answer"]), f" {one['unit'] or ''}"]), figure["period"],
          f"{figure['source']}, {figure['file']}", one["asked"], one["why"]] for one, figure in figures),
    )  # fmt: skip


def _findings(records: Mapping[str, Any]) -> Iterator[Markup]:
    found = (records.get("settlements") or {}).get("findings", ())
    yield table(
        "Findings of the report", ["finding", "criterion", "what it says", "why it was settled so"],
        ([f"{_words(one['kind'])}{' (withdrawn)' if one['withdrawn'] else ''}", one["criterion"] or "the service",
          one["text"], one["reason"]] for one in found),
    )  # fmt: skip
    said = [
        [one["id"], comment["reason"], comment["by"], _moment(comment["at"]), answer and answer["reason"]]
        for one in (records.get("report") or {}).get("criteria", ())
        for comment in one["comments"]
        for answer in [comment["answer"]]
    ]
    yield table("What the team said is not accurate", ["criterion", "why", "by", "when", "answer"], said)


def _documents(records: Mapping[str, Any], documents: Sequence[Member], absent: Sequence[Absent]) -> Iterator[Markup]:
    places = {number: one for one in documents for number in one.evidence}
    told = [one for one in records["evidence"]["evidence"] if one["id"] in places]
    yield table(
        "Documents in this archive", ["evidence", "file", "was called", "holds from", "handed in", "SHA-256"],
        ([one["id"], link(places[one["id"]].name, one["title"]), one["file_name"], _day(one["effective_on"]),
          f"{one['attached_by']}, {_moment(one['attached_at'])}", element("code", one["sha256"])] for one in told),
    )  # fmt: skip
    yield table(
        "Documents that were handed in and are not in this archive",
        ["evidence", "title", "why", "SHA-256"],
        ([one.evidence, one.title, one.why, element("code", one.sha256)] for one in absent),
    )
    yield table(
        "Documents that the team took back", ["evidence", "title", "how", "reason", "by"],
        ([one["id"], one["title"], _words(one["how"]), one["reason"], f"{one['by']}, {_moment(one['at'])}"]
         for one in records["evidence"]["ended"]),
    )  # fmt: skip


def _history(records: Mapping[str, Any]) -> Markup:
    return table(
        "Every stage", ["when", "stage", "by what", "by whom", "reason"],
        ([_moment(one["at"]), _words(one["to_stage"]), _words(one["move"]), one["by"], one["reason"]]
         for one in records["history"]["stages"]),
    )  # fmt: skip


def _others(records: Mapping[str, Any]) -> Markup:
    files = [f"records/{name}.json" for name in records]
    files += ["records/working.json"] if "recommendation" in records else []
    files += ["records/edition.json", "ledger/entries.jsonl", "ledger/chain.txt", "manifest.json"]
    words = "Every record as the engine keeps it, for programs and for whoever wants every word: "
    return element("p", words, joined((link(one, one) for one in files), ", "), ".")


def _proves(head: Head) -> Iterator[Markup]:
    yield element("p", "Check this archive with ", element("code", "accredit verify FILE"), ": it needs nothing else.")
    yield from (element("p", one) for one in PROVES)
    stated = f"{head.sequence}:{head.sha256}"
    yield element("p", "The head of the extract: ", element("code", stated), ".")


def _answer(answer: Record) -> Markup:
    """An answer in words, with its note."""
    said = next((str(answer[name]) for name in ("rating", "level", "measured") if answer.get(name) is not None), "")
    if answer["series"]:
        points = (f"{', '.join(one['at'].values())}: {one['value']}" for one in answer["series"])
        said = "; ".join(points)
    words = _words(said) if answer["state"] == "rated" else _words(answer["state"])
    return joined([words, f"\n{answer['note']}" if answer["note"] else ""])


def _named(criteria: Sequence[Record]) -> str:
    return ", ".join(f"{one['id']} {one['title']}" for one in criteria)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _plainly(value: object) -> str:
    return {True: "yes", False: "no", None: ""}.get(value, str(value)) if isinstance(value, bool | None) else str(value)


def _day(value: str | None) -> str:
    return "" if not value else f"{date.fromisoformat(value):%-d %B %Y}"


def _moment(value: str) -> str:
    return f"{datetime.fromisoformat(value):%-d %B %Y, %H:%M} UTC"
