"""What strangers' first bytes say: programs, archives and formats that evidence cannot be, each with what to do."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PROGRAM = "It is a program ({what}), whatever its name says. Evidence is documents, tables and pictures."
_ARCHIVE = "It is an archive ({what}). Unpack it and send the files in it, each by itself."
_SAVE = "It is {what}. Save it as {as_} and send that."

_HARMFUL: tuple[tuple[bytes, str], ...] = (
    (b"\x7fELF", _PROGRAM.format(what="Linux")),
    (b"\xfe\xed\xfa\xce", _PROGRAM.format(what="macOS")),
    (b"\xfe\xed\xfa\xcf", _PROGRAM.format(what="macOS")),
    (b"\xce\xfa\xed\xfe", _PROGRAM.format(what="macOS")),
    (b"\xcf\xfa\xed\xfe", _PROGRAM.format(what="macOS")),
    (b"\xca\xfe\xba\xbe", _PROGRAM.format(what="Java or macOS")),
    (b"\x00asm", _PROGRAM.format(what="WebAssembly")),
    (b"dex\n", _PROGRAM.format(what="Android")),
    (b"!<arch>\n", _PROGRAM.format(what="a library or package")),
    (b"#!", _PROGRAM.format(what="a script")),
    (b"L\x00\x00\x00\x01\x14\x02\x00", _PROGRAM.format(what="a Windows shortcut")),
    (b"ITSF", _PROGRAM.format(what="compiled help")),
    (b"Rar!\x1a\x07", _ARCHIVE.format(what="RAR")),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE.format(what="7-Zip")),
    (b"\x1f\x8b\x08", _ARCHIVE.format(what="gzip")),
    (b"BZh", _ARCHIVE.format(what="bzip2")),
    (b"\xfd7zXZ\x00", _ARCHIVE.format(what="xz")),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE.format(what="zstd")),
    (b"\x04\x22\x4d\x18", _ARCHIVE.format(what="lz4")),
    (b"MSCF", _ARCHIVE.format(what="a Windows cabinet")),
    (b"{\\rtf", _SAVE.format(what="an RTF document, which can carry programs", as_=".docx or PDF")),
)
"""First bytes of what harms also inside a document, and why it may not come in."""

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x9d", _ARCHIVE.format(what="compress")),
    (b"\x60\xea", _ARCHIVE.format(what="ARJ")),
    (b"%!PS", _SAVE.format(what="PostScript, which is a program", as_="a PDF")),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", _SAVE.format(what="a OneNote notebook", as_="a PDF")),
    (b"BM", _SAVE.format(what="a BMP picture", as_="a PNG or JPEG")),
    (b"8BPS", _SAVE.format(what="a Photoshop picture", as_="a PNG or JPEG")),
    (b"\x00\x00\x01\x00", _SAVE.format(what="an icon", as_="a PNG")),
    (b"ID3", "It is a sound recording. Evidence is documents, tables and pictures."),
    (b"\x1aE\xdf\xa3", "It is a video. Evidence is documents, tables and pictures."),
    (b"SQLite format 3\x00", _SAVE.format(what="a database", as_="an Excel workbook or CSV")),
)
"""First bytes of what evidence cannot be, though a document may hold it (a sound, an old picture)."""

_HEIF = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif")

_OLE_STREAMS = (
    ("EncryptedPackage", "It is protected by a password. Save it without one and send that."),
    ("WordDocument", "It is a Word document of the old kind (.doc). Save it as .docx and send that."),
    ("Workbook", "It is an Excel workbook of the old kind (.xls). Save it as .xlsx and send that."),
    ("PowerPoint Document", "It is a PowerPoint presentation of the old kind (.ppt). Save it as .pptx and send that."),
    ("__properties_version1.0", "It is an Outlook message (.msg). Print it as a PDF and send that."),
    ("VisioDocument", "It is a Visio drawing. Save it as a PDF and send that."),
)


def harmful(head: bytes) -> str | None:
    """Why may nothing that begins so come in, by itself or inside a document? None where nothing speaks against it."""
    if is_windows_program(head):
        return _PROGRAM.format(what="Windows")
    if head.startswith(OLE):
        return ole(head)
    if head[257:262] == b"ustar":
        return _ARCHIVE.format(what="tar")
    return next((reason for sign, reason in _HARMFUL if head.startswith(sign)), None)


def foreign(head: bytes) -> str | None:
    """Why may a file that begins so not be evidence, whatever its name? None where nothing speaks against it."""
    if head[4:8] == b"ftyp":
        if head[8:12] in _HEIF:
            return _SAVE.format(what="a picture in Apple's format (HEIC)", as_="a JPEG")
        return "It is a video or a sound recording. Evidence is documents, tables and pictures."
    if head[0x8001:0x8006] == b"CD001":
        return _ARCHIVE.format(what="a disc image")
    return harmful(head) or next((reason for sign, reason in _FOREIGN if head.startswith(sign)), None)


def ole(body: bytes) -> str:
    """Which old document is this? Its streams are named in its directory, wherever in the file that stands."""
    for name, reason in _OLE_STREAMS:
        if name.encode("utf-16-le") in body:
            return reason
    return "It is a document of an old kind, or an installer. Save it as .docx, .xlsx, .pptx or PDF and send that."


def is_windows_program(head: bytes) -> bool:
    """Does it begin as a program of Windows or DOS? Words that begin with MZ do not have its header."""
    if not head.startswith((b"MZ", b"ZM")) or len(head) < 64:
        return False
    at = int.from_bytes(head[60:64], "little")
    return head[at : at + 2] in (b"PE", b"NE", b"LE", b"LX") or b"\x00" in head[2:64]
