"""Inheritance: a scheme that takes over all of another edition and adds its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accreditation.scheme.document import Document, Path
from accreditation.scheme.source import Files

MAX_DEPTH = 5
"""A scheme that builds on one that builds on one, and so on, is followed this far."""

JOINED = ("sources", "profile", "types", "scales", "bands", "scores", "audits")
"""Keys under which names of both are put together."""

LISTED = ("limits", "holidays")
"""Keys under which the base's entries stand first, and then the scheme's own."""

OWN = ("id", "title", "edition", "effective", "extends", "transition")
"""Keys that say something of one edition alone, and are never taken over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The files of a scheme that another one builds on; `name` is put before every file's name in faults."""

    files: Files
    name: str


def extended(document: Document) -> tuple[str, str] | None:
    """Which scheme, and which edition of it, does this scheme.yaml build on? None where it names none."""
    told = document.data.get("extends") if isinstance(document.data, dict) else None
    if not isinstance(told, dict):
        return None
    scheme, edition = told.get("scheme"), told.get("edition")
    return (scheme, edition) if isinstance(scheme, str) and isinstance(edition, str) else None


def joined(base: Document, own: Document) -> Document:
    """One document of both: all of the base, and what the scheme adds or says instead.

    Names under one key are put together, and a name said twice is a fault unless both say the same. Domains,
    limits and holidays of the base stand first; an entry that is the same in both is there once. A domain with
    the id of one of the base adds to it. Of everything else the scheme's own replaces the base's.
    """
    if not isinstance(base.data, dict) or not isinstance(own.data, dict):
        own.faults += base.faults
        own.spoiled.add(())
        return own
    merge = _Merge(own)
    data = {key: value for key, value in base.data.items() if key not in OWN}
    for key, value in own.data.items():
        data[key] = merge.value(key, data[key], value) if key in data else value
    kept = base.moved(lambda path: None if path and path[0] in merge.replaced else path)
    mine = own.moved(merge.place)
    return Document(
        file=own.file,
        data=data,
        places={**kept.places, **mine.places},
        faults=[*base.faults, *own.faults, *merge.faults],
        spoiled=kept.spoiled | mine.spoiled,
    )


class _Merge:
    """Puts values of two schemes together and remembers where each entry of the scheme's own lists went."""

    def __init__(self, own: Document) -> None:
        self._own = own
        self.faults: list[Any] = []
        self.replaced: set[str] = set(OWN) | set(own.data)
        self._went: dict[Path, dict[int, int | None]] = {}

    def value(self, key: str, base: Any, own: Any) -> Any:
        """The base's value under this key and the scheme's own, together."""
        both_keys, both_lists = (isinstance(base, kind) and isinstance(own, kind) for kind in (dict, list))
        if key in JOINED and both_keys:
            self.replaced.discard(key)
            return self._names(key, base, own)
        if key in (*LISTED, "domains") and both_lists:
            self.replaced.discard(key)
            return self._entries((key,), base, own, domains=key == "domains")
        return own

    def place(self, path: Path) -> Path | None:
        """Where does a piece of the scheme's own files stand in the whole? None where the base says the same."""
        here: Path = ()
        for position, part in enumerate(path):
            went = self._went.get(path[:position])
            new = part if went is None or not isinstance(part, int) else went[part]
            if new is None:
                return None
            here = (*here, new)
        return here

    def _names(self, key: str, base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
        for name, value in own.items():
            if name in base and value != base[name]:
                found = f"'{name}' is in the scheme that this one builds on, and says something else there"
                place = self._own.nearest((key, name))
                self.faults.append(place.fault(found=found, allowed="another name, or leave it out here"))
        return {**base, **own}

    def _entries(self, path: Path, base: list[Any], own: list[Any], *, domains: bool = False) -> list[Any]:
        """The base's entries, then the scheme's own; one that is there already is left out, or adds to a domain."""
        entries, went = _apart(base, own) if domains else list(base), self._went.setdefault(path, {})
        for position, entry in enumerate(own):
            same = next((at for at, known in enumerate(base) if domains and _id(known) == _id(entry) is not None), None)
            if same is not None:
                entries[same] = self._domain((*path, position), base[same], entry)
                went[position] = same
            elif entry in base:
                went[position] = None
            else:
                went[position] = len(entries)
                entries.append(entry)
        return entries

    def _domain(self, path: Path, base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
        """A domain of the base with what the scheme adds to it: criteria, standards, or another title."""
        whole = {**base, **own}
        for key in ("criteria", "standards"):
            mine, theirs = own.get(key), base.get(key)
            if isinstance(mine, list) and isinstance(theirs, list):
                whole[key] = self._entries((*path, key), theirs, mine)
        return whole


def _apart(domains: list[Any], own: list[Any]) -> list[Any]:
    """The base's domains, with other names for files that the scheme's own domains have too."""
    taken = {entry.get("file") for entry in own if isinstance(entry, dict) and isinstance(entry.get("file"), str)}
    return [
        {**entry, "file": str(entry["file"]).replace("criteria/", "criteria/base_", 1)}
        if isinstance(entry, dict) and entry.get("file") in taken
        else entry
        for entry in domains
    ]


def _id(domain: Any) -> object:
    return domain.get("id") if isinstance(domain, dict) else None
