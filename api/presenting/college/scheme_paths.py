"""Where the pages of a scheme are."""


def root_of(scheme: str) -> str:
    """Where is this scheme?"""
    return f"/college/schemes/{scheme}"
