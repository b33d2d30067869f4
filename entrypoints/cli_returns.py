"""The commands about returns: ask for one, decide it, book the goods in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

from entrypoints.cli_support import By, OrderArgument, Why, ask, decision, note, order_id_of, pairs, user_name
from models.contracts.return_request_v1 import ReturnRequestV1

if TYPE_CHECKING:
    from entrypoints.backend import ReturnAction


def request_return(
    order: OrderArgument,
    reason: Annotated[str, typer.Option(help="Why the goods come back.")],
    line: Annotated[list[str] | None, typer.Option(help="LINE=QUANTITY in base units; all that was shipped if left out.")] = None,
    replacement: Annotated[bool, typer.Option("--replacement", help="Replace the goods instead of crediting them.")] = False,
) -> None:
    """Open a return (RMA) for an order.

    Example: `orderwright return 4500881203 --line 1=5 --reason "too long" --replacement`
    """
    lines = [{"line": key, "quantity": value} for key, value in pairs(line or [], "1=5").items()]
    resolution = "replacement" if replacement else "credit"
    try:
        request = ReturnRequestV1.model_validate(
            {"order_id": order_id_of(order), "reason": reason, "resolution": resolution, "lines": lines}
        )
    except ValidationError as error:
        raise typer.BadParameter(f"--line wants LINE=QUANTITY such as 1=5: {error.errors()[0]['msg']}") from error
    note(f"opened {ask(lambda client: client.request_return(request))}")


def return_decide(
    return_id: Annotated[str, typer.Argument(metavar="RETURN", help="The return's workflow id, as `return` printed it.")],
    action: Annotated[str, typer.Argument(metavar="authorise|refuse")],
    why: Why = "",
    by: By = "",
) -> None:
    """Authorise or refuse a return that waits for a person.

    Example: `orderwright return-decide return:order:C1007:4500881203:1 refuse --why "later than 30 days"`
    """
    if action not in ("authorise", "refuse"):
        raise typer.BadParameter("say `authorise` or `refuse`")
    chosen: ReturnAction = "authorise" if action == "authorise" else "refuse"
    ask(lambda client: client.decide_return(return_id, chosen, decision(by, None, reason=why or None)))
    note(f"{return_id}: {'authorised' if chosen == 'authorise' else 'refused'}")


def return_receive(
    return_id: Annotated[str, typer.Argument(metavar="RETURN", help="The return's workflow id.")],
    condition: Annotated[str, typer.Option(help="as_new, opened or damaged.")] = "as_new",
    by: By = "",
) -> None:
    """Book returned goods in, where people do that (ORDERWRIGHT_WAREHOUSE=manual)."""
    from models.contracts.workflow_io import GoodsReceived

    ask(lambda client: client.receive_return(return_id, GoodsReceived(condition=condition, by=by or user_name())))
    note(f"{return_id}: received")
