"""How many there are, in words."""


def many(number: int, one: str, more: str) -> str:
    """So many of these, as in '1 team' and '2 teams'."""
    return f"{number:,} {one if number == 1 else more}"
