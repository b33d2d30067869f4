"""Sample pages that went over paper: a French order off an office scanner, a German order form before a phone's camera."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

from demo.page_art import A4, Column, HexColor, Page, TableLook
from demo.sample_orders import Sample
from demo.wording import day, number, price, unit

Picture = NDArray[np.uint8]
_SEED = 20261119


def armor(sample: Sample) -> bytes:
    """A one-page PDF that holds nothing but the scanned picture, at 200 dpi."""
    scanned = _scanned(_rendered(_armor_page(sample), dpi=200))
    page = Page("Helvetica", size=A4, title="SCAN_20261116_0931")
    page.picture(_jpeg(scanned, quality=72))
    return page.finished()


def pfeiffer(sample: Sample) -> bytes:
    """A JPEG of a printed order form lying on a workbench."""
    return _jpeg(_photographed(_rendered(_pfeiffer_page(sample), dpi=240)), quality=78)


def _armor_page(sample: Sample) -> bytes:
    page = Page("LibSerif", title="bon de commande")
    page.text(60, 66, "LOGISTIQUE ARMOR SA", 18, bold=True)
    page.block(60, 84, ["3 avenue des Entrepôts", "35000 Rennes", "Tél. 02 99 55 50 14"], 10)
    page.box(330, 48, 210, 62, pen=1)
    page.text(435, 70, "BON DE COMMANDE", 13, bold=True, align="c")
    page.text(435, 88, f"N° {sample.po_number}", 13, bold=True, align="c")
    page.text(435, 103, f"Date : {day(sample.date, 'fr')}", 10.5, align="c")
    page.block(
        60,
        150,
        ["Fournisseur :", "Brückner & Hale Trade Supply GmbH", "Am Alten Speicher 14", "42117 Wuppertal - Allemagne"],
        10.5,
    )
    page.block(330, 150, ["Adresse de livraison :", "Logistique Armor - Quai 2", "ZA de la Haie", "35170 Bruz"], 10.5)
    columns = [
        Column("Référence", 60, 92),
        Column("Désignation", 152, 188),
        Column("Qté", 340, 40, "r"),
        Column("Unité", 380, 48, "c"),
        Column("P.U. HT", 428, 50, "r"),
        Column("Montant HT", 478, 70, "r"),
    ]
    rows = [
        [
            line.sku,
            line.text("fr"),
            str(line.quantity),
            unit(line.unit, "fr"),
            price(line.price, "fr"),
            number(line.amount, "fr", 2),
        ]
        for line in sample.lines
    ]
    y = page.table(230, columns, rows, TableLook(size=10, row=24, pen=0.9))
    page.text(474, y + 24, "Total HT EUR", 11, bold=True, align="r")
    page.text(545, y + 24, number(sample.total, "fr", 2), 11, bold=True, align="r")
    page.text(60, y + 60, "Règlement : 45 jours. Franco de port. Merci de rappeler notre numéro de commande sur la facture.", 10)
    page.text(360, y + 120, "Bon pour accord", 10)
    stamp = HexColor("#3F51B5")
    page.text(365, y + 150, "LOGISTIQUE ARMOR", 13, bold=True, ink=stamp)
    page.text(372, y + 164, "SERVICE ACHATS", 10, ink=stamp)
    page.text(300, 806, "SA au capital de 250 000 € - RCS Rennes 990 041 032 - TVA " + sample.buyer["vat_id"], 8, align="c")
    return page.finished()


def _pfeiffer_page(sample: Sample) -> bytes:
    page = Page("LibSans", title="Bestellschein")
    page.text(57, 80, "Elektro Pfeiffer e.K.", 22, bold=True)
    page.text(57, 100, "Weserstraße 19 · 34125 Kassel · Tel. 0561 5550131", 11)
    page.line(57, 110, 540, 110, pen=2)
    page.text(57, 150, "BESTELLSCHEIN", 18, bold=True)
    page.text(57, 185, f"Bestellnummer: {sample.po_number}", 14, bold=True)
    page.text(340, 185, f"Datum: {day(sample.date, 'de')}", 14)
    page.text(57, 215, "An: Brückner & Hale Trade Supply GmbH, Wuppertal", 13)
    page.text(57, 236, "Liefern an: Elektro Pfeiffer e.K., Weserstraße 19, 34125 Kassel", 13)
    columns = [
        Column("Pos", 57, 34, "c"),
        Column("Artikelnummer", 91, 114),
        Column("Bezeichnung", 205, 205),
        Column("Menge", 410, 60, "r"),
        Column("Einheit", 470, 70, "c"),
    ]
    rows = [
        [str(line.number), line.sku, line.text("de"), number(line.quantity, "de"), unit(line.unit, "de")] for line in sample.lines
    ]
    y = page.table(262, columns, rows, TableLook(size=12.5, row=32, pen=1))
    page.text(57, y + 40, "Preise wie vereinbart. Bitte Ware an der Werkstatt abgeben.", 13)
    page.text(57, y + 100, "Unterschrift:  J. Pfeiffer", 14)
    page.text(57, 800, "Amtsgericht Kassel HRA 99037 · USt-IdNr. " + sample.buyer["vat_id"], 9)
    return page.finished()


def _rendered(pdf: bytes, dpi: int) -> Picture:
    with pdfium.PdfDocument(pdf) as document:
        image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    return np.asarray(image, dtype=np.uint8)


def _scanned(page: Picture) -> Picture:
    """Grey, 0.8° askew, a shadow at the left edge, fine noise."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.8, 1.0)
    turned = cv2.warpAffine(grey, turn, (width, height), borderValue=255.0)
    noise = np.random.default_rng(_SEED).normal(0, 6, turned.shape)
    shadow = np.clip(np.linspace(-60, 0, width // 25), -60, 0)
    aged = turned.astype(np.float64) * 0.93 + 8 + noise
    aged[:, : shadow.size] += shadow
    softened = cv2.GaussianBlur(np.clip(aged, 0, 255).astype(np.uint8), (3, 3), 0.6)
    return np.asarray(softened, dtype=np.uint8)


def _photographed(page: Picture) -> Picture:
    """The sheet in perspective on a brown bench, lamp light from the upper left, moderate noise."""
    height, width = page.shape[:2]
    frame = (int(height * 1.08), int(width * 1.16))
    random = np.random.default_rng(_SEED)
    bench = np.full((*frame, 3), (122, 92, 66), dtype=np.float64) + random.normal(0, 9, (frame[0], 1, 1))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = np.array([[0.085, 0.045], [0.915, 0.03], [0.955, 0.965], [0.05, 0.975]], dtype=np.float32) * np.array(
        [frame[1], frame[0]], dtype=np.float32
    )
    view = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    sheet = cv2.warpPerspective(page, view, (frame[1], frame[0]), flags=cv2.INTER_AREA)
    covers = cv2.warpPerspective(np.full((height, width), 255, dtype=np.uint8), view, (frame[1], frame[0]))[..., None] / 255.0
    lit = (bench * (1 - covers) + sheet * covers) * _lamp_light(frame) + random.normal(0, 5, (*frame, 3))
    blurred = cv2.GaussianBlur(np.clip(lit, 0, 255).astype(np.uint8), (3, 3), 0.7)
    return np.asarray(blurred, dtype=np.uint8)


def _lamp_light(frame: tuple[int, int]) -> NDArray[np.float64]:
    down, across = np.mgrid[0 : frame[0], 0 : frame[1]]
    distance = np.hypot(down / frame[0] - 0.2, across / frame[1] - 0.25)
    return np.asarray(np.clip(1.02 - 0.38 * distance, 0, 1)[..., None], dtype=np.float64)


def _jpeg(picture: Picture, quality: int) -> bytes:
    written = io.BytesIO()
    Image.fromarray(picture).save(written, "JPEG", quality=quality, dpi=(200, 200))
    return written.getvalue()
