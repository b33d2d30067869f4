"""Verifies a mail's DKIM signatures itself, for doors behind which no server writes Authentication-Results.

Keys come from DNS, one look-up per signature with a time limit; of a mail with many signatures the first three count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import dkim
import dns.exception
import dns.resolver

from models.domain.errors import Unavailable

#: Gives the text record of a name, or None where there is none. Raises `Unavailable` where DNS does not answer.
KeyLookup = Callable[[str], bytes | None]
_MOST_SIGNATURES = 3
_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Signatures:
    """The domains whose signatures hold, and those whose do not."""

    signed_by: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


def text_record(name: str) -> bytes | None:
    """The TXT record of a name in DNS."""
    try:
        answer = dns.resolver.resolve(name.rstrip("."), "TXT", lifetime=_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None
    except dns.exception.DNSException as error:
        raise Unavailable(f"DNS does not answer for {name}: {error}") from error
    return b"".join(next(iter(answer)).strings)


@dataclass(frozen=True, slots=True)
class DkimVerifier:
    """Fulfils `activities.decision_ports.MailVerifier`."""

    lookup: KeyLookup = text_record

    def signatures(self, mail: bytes) -> Signatures:
        """Raises `Unavailable` where a key cannot be looked up: then nothing is known of the mail."""
        count = min(_headers_named(mail, b"dkim-signature"), _MOST_SIGNATURES)
        held: list[str] = []
        broken: list[str] = []
        for index in range(count):
            domain, is_good = self._verified(mail, index)
            (held if is_good else broken).append(domain)
        return Signatures(tuple(dict.fromkeys(filter(None, held))), tuple(dict.fromkeys(filter(None, broken))))

    def _verified(self, mail: bytes, index: int) -> tuple[str, bool]:
        verifier = dkim.DKIM(mail)
        try:
            is_good = bool(verifier.verify(index, dnsfunc=lambda name, **_: self.lookup(name.decode("ascii", "replace"))))
        except (dkim.DKIMException, ValueError, IndexError, KeyError, UnicodeError):
            # A signature that cannot even be read proves nothing of anybody.
            is_good = False
        return (verifier.domain or b"").decode("ascii", "replace").lower(), is_good


def _headers_named(mail: bytes, name: bytes) -> int:
    head = mail.replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    return sum(line.startswith(name + b":") for line in head.split(b"\n"))
