"""Every code that a finding may have, so that a policy that misspells one is refused and not silently without effect."""

from __future__ import annotations

from difflib import get_close_matches

from models.domain.finding_words import FINDING_WORDS

#: A test holds it against the codes that readers and checks give.
<<<<<<< HEAD
FINDING_CODES = frozenset(FINDING_WORDS)
=======
FINDING_CODES = frozenset({
    "ambiguous_item", "ambiguous_quantity", "approval_required", "archive_bomb", "archive_too_large", "arithmetic_mismatch",
    "below_minimum", "blanket_order", "call_off", "call_off_balance", "call_off_exceeds", "call_off_expired",
    "call_off_not_in_blanket", "call_off_unknown", "cancellation_requested", "cell_not_read", "change_requested", "code",
    "conditional_order", "conflicting_resubmission", "conflicting_sources", "contradiction", "control_characters",
    "control_total_mismatch", "copy", "credit_limit_exceeded", "credit_not_comparable", "currency_mismatch",
    "customer_blocked", "customer_conflict", "customer_number", "damaged", "damaged_file", "date_impossible",
    "delivery_schedule", "denied_party", "description_differs", "discontinued_item", "dual_use", "edifact_syntax", "email",
    "embargoed_country", "empty_file", "encrypted", "encrypted_file", "entity_bomb", "error_budget", "exemption_expired",
    "fraction_of_a_piece", "gln", "hazardous_goods", "incoterm_differs", "incoterm_proof", "incoterm_shifted",
    "invalid_code", "invalid_country", "invalid_currency", "invalid_date", "invalid_gln", "invalid_gtin", "invalid_number",
    "invalid_separators", "invalid_value", "item_conflict", "learned_set_aside", "letters_not_readable", "line_number_gap",
    "line_total_mismatch", "lines_do_not_add_up", "lines_of_cancellation", "lines_without_heads", "lines_without_price",
    "low_confidence", "mail_too_large", "malformed_xml", "may_be_change", "may_be_corrected", "may_be_no_order",
    "may_be_partial", "may_be_quotation", "may_be_twice", "missing", "missing_item", "missing_part_number",
    "missing_po_number", "missing_price", "missing_quantity", "missing_segment", "missing_terminator", "missing_value",
    "nested_too_deep", "new_ship_to", "no_lines", "no_order_found", "no_price", "no_ship_to", "not_edifact", "not_mapped",
    "not_order_multiple", "ocr_missing", "optional_line", "other_message", "price_mismatch", "price_missing",
    "price_unit_differs", "reader_crashed", "reader_memory", "reader_timeout", "reading_corrected", "refused_downstream",
    "rejected", "release_number", "reorder", "replacement", "risk_high", "risk_model", "schedule_mismatch", "segment_order",
    "seller_not_registered", "several_po_numbers", "several_ship_tos", "ship_to_assumed", "ship_to_conflict",
    "ship_to_differs", "ship_to_not_read", "ship_to_unclear", "store_distribution", "suspicious_sender",
    "tax_service_unavailable", "tax_undetermined", "terms_differ", "test_message", "text_too_long", "too_large",
    "too_many_pages", "too_many_parts", "too_many_problems", "total_gross", "total_mismatch", "total_net", "triangulation",
    "unexplained_column", "unit_assumed", "unit_in_words", "unit_not_sold", "unknown_customer", "unknown_format",
    "unknown_function", "unknown_item", "unknown_number_code", "unknown_part_number", "unknown_unit", "unread_address",
    "unread_place", "unread_values", "unread_wish", "unreadable", "unreadable_value", "unreckoned_formulas",
    "vague_quantity", "vat_id", "vat_id_missing", "vat_id_unconfirmed", "wrong_charset",
})  # fmt: skip
>>>>>>> b8c9de4 (Ask about words of a mail that may alter its order and went into no value of it)


def unknown_code(code: str) -> str | None:
    """Why this names no finding, with the nearest that does; None where it is a code."""
    if code in FINDING_CODES:
        return None
    near = get_close_matches(code.lower(), FINDING_CODES, 1, cutoff=0.6)
    return f"no finding is called {code!r}" + (f"; did you mean {near[0]}?" if near else "")
