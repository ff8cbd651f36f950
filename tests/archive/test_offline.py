"""Checking an archive needs no database, no web server and no settings: none of them is even loaded."""

import subprocess
import sys

CHECK = """
import sys
from pathlib import Path
from accreditation.archive.verify import verify_archive
checked = verify_archive(Path(sys.argv[1]))
heavy = {"sqlalchemy", "sqlmodel", "fastapi", "prefect", "pydantic_settings", "typer", "accreditation.database"}
print(checked.whole, sorted(heavy & set(sys.modules)))
"""


def test_an_archive_is_checked_with_the_archive_alone(archive: object) -> None:
    said = subprocess.run([sys.executable, "-c", CHECK, str(archive)], capture_output=True, text=True, check=True)
    assert said.stdout == "True []\n"
