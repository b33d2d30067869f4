"""What a file is, told by its content and never by its name.

Only the first bytes are looked at, save for archives, whose directory of members is at their end. What a container's
members say is not verified here: the reader of that kind rejects what does not hold.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from enum import StrEnum

HEAD = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class Kind(StrEnum):
    """A file's format. `media_type` is what the extraction contract calls it."""

    EMAIL = "email"
    OUTLOOK = "outlook"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    WEBP = "webp"
    GIF = "gif"
    BMP = "bmp"
    HEIC = "heic"
    EDIFACT = "edifact"
    X12 = "x12"
    XML = "xml"
    HTML = "html"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    DOC = "doc"
    ZIP = "zip"
    GZIP = "gzip"
    DELIMITED = "delimited"
    TEXT = "text"
    CALENDAR = "calendar"
    VCARD = "vcard"
    WINMAIL = "winmail"
    EMPTY = "empty"
    UNKNOWN = "unknown"

    @property
    def media_type(self) -> str:
        """The IANA media type."""
        return _MEDIA_TYPES[self]

    @property
    def is_image(self) -> bool:
        return self in {Kind.PNG, Kind.JPEG, Kind.TIFF, Kind.WEBP, Kind.GIF, Kind.BMP, Kind.HEIC}

    @property
    def is_word(self) -> bool:
        return self in {Kind.DOCX, Kind.ODT, Kind.RTF}

    @property
    def is_workbook(self) -> bool:
        return self in {Kind.XLSX, Kind.XLSB, Kind.XLS, Kind.ODS}


_MEDIA_TYPES = {
    Kind.EMAIL: "message/rfc822",
    Kind.OUTLOOK: "application/vnd.ms-outlook",
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.TIFF: "image/tiff",
    Kind.WEBP: "image/webp",
    Kind.GIF: "image/gif",
    Kind.BMP: "image/bmp",
    Kind.HEIC: "image/heic",
    Kind.EDIFACT: "application/EDIFACT",
    Kind.X12: "application/EDI-X12",
    Kind.XML: "application/xml",
    Kind.HTML: "text/html",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.XLSB: "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.RTF: "application/rtf",
    Kind.DOC: "application/msword",
    Kind.ZIP: "application/zip",
    Kind.GZIP: "application/gzip",
    Kind.DELIMITED: "text/csv",
    Kind.TEXT: "text/plain",
    Kind.CALENDAR: "text/calendar",
    Kind.VCARD: "text/vcard",
    Kind.WINMAIL: "application/ms-tnef",
    Kind.EMPTY: "application/x-empty",
    Kind.UNKNOWN: "application/octet-stream",
}

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    (b"II+\x00", Kind.TIFF),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"\x1f\x8b", Kind.GZIP),
    (b"\x78\x9f\x3e\x22", Kind.WINMAIL),
    (b"{\\rtf", Kind.RTF),
)


