"""How far a mail's sender can be believed: what the receiving server found of SPF, DKIM, DMARC and ARC, and where answers go.

RFC 8601 (Authentication-Results), 7208 (SPF), 6376 (DKIM), 7489 (DMARC), 8617 (ARC). Only the receiving server's own header
counts: anybody can write another. A pass proves whose mail it is, not that its sender means well, and so lowers no risk.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from models.domain.mail_addresses import domain_of, is_free_mail
from models.domain.values import Value

METHODS = ("spf", "dkim", "dmarc", "arc")
_FAILED = frozenset({"fail", "softfail", "permerror"})
_LONGEST = 4000


class MailTrust(Value):
    """The evidence of one mail. Each method holds its result (`pass`, `fail`, `none`, …) or is empty where nobody said.

    `server` gave the results; `signed_by` are the domains whose signatures we verified ourselves, `broken` those whose did not
    hold; `reply_to` is the domain that answers go to where it is another than the sender's.
    """

    sender: str = ""
    server: str = ""
    spf: str = ""
    dkim: str = ""
    dmarc: str = ""
    arc: str = ""
    signed_by: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    reply_to: str = ""

    @property
    def failed(self) -> tuple[str, ...]:
        """Which methods speak against the mail; a signature that we found broken counts as DKIM."""
        said = [name for name in METHODS if getattr(self, name) in _FAILED]
        return tuple(dict.fromkeys([*said, *(["dkim"] if self.broken and not self._is_signed_by_sender else [])]))

    @property
    def _is_signed_by_sender(self) -> bool:
        domain = domain_of(self.sender)
        return any(same_organisation(domain, signer) for signer in self.signed_by)


def mail_trust(
    sender: str,
    reply_to: str,
    results: str,
    *,
    trusted: str = "",
    signed_by: Collection[str] = (),
    broken: Collection[str] = (),
) -> MailTrust:
    """`results` are the mail's Authentication-Results, one header per line, the latest first. `trusted` names the receiving
    server; without it the latest header counts, which is the receiving server's where there is one."""
    server, found = _of_receiver(results[:_LONGEST], trusted.strip().lower())
    ours, theirs = domain_of(sender), domain_of(reply_to)
    elsewhere = theirs if ours and theirs and not same_organisation(ours, theirs) else ""
    return MailTrust(
        sender=sender,
        server=server,
        signed_by=tuple(sorted(signed_by)),
        broken=tuple(sorted(broken)),
        reply_to=elsewhere,
        **found,
    )


def same_organisation(one: str, other: str) -> bool:
    """Whether one domain is the other or lies within it. Free mail services are nobody's organisation."""
    if not one or not other:
        return False
    inner, outer = sorted((one.lower(), other.lower()), key=len, reverse=True)
    return inner == outer or (inner.endswith(f".{outer}") and not is_free_mail(f"x@{outer}") and "." in outer)


def _of_receiver(results: str, trusted: str) -> tuple[str, dict[str, str]]:
    for header in results.splitlines():
        text = _without_comments(header)
        server = text.partition(";")[0].split(" ")[0].strip().lower()
        if server and (not trusted or server == trusted):
            return server, {name: result for name in METHODS if (result := _worst(text, name))}
    return "", {}


def _without_comments(header: str) -> str:
    """RFC 5322 comments may hold anything, also what looks like a result."""
    text = header
    for _ in range(5):
        shorter = re.sub(r"\([^()]*\)", " ", text)
        if shorter == text:
            break
        text = shorter
    return " ".join(text.split())


def _worst(text: str, method: str) -> str:
    """A mail may bear several signatures, of which one that holds is enough; otherwise the first result."""
    found = [word.lower() for word in re.findall(rf"(?:^|;)\s*{method}\s*=\s*([A-Za-z]+)", text)]
    return "pass" if "pass" in found else found[0] if found else ""
