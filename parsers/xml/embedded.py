"""The XML inside a hybrid PDF (Order-X, Factur-X, ZUGFeRD): PDF/A-3 embedded files, with bounded decompression."""

from __future__ import annotations

import io
import zlib

import pikepdf

from parsers.xml.syntax import MOST_BYTES

#: The names that the standards give, the order first: a file may carry several.
_NAMES = ("order-x.xml", "factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
_SMALL = 64_000  # a stream of this many packed bytes may be unpacked by any filter: it cannot become a bomb


def embedded_xml(pdf: bytes) -> tuple[str, bytes] | None:
    """The name and bytes of the XML that a hybrid PDF carries, or None. A damaged or encrypted PDF carries none here.

    An invoice (`factur-x.xml`, ZUGFeRD) is returned as well: `read_xml` tells that it is not an order.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            found = [(name, spec) for name, spec in document.attachments.items() if name.lower().endswith(".xml")]
            found.sort(key=lambda entry: _rank(entry[0]))
            for name, spec in found:
                content = _bounded(spec.get_file().obj)
                if content is not None:
                    return name, content
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        return None  # whatever is wrong with the PDF is the PDF reader's to report
    return None


def _rank(name: str) -> int:
    lowered = name.lower()
    return _NAMES.index(lowered) if lowered in _NAMES else len(_NAMES)


def _bounded(stream: pikepdf.Object) -> bytes | None:
    """The stream's content where it is not larger than what is read of XML."""
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)] if filters is not None else []
    if not names:
        return raw if len(raw) <= MOST_BYTES else None
    if names == ["/FlateDecode"] and stream.get("/DecodeParms") is None:
        unpacked = zlib.decompressobj().decompress(raw, MOST_BYTES + 1)
        return unpacked if len(unpacked) <= MOST_BYTES else None
    return stream.read_bytes() if len(raw) <= _SMALL else None
