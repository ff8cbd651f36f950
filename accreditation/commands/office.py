"""Who acts when somebody uses the command line on the engine's own machine."""

from accreditation.rules.people import Principal, Role

OFFICE = Principal(name="command line", role=Role.OFFICE)
"""Whoever can run commands here can read the database's file: they act for the college office."""
