"""A process of its own that uploads what comes in at its standard input, to be killed, or to run out of disk.

python -m tests.uploading FOLDER keep                 keeps it in one go
python -m tests.uploading FOLDER NAME [MOST_BYTES]    goes on with an upload, and settles it at the end of its input

With MOST_BYTES no file of this process may be larger: a disk that is full in the middle of a write.
"""

import asyncio
import os
import resource
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from accreditation.errors import Unavailable
from accreditation.evidence.store import open_store
from tests.sending import AT


async def read() -> AsyncIterator[bytes]:
    """What comes in; how much is told, so that whoever kills knows that it came."""
    while chunk := await asyncio.to_thread(os.read, 0, 65536):
        yield chunk
        print(len(chunk), flush=True)


async def upload(folder: Path, name: str) -> str:
    store = open_store(folder, arriving=None, limit=10**9)
    if name == "keep":
        return (await store.keep(read(), announced_length=None, announced_digest=None, at=AT)).digest
    await store.arrivals.append(name, offset=store.arrivals.find(name).offset, chunks=read(), at=AT)
    return (await store.arrivals.settle(name)).digest


if __name__ == "__main__":
    if len(sys.argv) > 3:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
    try:
        print("kept", asyncio.run(upload(Path(sys.argv[1]), sys.argv[2])))
    except Unavailable as refusal:
        print("refused", refusal)
