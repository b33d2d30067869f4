"""The golden tax cases as a page for people: `python -m benchmarks.tax_cases` writes docs/tax-cases.md from their file.

The tests reckon each case and hold the page against the file; nothing is reckoned here.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "domain" / "golden" / "tax_cases.csv"
PAGE = ROOT / "docs" / "tax-cases.md"
_HEADS = (
    "case",
    "goods go",
    "lines (category, net)",
    "how it is taxed",
    "category, rate, base, tax",
    "VATEX",
    "asked or noted",
    "by",
)
_INTRO = """# Golden tax cases

Written from the legal texts by jurisdiction, reckoned by the tests on the rates of `demo/company/tax_rates.csv`: {count} cases,
all right. The file itself is `tests/domain/golden/tax_cases.csv`; this page is made from it (`python -m benchmarks.tax_cases`).

| how it is taxed | cases |
|---|---|
{counts}
"""

Case = dict[str, str]


def page() -> str:
    """The page: a count by treatment, then a table for each country that the goods go to."""
    with CASES.open(encoding="utf-8", newline="") as source:
        cases: list[Case] = list(csv.DictReader(source, delimiter=";"))
    counted = Counter(case["treatment"].replace("_", " ") for case in cases)
    counts = "\n".join(f"| {treatment} | {count} |" for treatment, count in counted.most_common())
    return "\n".join([_INTRO.format(count=len(cases), counts=counts), *_tables(cases), ""])


def _tables(cases: Sequence[Case]) -> Iterator[str]:
    by_country: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_country[case["to"].split()[0]].append(case)
    for country, found in sorted(by_country.items()):
        rows = "\n".join(_row(_cells(case)) for case in found)
        yield f"## To {country}\n\n{_row(_HEADS)}\n{_row(['---'] * len(_HEADS))}\n{rows}\n"


def _cells(case: Case) -> list[str]:
    goes = f"{case['from']} to {case['to']} on {case['on']}"
    treatment = case["treatment"].replace("_", " ")
    findings = case["findings"].replace("_", " ")
    return [case["case"], goes, case["lines"], treatment, case["shares"], case["vatex"], findings, case["law"]]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
