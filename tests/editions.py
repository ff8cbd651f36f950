"""Other editions of the small scheme: as a college would change it."""

from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from tests.building import FILES


def edited(*changes: tuple[str, str, str]) -> Scheme:
    """The small scheme with these places (file, old, new) written differently; its cases are left out."""
    files = {name: content.decode() for name, content in FILES.items() if not name.startswith("cases/")}
    for file, old, new in changes:
        assert old in files[file], f"{old!r} is not in {file}"
        files[file] = files[file].replace(old, new, 1)
    return read_standard({name: text.encode() for name, text in files.items()}).scheme


def next_edition(*changes: tuple[str, str, str], label: str = "2026.2") -> Scheme:
    """The next edition of the scheme that North walks through, with these places written differently."""
    return edited(
        ("scheme.yaml", '"2026.1"', f'"{label}"'),
        ("scheme.yaml", "minimum: 0, maximum: 2", "minimum: 1, maximum: 1"),
        *changes,
    )


HARDER = next_edition(("criteria/second.yaml", "at_least: 90", "at_least: 99"))
"""Another threshold for 2.01: what was measured still means the same."""

OTHERS = next_edition(
    ("criteria/second.yaml", "at_least: 90", "at_least: 99"), ("criteria/second.yaml", '- id: "2.02"', '- id: "2.03"')
)
"""Another threshold, 2.02 withdrawn and 2.03 new."""

IN_MINUTES = next_edition(("criteria/second.yaml", 'unit: "%"', "unit: minutes"))
"""2.01 asks for something else, so what was measured does not mean the same."""

SOFTER = next_edition(("scheme.yaml", "years: 3", "years: 5"))
"""An award that lasts longer: nothing that was given means anything else."""
