"""A list that the college hands in as a file of a form: small enough to be read as a whole."""

from dataclasses import dataclass, field

from accreditation.errors import Fault, Invalid
from api.forms import LIES_OPEN
from api.inputs.page_files import Said
from api.repeating import untold
from api.visiting import FileVisit

MOST_BYTES = 5_000_000
"""A list of every service of a country has a tenth of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHandedIn:
    """What was handed in: the file's name as it may be repeated, its bytes, and what else the form says."""

    name: str
    content: bytes
    said: Said = field(default_factory=dict)

    def line(self, name: str) -> str:
        """What was typed or chosen in this field; empty where nothing was."""
        return (self.said.get(name) or ("",))[-1]


async def handed_in(sent: FileVisit) -> ListHandedIn:
    """The list of this form. Raises Invalid where no file was chosen, and for one that is too long."""
    found = ListHandedIn(name="", content=b"")
    async for file in sent.form.files(most=MOST_BYTES):
        content = bytearray()
        async for chunk in file.chunks():
            content += chunk
            if len(content) > MOST_BYTES or file.encoding not in LIES_OPEN:
                allowed = f"a CSV file of at most {MOST_BYTES // 1_000_000} MB"
                raise Invalid([Fault(where="file", found="it is too large", allowed=allowed)])
        found = ListHandedIn(name=untold(file.file_name) or "list.csv", content=bytes(content), said=file.said)
        break
    if not found.name:
        raise Invalid([Fault(where="file", found="no file chosen", allowed="a CSV file from your own machine")])
    return found
