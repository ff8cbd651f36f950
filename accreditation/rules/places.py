"""Where something lies, as a person writes it: a name, a postcode, or latitude and longitude."""

import re

from accreditation.rules.conflicts import Point

_WRITTEN = re.compile(r"([+-]?[0-9]{1,2}(?:\.[0-9]{1,15})?)[ ,;]+([+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?)\Z", re.ASCII)
_POSTCODE = re.compile(r"([a-z]{1,2}[0-9][a-z0-9]?)\s*(?:[0-9][a-z]{2})?\Z", re.ASCII | re.IGNORECASE)
MOST_NORTH, MOST_EAST = 90, 180


def point_of(place: str) -> Point | None:
    """Which point on the earth is this place, where it is written in degrees, as in '51.38, -2.39'?

    North and east are positive. None where it is written in another way, or lies nowhere.
    """
    written = _WRITTEN.match(place.strip())
    if written is None:
        return None
    latitude, longitude = float(written[1]), float(written[2])
    if abs(latitude) > MOST_NORTH or abs(longitude) > MOST_EAST:
        return None
    return Point(latitude=latitude, longitude=longitude)


def district_of(place: str) -> str | None:
    """In which postcode district is this place, where it is written as a postcode or as the first half of one?

    'aa1 1ab' is in AA1. None where it is written in another way.
    """
    written = _POSTCODE.match(place.strip())
    return None if written is None else written[1].upper()
