"""A blanket order is agreed and ships nothing; call-offs draw it down until it is used up."""

from __future__ import annotations

from models.contracts.order_submission_v1 import OrderSubmissionV1
from models.domain.identifiers import OrderId
from models.domain.lifecycle import OrderStatus
from models.domain.messages import InboundMessage
from tests.journeys.interchanges import po_850
from tests.workflows.bench import AT_WORK, Bench
from tests.workflows.mails import mail
from tests.workflows.stated import CABLE_TIE, SENDER, fresh_number, order

pytestmark = AT_WORK


def called(subject: str, quantity: str, number: str) -> OrderSubmissionV1:
    return order((CABLE_TIE, quantity), po_number=number).model_copy(update={"subject": subject})


async def test_call_offs_draw_a_blanket_order_down_until_it_is_used_up(bench: Bench) -> None:
    """The first goes touchless with what is left, the second is more than that and waits."""
    number = fresh_number("FRAME")
    waiting = await bench.opened(called(f"Rahmenauftrag {number}", "500", number), OrderStatus.NEEDS_REVIEW)
    assert {finding.code for finding in waiting.open_findings} == {"blanket_order"}
    await bench.decide(waiting.order_id, "approve")
    kept = await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    assert (list(bench.shipments.of_order(kept.order_id)), bench.erp_files(kept.order_id)) == ([], [])
    subject = f"Abruf zu Rahmenauftrag {number}"
    first = await bench.opened(called(subject, "300", fresh_number("CALL")), OrderStatus.CLOSED)
    assert any("200 left" in finding.message for finding in first.findings)
    second = await bench.opened(called(subject, "300", fresh_number("CALL")), OrderStatus.NEEDS_REVIEW)
    assert {finding.code for finding in second.open_findings} == {"call_off_exceeds"}


async def test_two_releases_under_one_number_are_two_orders(bench: Bench) -> None:
    """X12 tells them apart by BEG04; the second neither repeats nor contradicts the first."""
    number = fresh_number("REL")

    async def released(release: int) -> InboundMessage:
        content = po_850(number, "7.10").replace(f"*SA*{number}**".encode(), f"*RL*{number}*{release}*".encode())
        return await bench.concluded(await bench.take_in(content, "release.x12", channel="folder"))

    first, second = await released(1), await released(2)
    assert (*first.order_ids, *second.order_ids) == tuple(f"order:70038:{number}/RELEASE-{release}" for release in (1, 2))
    assert {bench.orders.load(OrderId(str(each))).purchase_order.blanket_number for each in second.order_ids} == {number}


async def test_a_mail_says_in_its_text_what_it_calls_off(bench: Bench) -> None:
    """The balance of the blanket order that a sentence of its body names is drawn down."""
    number = fresh_number("FRAME")
    waiting = await bench.opened(called(f"Rahmenauftrag {number}", "500", number), OrderStatus.NEEDS_REVIEW)
    await bench.decide(waiting.order_id, "approve")
    await bench.order_at(waiting.order_id, OrderStatus.CLOSED)
    goods = f"200 Stück {CABLE_TIE}\n\nUnsere Bestellnummer: CALL-{number}\n"
    text = f"Guten Tag,\n\nwir rufen aus unserem Rahmenauftrag {number} ab:\n\n{goods}"
    message = await bench.concluded(await bench.take_in(mail(SENDER, "Nachschub", text), "mail.eml", sender=SENDER))
    [order_id] = message.order_ids
    order = await bench.order_at(order_id, OrderStatus.CLOSED, OrderStatus.NEEDS_REVIEW)
    assert any("300 left" in finding.message for finding in order.findings), [finding.message for finding in order.findings]
