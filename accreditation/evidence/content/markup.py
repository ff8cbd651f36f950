"""XML inside a package, read without following anything it says: no entities, no outer files, no endless depth."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from accreditation.evidence.content.limits import ContentLimits
from accreditation.evidence.content.values import RefusedContent

Began = Callable[[str, Mapping[str, str]], None]
"""Called with the name of an element, its namespace left out, and its attributes likewise."""

ENTITIES = "It defines entities (DOCTYPE), as no office program does: they can grow without end. Send it as a PDF."


def read_markup(
    pieces: Iterable[bytes],
    *,
    limits: ContentLimits,
    began: Began,
    text: Callable[[str], None] | None = None,
    ended: Callable[[str], None] | None = None,
) -> None:
    """Read one part: `began` at each element, `text` for what stands in it, `ended` at its end.

    Raises RefusedContent where it defines entities, is nested or long beyond the limits, or is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.markup_depth:
            raise RefusedContent(f"Its markup is nested more than {limits.markup_depth} deep. Send it as a PDF.")
        began(bare(name), {bare(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if ended is not None:
            ended(bare(name))

    def entities(*_: object) -> None:
        raise RefusedContent(ENTITIES)

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = entities
    parser.EntityDeclHandler = entities
    if text is not None:
        parser.CharacterDataHandler = text
    _fed(parser, pieces, limits)


def has_doctype(head: bytes) -> bool:
    """Does the head of a part define a document type? Only what stands before its first element can."""
    found = False

    def declared(*_: object) -> None:
        nonlocal found
        found = True

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(head, False)
    except (expat.ExpatError, ValueError):
        return found  # cut off in mid-part, or no markup at all: whoever reads it whole will say so
    return found


def bare(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def _fed(parser: expat.XMLParserType, pieces: Iterable[bytes], limits: ContentLimits) -> None:
    size = 0
    try:
        for piece in pieces:
            size += len(piece)
            if size > limits.markup_bytes:
                raise RefusedContent(
                    f"One of its parts has more than {limits.markup_bytes:,} bytes of markup. Divide it, or send a PDF."
                )
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise RefusedContent("It is damaged: a part of it cannot be read. Save it again and send that.") from error
