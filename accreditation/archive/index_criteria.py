"""What the index tells of every criterion: what it asks, what each side said, how it was settled, and its figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accreditation.archive.manifest import Member
from accreditation.archive.markup import Cell, Markup, element, escaped, joined, link, table
from accreditation.archive.saying import Record, answer_told, by_whom, moment, words


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """The criteria of a cycle as its records tell of them. `names` says whether reviewers may be named."""

    records: Mapping[str, Any]
    documents: Sequence[Member]
    names: bool

    def every(self) -> Markup:
        """Every criterion that applies, with all that was said of it."""
        ratings = "reviews" in self.records
        headings = ["criterion, and what it asks", "the team's answer", "each reviewer", "settled", "documents"]
        told = headings if ratings else [*headings[:2], *headings[3:]]
        rows = self.records["self_assessment"]["criteria"]
        return table("Every criterion that applies", told, (self._row(one, ratings=ratings) for one in rows))

    def figures(self) -> Iterator[Markup]:
        """The figures that were reported: what stands, what stood before, and what the team said against them."""
        several = self.records["indicators"]["indicators"]
        yield table(
            "Figures that were reported", ["criterion", "figure", "period", "source", "asked", "working"],
            ([_named(one), answer_told(one["figure"]["answer"], one["unit"]), one["figure"]["period"],
              _source(one["figure"]), one["asked"], one["why"]] for one in several if one["figure"] is not None),
        )  # fmt: skip
        yield table(
            "Figures that were reported before, and stand no more",
            ["criterion", "figure", "period", "source", "reported"],
            ([_named(one), answer_told(figure["answer"], one["unit"]), figure["period"], _source(figure),
              moment(figure["kept_at"])] for one in several for figure in one["earlier"]),
        )  # fmt: skip
        yield table(
            "Challenges of figures",
            ["criterion", "figure", "what the team said", "by", "answer", "reason", "answered"],
            (row for one in several for row in _challenges(one)),
        )

    def document(self, number: int) -> Markup:
        """A piece of evidence by its number and title, leading to its file where it is in the archive."""
        shown = f"{number} {self._titles.get(number, '')}"
        return (
            link(self._files[number].name, shown) if number in self._files else escaped(f"{shown} (not in here)")
        )  # fmt: skip

    def _row(self, one: Record, *, ratings: bool) -> Iterator[Cell]:
        name = one["id"]
        yield joined([element("strong", _named(one)), self._asks(one)])
        yield answer_told(one["answer"], self._units.get(name))
        if ratings:
            yield joined((self._rating(said, name) for said in self._ratings.get(name, ())), "<br>")
        yield joined(self._settled(name), "<br>")
        yield joined((self._placed(number, name) for number in one["evidence"]), "<br>")

    def _asks(self, one: Record) -> Markup:
        """The statement of the criterion, its type as the edition calls it, and what evidence it asks for."""
        about = self._edition.get(one["id"])
        if about is None:
            return joined(["\n", words(one["type"])])
        kind = self._types.get(one["type"], {}).get("title", words(one["type"]))
        asked = self._asked.get(one["id"])
        evidence = (f"{piece['title']}{'' if piece['required'] else ' (not required)'}" for piece in about["evidence"])
        return joined(
            ["\n", about["statement"], "\n", element("small", kind, f"; asked: {asked}" if asked else "",
             joined(["; evidence: ", joined(evidence, ", ")]) if about.get("evidence") else "")]
        )  # fmt: skip

    def _rating(self, said: Record, name: str) -> Markup:
        return joined([f"{said['name']} ({words(said['role'])}): ", answer_told(said["answer"], self._units.get(name))])

    def _settled(self, name: str) -> Iterator[Markup]:
        """How it was settled, and how it had been before that was amended, the first one first."""
        before = self._before.get(name, ())
        for one in before:
            yield joined(["At first: ", self._settlement(one, name)])
        stands = self._settlements.get(name)
        if stands is not None:
            yield self._settlement(stands, name)

    def _settlement(self, one: Record, name: str) -> Markup:
        whom = by_whom(one["by"] if self.names else None, one["at"])
        return joined(
            [answer_told(one["answer"], self._units.get(name)), element("small", f"\n{one['words']} ({whom})")]
        )

    def _placed(self, number: int, name: str) -> Markup:
        place = self._places.get(number, {}).get(name)
        return joined([self.document(number), f", {place}" if place else ""])

    @cached_property
    def _files(self) -> Mapping[int, Member]:
        return {number: one for one in self.documents for number in one.evidence}

    @cached_property
    def _titles(self) -> Mapping[int, str]:
        return {one["id"]: one["title"] for one in self.records["evidence"]["evidence"]}

    @cached_property
    def _places(self) -> Mapping[int, Mapping[str, str]]:
        return {one["id"]: one["places"] for one in self.records["evidence"]["evidence"]}

    @cached_property
    def _units(self) -> Mapping[str, str]:
        return {one["id"]: one["unit"] for one in self.records["indicators"]["indicators"]}

    @cached_property
    def _asked(self) -> Mapping[str, str]:
        return {one["id"]: one["asked"] for one in self.records["indicators"]["indicators"]}

    @cached_property
    def _edition(self) -> Mapping[str, Record]:
        domains = self.records["edition"]["domains"]
        return {one["id"]: {"evidence": (), **one} for domain in domains for one in domain["criteria"]}

    @cached_property
    def _types(self) -> Mapping[str, Record]:
        types: Mapping[str, Record] = self.records["edition"].get("types", {})
        return types

    @cached_property
    def _ratings(self) -> Mapping[str, Sequence[Record]]:
        return {one["id"]: one["ratings"] for one in (self.records.get("reviews") or {}).get("criteria", ())}

    @cached_property
    def _settlements(self) -> Mapping[str, Record | None]:
        return {one["id"]: one["settlement"] for one in (self.records.get("settlements") or {}).get("criteria", ())}

    @cached_property
    def _before(self) -> Mapping[str, Sequence[Record]]:
        return {one["id"]: one["before"] for one in (self.records.get("report") or {}).get("criteria", ())}


def _named(one: Record) -> str:
    return f"{one['id']} {one['title']}"


def _source(figure: Record) -> str:
    return f"{figure['source']}, {figure['file']}"


def _challenges(one: Record) -> Iterator[list[Cell]]:
    """Each challenge with the figure that it is about, whether that one stands or not."""
    known = {figure["figure"]: figure for figure in (one["figure"], *one["earlier"]) if figure is not None}
    for said in one["challenges"]:
        about = known.get(said["figure"])
        yield [
            _named(one),
            "" if about is None else joined([answer_told(about["answer"], one["unit"]), f", {about['period']}"]),
            said["note"], by_whom(said["by"], said["at"]), words(said["state"]), said["reason"],
            moment(said["answered_at"]),
        ]  # fmt: skip
