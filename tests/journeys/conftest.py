"""What journeys share: the engine as a process, on tables that are migrated already."""

from tests.journeys.running import engine_data, prefect_home
from tests.journeys.warm import warm

__all__ = ["engine_data", "prefect_home", "warm"]