#: The brands of still pictures in HEVC (ISO/IEC 23008-12, annex B), as telephones take them.
_HEIC_BRANDS = frozenset([b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"])


def detect(content: bytes) -> Kind:
    """The kind of `content`. Never raises: what nothing recognises is `unknown`."""
    if not content.strip(b"\x00 \t\r\n"):
        return Kind.EMPTY
    return _binary_kind(content) or _text_kind(content)


def head_text(content: bytes) -> str:
    """The first 64 kB as text for looking at: a byte order mark is honoured, else UTF-8 or, where that fails, Windows-1252."""
    head = content[:HEAD]
    for bom, charset in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(charset, "replace")
    if _looks_utf16(head):
        return head.decode("utf-16-le" if head[1:2] == b"\x00" else "utf-16-be", "replace")
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        # a character cut in two by the 64 kB limit does not make the file Windows-1252
        cut = len(head) == HEAD and error.start >= HEAD - 4
        return head[: error.start].decode("utf-8") if cut else head.decode("cp1252", "replace")


def _looks_utf16(head: bytes) -> bool:
    sample = head[:2000]
    zeros_even, zeros_odd = sample[0::2].count(0), sample[1::2].count(0)
    return len(sample) >= 8 and max(zeros_even, zeros_odd) > 0.4 * len(sample) / 2 and min(zeros_even, zeros_odd) == 0


def _binary_kind(content: bytes) -> Kind | None:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if (picture := _picture_kind(content[:12])) is not None:
        return picture
    if content.startswith(_OLE):
        return _ole_kind(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(content)
    return Kind.PDF if _is_pdf(content) else None


def _picture_kind(head: bytes) -> Kind | None:
    """Of the kinds whose mark is not at the very start."""
    if head.startswith(b"RIFF") and head[8:] == b"WEBP":
        return Kind.WEBP
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return Kind.BMP
    return Kind.HEIC if head[4:8] == b"ftyp" and head[8:] in _HEIC_BRANDS else None


def _is_pdf(content: bytes) -> bool:
    # ISO 32000-1 annex H.3.4.1: readers accept the header anywhere in the first 1024 bytes. A mail may quote "%PDF-" there.
    at = content[:1024].find(b"%PDF-")
    return at == 0 or (at > 0 and not _is_email(head_text(content)) and b"%%EOF" in content[-2048:])


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _ole_kind(content: bytes) -> Kind:
    """Of an OLE compound file, by the names in its directory (MS-CFB 2.6): a mail, a workbook, or something else."""
    if _utf16("__properties_version1.0") in content:
        return Kind.OUTLOOK
    if _utf16("Workbook") in content or _utf16("Book\x00") in content:
        return Kind.XLS
    return Kind.DOC if _utf16("WordDocument") in content else Kind.UNKNOWN


def _zip_kind(content: bytes) -> Kind:
    # OpenDocument 1.3 part 2, 3.3: the media type is the first member, stored, so that it stands at a fixed place
    if content[30:38] == b"mimetype":
        return next((kind for kind in (Kind.ODS, Kind.ODT) if content[38:].startswith(kind.media_type.encode())), Kind.ZIP)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, struct.error):
        return Kind.ZIP
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "word/document.xml" in names:
        return Kind.DOCX
    return Kind.XLSB if "xl/workbook.bin" in names else Kind.ZIP


_EDIFACT = re.compile(r"\s*(?:UNA.{6}\s*(?:UN[BHG]|$)|UNB.[A-Z]{4}|UNH.|UNG.)", re.DOTALL)
_X12 = re.compile(r"\s*(?:ISA([^\w\s]|\s)(?:[^\n]{2}\1)|GS([^\w\s])[A-Z]{2}\2|ST([^\w\s])\d{3}\3)")
_XML = re.compile(
    r"\s*<(?:\?xml\b|!DOCTYPE\s+(?!html)[A-Za-z_]|!--|[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?(?:\s[^<>]*|/)?>)", re.IGNORECASE
)
_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|p|meta|style|span|title|h[1-6]|br)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:")
#: Headers that a mail program writes and a person does not type at the head of a text.
_MACHINE_HEADERS = frozenset(
    re.findall(
        r"\S+",
        "message-id mime-version received return-path content-type content-transfer-encoding dkim-signature delivered-to"
        " authentication-results arc-seal envelope-to x-mailer in-reply-to references",
    )
)
_MAIL_HEADERS = _MACHINE_HEADERS | {"from", "to", "cc", "bcc", "subject", "date", "reply-to", "sender"}


def _text_kind(content: bytes) -> Kind:
    text = head_text(content).lstrip("\ufeff\x00").lstrip()
    if not text:
        return Kind.EMPTY
    return next((kind for kind, fits in _TEXT_KINDS if fits(text)), Kind.TEXT)


def _is_email(text: str) -> bool:
    """Whether `text` opens with a header block of RFC 5322 2.2: three known headers, or two of which a machine wrote one."""
    found: list[str] = []
    for number, line in enumerate(text.splitlines()[:200]):
        if number == 0 and line.startswith("From ") and "@" in line:
            continue  # the separator of an mbox file
        if not line.strip():
            break
        if line[0] in " \t" and found:
            continue
        header = _HEADER_LINE.match(line)
        if header is None:
            return False
        found.append(header[1].lower())
    known = _MAIL_HEADERS.intersection(found)
    return len(known) >= 3 or (len(known) >= 2 and bool(known & _MACHINE_HEADERS))


def _is_noise(text: str) -> bool:
    """Whether control characters or unassigned bytes are too many for writing."""
    sample = text[:8000]
    control = sum(
        1 for char in sample if (ord(char) < 32 and char not in "\t\n\r\f\v\x1a") or char == "\ufffd" or "\x7f" <= char < "\xa0"
    )
    return control > 0.02 * len(sample)


def _is_delimited(text: str) -> bool:
    """Whether most lines are cut by the same separator into at least two cells, as often as their neighbours."""
    whole = _QUOTED_FIELD.sub("x", text)  # a quoted field may run over several lines
    lines = [line for line in whole.splitlines()[:60] if re.search(r"\w", line) and not _ABOVE_ROWS.fullmatch(line)]
    if len(text) >= HEAD // 2 and len(lines) > 1:
        lines = lines[:-1]
    return len(lines) >= 2 and any(_cut_alike(lines, separator) for separator in "\t;,|")


def _cut_alike(lines: list[str], separator: str) -> bool:
    counts = [re.sub(r'"(?:[^"]|"")*"', "", line).count(separator) for line in lines]
    usual = max(set(counts), key=counts.count)
    alike = sum(1 for count in counts if count == usual)
    if separator in ",|" and _is_prose(lines):
        return False
    if separator in ";\t" and usual > 1 and all(counts):
        return True  # a block of labels above a wider table
    return (usual >= (2 if separator == "," else 1) and alike >= 0.6 * len(lines)) or _are_records(lines, separator)


def _are_records(lines: list[str], separator: str) -> bool:
    """Whether each line begins with what kind it is ("HDR", "DTL"), and those of a kind are cut alike, one kind coming again."""
    cuts: dict[str, set[int]] = {}
    for line in lines:
        kind, cut, rest = line.partition(separator)
        if not cut or not _RECORD.fullmatch(kind.strip(' "')):
            return False
        cuts.setdefault(kind.strip(' "'), set()).add(rest.count(separator))
    return 1 < len(cuts) < min(len(lines), 7) and all(len(own) == 1 for own in cuts.values())


def _is_prose(lines: list[str]) -> bool:
    """Sentences have commas, but a space behind nearly each, and end in a full stop; rules of a drawn table are no data."""
    spaced = sum(line.count(", ") + line.count("| ") for line in lines)
    separators = sum(line.count(",") + line.count("|") for line in lines)
    return spaced > 0.7 * separators


def _is_html(text: str) -> bool:
    return bool(_HTML.match(text) or (_XML.match(text) and re.search(r"<html[\s>]", text[:2000], re.IGNORECASE)))


#: What a record is called: "H", "P", "HDR", "DTL".
_RECORD = re.compile(r"[A-Z]{1,5}\d{0,2}")
#: A comment, or a title in quotation marks (which "x" stands for), above or below the rows of delimited text.
_ABOVE_ROWS = re.compile(r"#\s.*|x")
_QUOTED_FIELD = re.compile(r'(?:(?<=[;,|\t])|(?<=[;,|\t] )|^)"(?:[^"]|""){0,2000}"(?=[ \t]*(?:[;,|\t]|$))', re.MULTILINE)
#: In this order: the sharper form first.
_TEXT_KINDS: tuple[tuple[Kind, Callable[[str], object]], ...] = (
    (Kind.EDIFACT, _EDIFACT.match),
    (Kind.X12, _X12.match),
    (Kind.EMAIL, _is_email),
    (Kind.CALENDAR, lambda text: text[:15].upper() == "BEGIN:VCALENDAR"),
    (Kind.VCARD, lambda text: text[:11].upper() == "BEGIN:VCARD"),
    (Kind.HTML, _is_html),
    (Kind.XML, _XML.match),
    (Kind.UNKNOWN, _is_noise),
    (Kind.DELIMITED, _is_delimited),
)
