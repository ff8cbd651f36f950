"""The kinds of file that evidence can be: a list of what may come in, never of what may not."""

from enum import StrEnum


class Kind(StrEnum):
    """What a file is, by its bytes; the value is also the ending that its name should have."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    TIFF = "tiff"
    TXT = "txt"
    CSV = "csv"

    @property
    def words(self) -> str:
        """The kind as a person calls it."""
        return _WORDS[self]

    @property
    def media_type(self) -> str:
        """The media type to serve it under, whatever its sender called it."""
        return _MEDIA_TYPES[self]

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of names that say this kind, the usual one first, without the dot."""
        return _ENDINGS.get(self, (self.value,))


_WORDS = {
    Kind.PDF: "a PDF",
    Kind.DOCX: "a Word document (.docx)",
    Kind.XLSX: "an Excel workbook (.xlsx)",
    Kind.PPTX: "a PowerPoint presentation (.pptx)",
    Kind.ODT: "an OpenDocument text (.odt)",
    Kind.ODS: "an OpenDocument spreadsheet (.ods)",
    Kind.ODP: "an OpenDocument presentation (.odp)",
    Kind.PNG: "a PNG picture",
    Kind.JPEG: "a JPEG picture",
    Kind.GIF: "a GIF picture",
    Kind.WEBP: "a WebP picture",
    Kind.TIFF: "a TIFF picture",
    Kind.TXT: "plain text",
    Kind.CSV: "a CSV table",
}

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{_OOXML}.wordprocessingml.document",
    Kind.XLSX: f"{_OOXML}.spreadsheetml.sheet",
    Kind.PPTX: f"{_OOXML}.presentationml.presentation",
    Kind.ODT: f"{_ODF}.text",
    Kind.ODS: f"{_ODF}.spreadsheet",
    Kind.ODP: f"{_ODF}.presentation",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.GIF: "image/gif",
    Kind.WEBP: "image/webp",
    Kind.TIFF: "image/tiff",
    Kind.TXT: "text/plain",
    Kind.CSV: "text/csv",
}

_ENDINGS = {
    Kind.DOCX: ("docx", "dotx"),
    Kind.XLSX: ("xlsx", "xltx"),
    Kind.PPTX: ("pptx", "ppsx", "potx"),
    Kind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    Kind.TIFF: ("tif", "tiff"),
    Kind.TXT: ("txt", "text", "md", "log"),
    Kind.CSV: ("csv", "tsv", "txt"),
}


def said_by(file_name: str) -> Kind | None:
    """Which kind does this name say? None where it says none of ours."""
    ending = ending_of(file_name)
    return next((kind for kind in Kind if ending in kind.endings), None)


def ending_of(file_name: str) -> str:
    """What stands behind the last dot, in lower case; empty where there is none."""
    return file_name.rpartition(".")[2].strip().lower() if "." in file_name else ""
