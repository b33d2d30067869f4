#!/usr/bin/env bash
# Every check and every test: first what is quick, then what starts servers, then what runs the whole stack.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/check.sh

# One failing part must not hide what the others would have said.
failed=0
part() {
    printf '\n== tests: %s\n' "$1"
    .venv/bin/python -m pytest "${@:2}" || failed=1
}
part "rules, parsers, store" -m "not server and not journey and not browser" -n 2 --dist loadfile
part "with a Temporal server or a browser" -m "(server or browser) and not journey"
part "the whole stack" -m journey --timeout 900
exit "$failed"
