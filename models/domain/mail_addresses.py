"""Mail addresses as evidence: whose domain it is, which domains belong to nobody, and which only look like a customer's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from email.utils import parseaddr

#: Anybody can have an address here: such a domain says nothing about a company.
FREE_MAIL = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "outlook.de", "outlook.fr", "hotmail.com", "hotmail.de", "hotmail.fr",
    "hotmail.co.uk", "live.com", "live.de", "live.fr", "msn.com", "yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.co.uk",
    "ymail.com", "aol.com", "aol.de", "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com",
    "web.de", "t-online.de", "freenet.de", "mail.de", "posteo.de", "mailbox.org", "arcor.de", "orange.fr", "wanadoo.fr",
    "free.fr", "laposte.net", "sfr.fr", "bluewin.ch", "hispeed.ch", "libero.it", "virgilio.it", "wp.pl", "o2.pl", "onet.pl",
    "interia.pl", "proton.me", "protonmail.com", "protonmail.ch", "pm.me", "tutanota.com", "tuta.io", "zoho.com", "mail.com",
    "mail.ru", "yandex.ru", "yandex.com", "qq.com", "163.com", "126.com", "comcast.net", "verizon.net", "att.net",
    "sbcglobal.net", "btinternet.com", "ziggo.nl", "kpnmail.nl", "telenet.be", "skynet.be",
})  # fmt: skip

#: Letters of other scripts that print like Latin ones, and figures that are read as letters.
_CONFUSABLE = str.maketrans(
    "а\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0501ѕαεικνορτυχ01358\u0131\u00ed",
    "abekmhopctyxijdsaeikvoptux" + "olesb" + "ii",
)


def domain_of(address: str) -> str:
    """The domain of a mail address in lower case, or empty text where there is none."""
    mailbox = parseaddr(address)[1] or address
    _, at, domain = mailbox.strip().lower().rpartition("@")
    return domain.rstrip(".> ") if at else ""


def mailbox_of(address: str) -> str:
    """The bare address in lower case: "Jo <Jo@Acme.example>" is "jo@acme.example"."""
    return (parseaddr(address)[1] or address).strip().lower()


def is_free_mail(address: str) -> bool:
    return domain_of(address) in FREE_MAIL


def imitated(domain: str, known: Iterable[str]) -> str | None:
    """The known domain that `domain` imitates without being it or a part of it, or None.

    It imitates by letters that look alike (also in punycode), by one or two other letters, or by another ending.
    """
    names = [name.lower() for name in known]
    if not domain or domain in FREE_MAIL or any(domain == name or domain.endswith(f".{name}") for name in names):
        return None
    return next((name for name in names if name not in FREE_MAIL and _looks_like(domain, name)), None)


def _looks_like(domain: str, name: str) -> bool:
    if domain_skeleton(domain) == domain_skeleton(name):
        return True
    label, known = domain_skeleton(domain).rpartition(".")[0], domain_skeleton(name).rpartition(".")[0]
    allowed = 0 if len(known) < 5 else 1 if len(known) < 10 else 2
    return len(known) >= 5 and edit_distance(label, known, allowed) <= allowed


def domain_skeleton(domain: str) -> str:
    """What the eye sees: punycode decoded, accents off, look-alikes folded, dashes out."""
    text = domain
    if "xn--" in domain:
        try:
            text = domain.encode("ascii").decode("idna")
        except UnicodeError:
            text = domain.replace("xn--", "")
    text = unicodedata.normalize("NFKD", text).translate(_CONFUSABLE)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"-", "", text).replace("rn", "m").replace("vv", "w").replace("cl", "d")


def edit_distance(one: str, other: str, most: int) -> int:
    """How many letters to put in, take out, change or swap with their neighbour; `most + 1` stands for more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    rows = [list(range(len(other) + 1))]
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and (left, right) == (other[j - 2], one[i - 2]):
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        rows = [rows[-1], row]
    return rows[-1][-1]
