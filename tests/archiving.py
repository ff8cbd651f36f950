"""Archives of North's cycle, and archives that somebody put together anew with other contents."""

import zlib
from collections.abc import Mapping
from pathlib import Path

from accreditation.actions.export_archive import export_archive
from accreditation.archive.container import ending, laid_out
from accreditation.archive.manifest import MANIFEST, read_manifest, sha256_of
from accreditation.archive.opening import opened
from accreditation.archive.packing import Archive
from accreditation.rules.people import Principal
from accreditation.views.archive import archive_of
from accreditation.wiring import House
from tests.walking import AT, CYCLE, OFFICE


def taken(house: House, by: Principal = OFFICE, *, cycle: int = CYCLE) -> Archive:
    """The archive that this person would take."""
    return archive_of(house.database, house.evidence, principal=by, cycle_id=cycle)


def exported(house: House, file: Path, by: Principal = OFFICE) -> Archive:
    """Export North's cycle to this file."""
    archive = taken(house, by)
    pieces = export_archive(house.database, house.evidence, principal=by, cycle_id=CYCLE, archive=archive, at=AT)
    file.write_bytes(b"".join(pieces))
    return archive


def contents(file: Path) -> dict[str, bytes]:
    """Every member of this archive, in the order in which they lie."""
    with opened(file) as found:
        return {one.name: b"".join(found.pieces(one)) for one in found.members}


def repacked(file: Path, members: Mapping[str, bytes]) -> Path:
    """Pack these members into this file as the engine would, right to the last checksum."""
    entries = laid_out((name, len(content), zlib.crc32(content)) for name, content in members.items())
    parts = [part for one in entries for part in (one.header, members[one.name])]
    file.write_bytes(b"".join(parts) + ending(entries))
    return file


def consistent(file: Path, members: Mapping[str, bytes]) -> Path:
    """The same, with a manifest that fits these members: what somebody could do who knows how archives are made."""
    manifest = read_manifest(members[MANIFEST])
    assert manifest is not None
    known = {one.name: one for one in manifest.members}
    told = tuple(
        known[name].model_copy(update={"size": len(content), "sha256": sha256_of(content)})
        for name, content in members.items()
        if name in known
    )
    return repacked(file, {**members, MANIFEST: manifest.model_copy(update={"members": told}).written()})
