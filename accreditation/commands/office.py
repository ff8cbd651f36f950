"""Who acts when somebody uses the command line on the engine's own machine, and how they call it."""

import os
import sys
from pathlib import Path

from accreditation.rules.people import Principal, Role

OFFICE = Principal(name="command line", role=Role.OFFICE)
"""Whoever can run commands here can read the database's file: they act for the college office."""


def called() -> str:
    """How was this command line called? So that what we tell a person to type works as it is told."""
    name = os.path.relpath(sys.argv[0])
    return name if Path(name).name == "accredit" else "accredit"
