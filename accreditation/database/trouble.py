"""What a person is told where the store cannot answer."""

from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

SQLITE_TROUBLE = {
    "SQLITE_BUSY": "Another process is writing to the database and has not finished. Try again in a moment.",
    "SQLITE_LOCKED": "Another process is writing to the database and has not finished. Try again in a moment.",
    "SQLITE_FULL": "The disk that keeps the database is full; nothing was kept. Make room, then try again.",
    "SQLITE_IOERR": "The disk that keeps the database cannot be read or written. Look at the disk.",
    "SQLITE_READONLY": "The database file cannot be written. Look at who owns it and its folder.",
    "SQLITE_CORRUPT": "The database file is damaged. Stop the engine and restore the last backup.",
    "SQLITE_NOTADB": "The file is not a database. Look at the database's address in the settings.",
}

_POSTGRESQL_TROUBLE = {
    "08": "The database server broke the connection; nothing was kept. Try again in a moment.",
    "28": "The database server refuses the sign-in. Look at the user in the database's address.",
    "3D": "The database server has no database of that name. Create it, or look at the database's address.",
    "40": "Somebody else wrote at the same moment; nothing was kept. Try again.",
    "53": "The database server has run out of disk, memory or connections; nothing was kept. Look at the server.",
    "55": "Another process is writing to the database and has not finished. Try again in a moment.",
    "57": "The database server is stopping or starting; nothing was kept. Try again in a moment.",
    "58": "The database server cannot read or write its disk. Look at the server.",
}


def trouble(error: DBAPIError, url: URL) -> str | None:
    """What should a person be told? None where the fault is in the program and not in the store."""
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None and name.startswith("SQLITE_CANTOPEN"):
        folder = Path(url.database or "").parent
        why = "cannot be opened" if folder.is_dir() else "does not exist"
        return f"The folder of the database, {folder}, {why}. Create it, or look at the database's address."
    if name is not None:
        return next((say for code, say in SQLITE_TROUBLE.items() if name.startswith(code)), None)
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return _POSTGRESQL_TROUBLE.get(state[:2])
    if type(error.orig).__name__ == "OperationalError":
        return f"The database server at {url.host or 'this machine'} cannot be reached. Look whether it is running."
    return None
