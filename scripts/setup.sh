#!/usr/bin/env bash
# Installs what is missing, and only that: uv from PyPI, the locked environment in .venv, tesseract with its languages.
# Usage: scripts/setup.sh run|test. For "test" also Chromium and fonts.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=${1:-run}
languages=(eng deu fra spa)
# Languages that are read better with packs of their own. Without them they are read by the second engine, and doubted more.
more_languages=(ita nld pol)

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# Installs Debian packages, with sudo where needed; where that is not allowed, says the command and ends.
install_packages() {
    local update=(apt-get update -qq) install=(apt-get install -y -qq --no-install-recommends "$@") sudo=()
    command -v apt-get >/dev/null || fail "These are missing, and this machine has no apt to install them: $*. Install them and run this again."
    if [[ $(id -u) -ne 0 ]]; then
        sudo=(sudo)
        if ! command -v sudo >/dev/null || { ! sudo -n true 2>/dev/null && [[ ! -t 0 ]]; }; then
            fail "Missing: $*. Installing needs root, which this user cannot become here. Run this as root, then try again:" \
                $'\n    '"apt-get update && apt-get install -y --no-install-recommends $*"
        fi
    fi
    say "installing with apt: $*"
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "${update[@]}" >&2 \
        || say "apt could not refresh its lists (no network?); trying with those that are there"
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" >&2 || fail \
        "apt could not install: $*. With a network connection, try: ${sudo[*]} apt-get update && ${sudo[*]} apt-get install -y --no-install-recommends $*"
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null && is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed, and there is none on the PATH. On Debian 12 or Ubuntu 24.04: apt-get install -y python3"
}

# uv as it is installed here, else from PyPI into a folder of its own (Debian forbids pip outside of one: PEP 668).
find_uv() {
    if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
        command -v uv
        return
    fi
    if [[ ! -x .tools/bin/uv ]]; then
        say "installing uv from PyPI into .tools"
        "$python" -c 'import ensurepip, venv' 2>/dev/null || install_packages python3-venv
        "$python" -m venv .tools >&2 && .tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5' >&2 \
            || { rm -rf .tools; fail "uv could not be installed from PyPI. Is there a network connection? Behind a proxy or mirror, set HTTPS_PROXY or PIP_INDEX_URL."; }
    fi
    printf '%s\n' "$PWD/.tools/bin/uv"
}

# The environment is as locked when the stamp holds the sum of what it was made from. Then nothing needs the network.
sync_environment() {
    local sum groups=(--no-dev --inexact)
    sum=$(cat uv.lock pyproject.toml | sha256sum | cut -d' ' -f1)
    [[ -x .venv/bin/python ]] && grep -qsx "test $sum" .venv/.orderwright && return
    if [[ $wanted == test ]]; then
        groups=(--inexact)
    elif [[ -x .venv/bin/python ]] && grep -qsx "run $sum" .venv/.orderwright; then
        return
    fi
    local uv
    uv=$(find_uv)
    say "installing the locked packages into .venv"
    # Compiled once here: a worker that a supervisor starts again is back in a third of the time.
    export UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never
    # The second opinion on scans is worth its 120 MB, but nothing depends on it.
    "$uv" sync --locked --quiet --extra ocr-neural "${groups[@]}" ${fresh:+--python "$python"} >&2 \
        || { say "trying without the second engine for scans (extra ocr-neural)"
             "$uv" sync --locked --quiet "${groups[@]}" ${fresh:+--python "$python"} >&2; } || fail \
        "The packages could not be installed (see above). Without a network connection nothing that is missing can be fetched; behind a mirror set UV_DEFAULT_INDEX."
    printf '%s %s\n' "$wanted" "$sum" >.venv/.orderwright
}

missing_tesseract() {
    local language installed
    command -v tesseract >/dev/null || printf '%s\n' tesseract-ocr
    installed=$(tesseract --list-langs 2>/dev/null || true)
    for language in "${languages[@]}"; do
        grep -qx "$language" <<<"$installed" || printf 'tesseract-ocr-%s\n' "$language"
    done
}

# Tried once: where apt cannot have them, everything works without, and a person is asked to compare what they would tell.
welcome_languages() {
    local language missing=() installed sudo=()
    [[ -e .venv/.languages || $wanted != run ]] && return
    installed=$(tesseract --list-langs 2>/dev/null || true)
    for language in "${more_languages[@]}"; do
        grep -qx "$language" <<<"$installed" || missing+=("tesseract-ocr-$language")
    done
    touch .venv/.languages
    [[ ${#missing[@]} -gt 0 ]] && command -v apt-get >/dev/null || return 0
    [[ $(id -u) -eq 0 ]] || { sudo=(sudo -n); sudo -n true 2>/dev/null || return 0; }
    say "installing with apt: ${missing[*]}"
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive timeout 120 apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 \
        || say "not to be had; scans in these languages are doubted more. Later: apt-get install ${missing[*]}"
}

has_package() { apt-cache show "$1" >/dev/null 2>&1; }

missing_for_tests() {
    local fonts=/usr/share/fonts/truetype
    if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null; then
        has_package chromium && printf '%s\n' chromium || printf '%s\n' chromium-browser
    fi
    [[ -f $fonts/dejavu/DejaVuSansCondensed.ttf ]] || printf '%s\n' fonts-dejavu-core fonts-dejavu-extra
    if [[ ! -f $fonts/liberation/LiberationSans-Regular.ttf ]]; then
        printf '%s\n' fonts-liberation
    fi
    # Debian 12 has the narrow face in fonts-liberation, later releases in a package of its own.
    if [[ ! -f $fonts/liberation/LiberationSansNarrow-Regular.ttf ]] && has_package fonts-liberation-sans-narrow; then
        printf '%s\n' fonts-liberation-sans-narrow
    fi
}

[[ $wanted == run || $wanted == test ]] || fail "usage: scripts/setup.sh run|test"
python=$(find_python)
fresh=$([[ -x .venv/bin/python ]] || echo yes)
sync_environment
mapfile -t packages < <(missing_tesseract; [[ $wanted == run ]] || missing_for_tests)
[[ ${#packages[@]} -eq 0 ]] || install_packages "${packages[@]}"
welcome_languages
