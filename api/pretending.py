"""Is this site a demonstration at this moment? It must be made for one, and its records must be nobody's."""

from accreditation.database import Database
from accreditation.errors import Unavailable
from accreditation.views.demonstration import Standing, standing


class Pretending:
    """What one application knows of it. Records that were begun as a demonstration stay one, real ones stay real."""

    def __init__(self, *, possible: bool) -> None:
        self._known = None if possible else Standing.REAL

    def goes_on(self, database: Database) -> bool:
        """May anybody at this machine be anybody? No while the records cannot be reached: a page says so already."""
        if self._known is None:
            try:
                found = standing(database)
            except Unavailable:
                return False
            if found is Standing.EMPTY:
                return True
            self._known = found
        return self._known is Standing.BEGUN
