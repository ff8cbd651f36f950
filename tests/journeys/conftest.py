"""What journeys share: a data folder whose tables are migrated already."""

from tests.journeys.running import engine_data

__all__ = ["engine_data"]
