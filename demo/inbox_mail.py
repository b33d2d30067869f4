"""The sample mails, each as its writer would type it; their numbers come from the sample's own lines."""

from __future__ import annotations

from demo.inbox_pdf_plain import conflicting_pdf, ziegler_pdf
from demo.mail_building import as_bytes, attach_pdf, each_line, mail
from demo.sample_orders import Sample, SampleLine
from demo.wording import day, number, price, unit


def lakeshore(sample: Sample) -> bytes:
    """English prose; numbers in the middle of sentences, an old address and a phone number around them."""
    valve, elbow, hose = sample.lines
    text = f"""Hi Brückner team,

hope you are all well over there. Could you please send us {valve.quantity} of the 1/2" full bore ball valves with the
lever handle ({valve.sku}), {elbow.quantity} bags of the 22 mm copper press elbows, the 90 degree ones ({elbow.sku}, ten to
a bag), and {hose.quantity} of the braided hoses 1/2" x 500 mm ({hose.sku}).

Our PO number for this is {sample.po_number}. Pricing as per our list, please ship to our yard on Harbor Avenue as usual.
There is no rush, but a partial delivery is fine if something is short.

Thanks a lot,
Dana

Dana Whitfield | Purchasing
Lakeshore Mechanical Contractors, Inc.
4810 Harbor Avenue, Cleveland, OH 44114
T 216 555 0117
"""
    return as_bytes(mail(sample, f"PO {sample.po_number}", text), sample)


def lindner(sample: Sample) -> bytes:
    """A German list with our numbers, delivery to a second address."""
    words = {"HT2-ZF": "Kartons", "BL-120-BK-LD": "Rollen"}
    items = each_line(sample, lambda line: f"- {line.quantity} {words.get(line.sku, 'Stück')} {line.text('de')}, Art. {line.sku}")
    text = f"""Hallo zusammen,

für unser Objektlager in Halle bestellen wir:

{items}

Bestellnummer: {sample.po_number}
Lieferadresse: Lindner Objektlager Halle, Delitzscher Weg 40, 06116 Halle (Saale)

Bitte vor der Anlieferung kurz anrufen (0341 5550188), das Tor ist sonst zu.

Vielen Dank und viele Grüße
Ramona Seidel
Objektleitung

Gebäudeservice Lindner GmbH & Co. KG · Torgauer Allee 88 · 04318 Leipzig
Amtsgericht Leipzig HRA 99017
"""
    message = mail(
        sample, f"Bestellung {sample.po_number}", text, sender="Ramona Seidel <objektleitung@lindner-gebaeudeservice.example>"
    )
    return as_bytes(message, sample)


