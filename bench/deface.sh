#!/bin/sh
# Runs deface 1.5.0 (PyPI, MIT) over the photos of a gold file and writes what it
# finds, for the same photos in
#
#   consentry eval faces GOLD.jsonl --peer BOXES.jsonl
#
# It is installed into a folder of its own, with the requirements it states and
# ONNX Runtime, which it prefers to OpenCV's slower network code where it is there.
# Usage: bench/deface.sh GOLD.jsonl BOXES.jsonl [THRESHOLD]
set -eu
[ $# -ge 2 ] || { sed -n 's/^# Usage: /usage: /p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
venv=${DEFACE_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/consentry/deface-1.5.0}
if [ ! -x "$venv/bin/deface" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet deface==1.5.0 onnx onnxruntime
fi
exec "$venv/bin/python" "$here/deface_boxes.py" "$1" "$2" "${3:-0.2}"
