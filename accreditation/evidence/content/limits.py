"""How much a file may ask of the machine before it is refused. Every limit is data, with its reason."""

from dataclasses import dataclass, field

from accreditation.evidence.content.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentLimits:
    """What a file may be and cost. The defaults let through what clinical teams really hand in, with room."""

    kinds: frozenset[Kind] = field(default_factory=lambda: frozenset(Kind))
    """What may come in here; a scheme may take fewer kinds than the engine knows."""

    most_bytes: int = 200_000_000
    """Of the file itself; a scheme may set less."""

    entries: int = 10_000
    """Files in a package. A presentation of 1,000 slides has about 5,000; a bomb of names has 65,000 and more."""

    directory_bytes: int = 4_000_000
    """Of a package's list of its files, read whole into memory: 10,000 long names take 2 MB."""

    unpacked_bytes: int = 1_000_000_000
    """Of a package or a PDF when all of it is unpacked, piece by piece: a few seconds of one core, and no memory."""

    part_bytes: int = 300_000_000
    """Of one part of a package: a sheet of a million rows has about 250 MB of XML."""

    ratio: int = 200
    """How many times larger a part of more than `ratio_from` bytes may become. Sheets of equal cells reach 100;
    what deflate can do at most, and bombs do, is 1,032."""

    ratio_from: int = 20_000_000
    """Small parts may shrink as they like: 20 MB hurt nobody."""

    inner_packages: int = 50
    """Workbooks behind the charts of a presentation: each is looked at as the file is."""

    inner_bytes: int = 20_000_000
    """Of one workbook behind a chart: it is read in memory."""

    markup_bytes: int = 50_000_000
    """Of one part whose markup is read whole: a document of 5,000 pages has about 30 MB."""

    markup_depth: int = 300
    """Elements within elements. Word's deepest real documents have some 60."""

    pages: int = 5_000
    """Of a PDF."""

    streams: int = 200_000
    """Compressed pieces of a PDF: some 20 a page of a drawing."""

    picture_bytes: int = 4_000_000_000
    """Of a PDF's pictures when unpacked: 150 pages scanned in colour without loss; some ten seconds of one core."""

    structure_bytes: int = 200_000_000
    """Of a PDF's unpacked structure (object streams, a few kB a page), which is kept to follow its references."""

    pixels: int = 64_000_000
    """Of a picture: four bytes each in memory. Telephones take 50 million."""

    frames: int = 500
    """Pictures in one file (GIF, WebP, TIFF): a long fax has 200."""


DEFAULT = ContentLimits()