def _girard_row(line: SampleLine) -> str:
    cells = (
        line.sku,
        line.text("fr"),
        str(line.quantity),
        unit(line.unit, "fr"),
        price(line.price, "fr"),
        number(line.amount, "fr", 2),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def girard(sample: Sample) -> bytes:
    """A French HTML table; the plain text alternative only points to it."""
    heads = ("Réf.", "Désignation", "Qté", "Unité", "PU HT (€)", "Montant HT (€)")
    html = f"""<html><head><style>td, th {{ border: 1px solid #999; padding: 3px 8px; font: 10pt Calibri }}</style></head>
<body style="font: 11pt Calibri, sans-serif">
<p>Bonjour,</p>
<p>Nous vous passons la commande n° <b>{sample.po_number}</b> du {day(sample.date, "fr")} :</p>
<table cellspacing="0">
<tr>{"".join(f"<th>{head}</th>" for head in heads)}</tr>
{each_line(sample, _girard_row)}
<tr><td colspan="5" align="right"><b>Total HT</b></td><td><b>{number(sample.total, "fr", 2)}</b></td></tr>
</table>
<p>Livraison à l'atelier, 14 rue des Forgerons, 69007 Lyon. Règlement à 45 jours, franco de port.</p>
<p>Merci de nous confirmer la bonne réception.<br>Cordialement,</p>
<p>Hélène Rousset<br><span style="color:#666">Service achats – Ateliers Girard SAS – 04 72 55 50 31</span></p>
</body></html>
"""
    text = f"Bonjour,\n\nvotre messagerie n'affiche pas le HTML ; la commande {sample.po_number} y est.\n"
    message = mail(sample, f"Commande {sample.po_number}", text)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return as_bytes(message, sample)


def noordkaap(sample: Sample) -> bytes:
    """Our sales desk forwards an order; below it the quote that led to it, with other quantities and an article not ordered."""
    items = each_line(
        sample,
        lambda line: (
            f"  {line.quantity} pcs  {line.sku:<13} {line.text('en')}  "
            f"EUR {price(line.price, 'en')} per {line.basis} = EUR {number(line.amount, 'en', 2)}"
        ),
    )
    text = f"""FYI, please enter this one. Customer called as well.
Sanne

---------- Forwarded message ----------
From: Noordkaap Purchasing <purchasing@noordkaap.example>
Date: Tue, 17 Nov 2026 10:41
Subject: RE: Quote BH-Q-7731 anchors and A4 hardware
To: Sanne Vermeulen <s.vermeulen@brueckner-hale.example>

Dear Sanne,

thank you for the quote. We hereby order under our PO {sample.po_number}:

{items}

Total EUR {number(sample.total, "en", 2)}. Deliver to the yard, Werfkade 1, 9936 HX Farmsum.

Met vriendelijke groet / kind regards,
Wiebe Dijkhuis
Scheepswerf Noordkaap B.V.

On Thu, 12 Nov 2026 at 16:02, Sanne Vermeulen wrote:
> Dear Wiebe,
>
> we can offer from stock:
>   400 pcs  WA-M12X115-A4
>   600 pcs  HN-M12-A4
>   200 pcs  TR-M12-1000-A2
>
> On Wed, 11 Nov 2026 at 09:15, Noordkaap Purchasing wrote:
>> Hi, can you quote about 400 wedge anchors M12x115 in A4, nuts and
>> washers to go with them, and 200 threaded rods?
"""
    message = mail(
        sample,
        "Fwd: RE: Quote BH-Q-7731 anchors and A4 hardware",
        text,
        sender="Sanne Vermeulen <s.vermeulen@brueckner-hale.example>",
    )
    return as_bytes(message, sample)


def ziegler(sample: Sample) -> bytes:
    """The order in the body and the same in a PDF."""
    items = each_line(
        sample,
        lambda line: (
            f"{line.number}. {number(line.quantity, 'de')} {unit(line.unit, 'de')} {line.sku} {line.text('de')} "
            f"zu {price(line.price, 'de')} EUR" + (f" je {line.basis}" if line.basis != 1 else "")
        ),
    )
    text = f"""Sehr geehrte Damen und Herren,

wir bestellen unter unserer Nummer {sample.po_number} vom {day(sample.date, "de")}:

{items}

Summe netto {number(sample.total, "de", 2)} EUR. Das Bestellformular liegt als PDF bei.
Lieferung an Talstraße 23, 72458 Albstadt.

Mit freundlichen Grüßen
Karl-Heinz Ziegler
Fensterbau Ziegler KG
"""
    message = mail(sample, f"Bestellung {sample.po_number}", text)
    attach_pdf(message, f"Bestellung_{sample.po_number}.pdf", ziegler_pdf(sample))
    return as_bytes(message, sample)


def maasstad(sample: Sample) -> bytes:
    """The mail says 40 cartons of what the attached PDF orders 60 of."""
    first, *others = sample.lines
    rest = "\n".join(f"* {line.quantity:>3} x {line.sku}  {line.text('en')}" for line in others)
    text = f"""Good afternoon,

herewith our order {sample.po_number}:

*  40 x {first.sku}  {first.text("en")}
{rest}

See also the attached PDF. Delivery to our Rotterdam address please.

Regards,
Joost Verhagen
Facilitair Maasstad B.V., Boompjeshof 210, 3011 XD Rotterdam
"""
    message = mail(sample, f"Order {sample.po_number}", text)
    attach_pdf(message, f"order {sample.po_number}.pdf", conflicting_pdf(sample))
    return as_bytes(message, sample)


def prairie(sample: Sample) -> bytes:
    """A table in fixed-pitch text, as an old purchasing system mails it."""
    rows = each_line(
        sample,
        lambda line: (
            f"{line.number:03d}  {line.sku:<17}{line.text('en').replace('²', '2'):<37}{line.quantity:>5}  EA"
            f"{price(line.price, 'plain'):>9} /{line.basis:<5}{number(line.amount, 'en', 2):>10}"
        ),
    )
    rule = "-" * 94
    text = f"""PRAIRIE STATE ELECTRIC, INC.                                        PURCHASE ORDER
615 GRAIN EXCHANGE WAY, CHICAGO, IL 60607                           PO NO.   {sample.po_number}
                                                                    PO DATE  {day(sample.date, "us")}
VENDOR: BRUECKNER & HALE TRADE SUPPLY                               TERMS    NET 30
SHIP TO: 615 GRAIN EXCHANGE WAY, CHICAGO, IL 60607                  FOB      DESTINATION

LN   ITEM             DESCRIPTION                            QTY  UM    PRICE /PER      EXTENDED
{rule}
{rows}
{rule}
                                                                     ORDER TOTAL USD {number(sample.total, "en", 2)}

BACK ORDERS ACCEPTED. THIS MESSAGE WAS SENT BY PSE-PURCHASING, DO NOT REPLY TO THE NUMBER ABOVE.
"""
    return as_bytes(mail(sample, f"Purchase Order {sample.po_number}", text, charset="us-ascii"), sample)


def kessler_again(sample: Sample) -> bytes:
    """The earlier PDF order, typed into a mail a day later."""
    items = each_line(
        sample,
        lambda line: (
            f"Pos. {line.number * 10}: {line.quantity} {unit(line.unit, 'de')} {line.sku} ({line.text('de')}) "
            f"à {price(line.price, 'de')} EUR"
        ),
    )
    text = f"""Guten Morgen,

da wir noch keine Auftragsbestätigung haben, hier noch einmal unsere Bestellung Nr. {sample.po_number}
vom {day(sample.date, "de")} im Klartext:

{items}

Nettosumme: {number(sample.total, "de", 2)} EUR
Lieferanschrift: Kessler Metallbau GmbH, Im Gewerbepark 7, 58511 Lüdenscheid

Mit freundlichen Grüßen
Petra Schulte-Arnold
Kessler Metallbau GmbH
"""
    return as_bytes(mail(sample, f"WG: Bestellung {sample.po_number}", text), sample)


def littoral(sample: Sample) -> bytes:
    """A forged order, HTML only: one letter of the domain is missing, the goods shall go to a forwarder abroad, at once."""
    rows = each_line(
        sample, lambda line: f"<li>{line.quantity} {unit(line.unit, 'fr')}s {line.sku} &ndash; {line.text('fr')}</li>"
    )
    html = f"""<html><body><p>Bonjour,</p>
<p><b>TRÈS URGENT</b> &ndash; nous rénovons trois hôtels et avons besoin de ceci <b>avant vendredi</b>, bon de commande
{sample.po_number} :</p><ul>
{rows}
</ul><p>Livraison exceptionnelle chez notre transitaire :<br>Global Transit Depot 7, c/o Hôtelière du Littoral SA<br>
Calea Portului 41<br>900900 Constanța<br>Roumanie</p>
<p>Paiement à 30 jours comme d'habitude. Merci d'expédier <u>aujourd'hui</u> en express, et de ne pas téléphoner : le standard
est en travaux, répondez seulement à cette adresse.</p>
<p>Le directeur<br>Hôtelière du Littoral SA, 2 promenade de l'Océan, 44500 La Baule</p></body></html>
"""
    message = mail(
        sample,
        f"URGENT commande {sample.po_number}",
        "",
        sender="Hôtelière du Littoral SA <intendance@hoteliere-litoral.example>",
    )
    message.set_content(html, subtype="html", cte="quoted-printable")
    return as_bytes(message, sample)


def steinkogl(sample: Sample) -> bytes:
    """A new customer, in Latin-1 as an old mail program sends it."""
    cups, napkins = sample.lines
    text = f"""Servus,

ein Kollege hat Sie empfohlen, wir sind noch kein Kunde bei Ihnen. Wir bräuchten für unser Wirtshaus

{cups.quantity} Stück Pappbecher 300 ml doppelwandig, {cups.sku}
{napkins.quantity} Stück Servietten 33x33 2-lagig grün, {napkins.sku}

Bestellnummer bei uns: {sample.po_number}
Rechnung und Lieferung: Brauhaus Steinkogl, Marktplatz 3, 94209 Regen

Schöne Grüße
Alois Steinkogl
"""
    return as_bytes(mail(sample, "Bestellung Becher und Servietten", text, charset="iso-8859-1"), sample)


def ziegler_enquiry(sample: Sample) -> bytes:
    """A question for an order's state; it orders nothing."""
    text = f"""Guten Tag,

wir warten auf die Ware zu unserer Bestellung {sample.po_number}. Können Sie uns bitte sagen, wie der Stand ist und wann
die Lieferung bei uns eintrifft? Wenn es schon eine Sendungsnummer gibt, gerne mitschicken.

Danke und Gruß
Karl-Heinz Ziegler
Fensterbau Ziegler KG, Albstadt
"""
    return as_bytes(mail(sample, f"Wo bleibt unsere Bestellung {sample.po_number}?", text), sample)


def girard_return(sample: Sample) -> bytes:
    """Two pairs of shoes shall come back."""
    (shoe,) = sample.lines
    text = f"""Bonjour,

nous souhaitons vous retourner {shoe.quantity} paires de la référence {shoe.sku} ({shoe.text("fr")}) reçues avec notre
commande {sample.po_number} : la pointure ne convient pas. Les chaussures sont neuves, dans leur emballage d'origine.

Pouvez-vous nous envoyer un bon de retour et nous établir un avoir ?

Cordialement,
Hélène Rousset
Service achats – Ateliers Girard SAS
"""
    return as_bytes(mail(sample, f"Retour sur commande {sample.po_number}", text), sample)


MAILS = {
    "email-prose-en": lakeshore,
    "email-list-de": lindner,
    "email-table-fr": girard,
    "email-forwarded": noordkaap,
    "email-body-and-attachment": ziegler,
    "backordered-line": prairie,
    "duplicate": kessler_again,
    "conflicting-sources": maasstad,
    "suspicious": littoral,
    "unknown-customer": steinkogl,
    "status-enquiry": ziegler_enquiry,
    "return-request": girard_return,
}
