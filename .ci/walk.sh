#!/usr/bin/env bash
# Walks through the real window under a virtual display, from an empty home to a
# signed package, with real documents and photos: once by keyboard alone, once by
# mouse. Fails where the package does not come, or a planted name is left in it.
#
#   .ci/walk.sh DESKTOP FOLDER
set -euo pipefail

desktop=$(realpath "${1:?the built desktop program}")
SHOTS=${2:?a folder for the pictures}
mkdir -p "$SHOTS"
SHOTS=$(realpath "$SHOTS")
root=$(cd "$(dirname "$0")/.." && pwd)
NAME=walk
. "$(dirname "$0")/display.sh"

# until WHAT SECONDS COMMAND...: waits for a command to succeed.
until_() {
	local what=$1 seconds=$2
	shift 2
	for _ in $(seq $((seconds * 4))); do
		"$@" >/dev/null 2>&1 && return 0
		kill -0 "$window" 2>/dev/null || fail "the program ended before $what"
		sleep 0.25
	done
	fail "waited in vain for $what"
}
titled() { xdotool search --onlyvisible --name "$1" >/dev/null 2>&1; }
keys() { for k in "$@"; do xdotool key "$k"; sleep 0.4; done; }
words() { xdotool type --delay 40 "$1"; sleep 0.4; }
click() { xdotool mousemove "$1" "$2"; sleep 0.3; xdotool mousedown 1; sleep 0.1; xdotool mouseup 1; sleep 0.6; }

# start ARGUMENT...
start() {
	rm -rf "$tmp/home"
	mkdir -p "$tmp/home"
	HOME=$tmp/home XDG_CONFIG_HOME=$tmp/home/.config XDG_DATA_HOME=$tmp/home/.local/share LANG=en_US.UTF-8 LC_ALL=en_US.UTF-8 \
		"$desktop" -settings "$tmp/settings.json" -look light "$@" >"$tmp/log" 2>&1 &
	window=$!
	until_ "its window" 120 titled Consentry
	sleep 2
}
stop() {
	kill "$window"
	wait "$window" || fail "the program ended with an error"
	window=
	if grep -E 'panic|fatal error|DATA RACE' "$tmp/log"; then fail "the program crashed"; fi
}

# The material: a story, a brochure, an interview, photos; all of it as it is shipped.
mkdir -p "$tmp/story"
cp "$root"/assets/demo/case-zh.md "$root"/assets/demo/case-en.md "$root"/assets/demo/brochure.pdf "$root"/assets/demo/interview.docx "$tmp/story"/
find "$root/assets/models/samples" -name '*.jp*g' | sort | head -2 | while read -r p; do cp "$p" "$tmp/story"/; done
[ "$(find "$tmp/story" -type f | wc -l)" -eq 6 ] || fail "the material is not there"

# proved FOLDER: the package is whole, and nobody unknown is in it.
proved() {
	[ -s "$1/report.json" ] && [ -s "$1/report.pdf" ] && [ -s "$1/bundle/ledger.jsonl" ] || fail "the package is not whole"
	(cd "$1" && sha256sum --quiet -c bundle/SHA256SUMS) || fail "the package's files are not those that were signed"
	for name in 欧阳知夏 陈星宇 "Margaret Ashdown"; do
		if grep -rqa "$name" "$1/files"; then fail "a planted name is left in the package"; fi
	done
}

echo "walk: by keyboard alone"
start -vault "$tmp/vault" "$tmp/story"
words "correct horse battery staple"
keys Tab
words "correct horse battery staple"
keys Return
until_ "the vault" 120 titled 'Home - Consentry'
sleep 2
shot walk-recovery
keys Return # the recovery key is locked away
sleep 2
shot walk-form # the account's name stands in it
keys Return
until_ "the scan" 600 titled '\(0\) - Consentry'
sleep 1
shot walk-review
keys ctrl+Return
# Ctrl Enter applies, and in the sheet that comes then it signs.
packed() { keys ctrl+Return && package=$(find "$tmp" -maxdepth 4 -name report.json -printf '%h\n' | head -n 1) && [ -n "$package" ]; }
until_ "the package" 600 packed
sleep 1
shot walk-exported
proved "$package"
keys ctrl+5
sleep 3
shot walk-published
stop
echo "walk: $(basename "$package") signed by keyboard"

echo "walk: by mouse"
export TMPDIR=$tmp # where the sample case's files lie
start -vault "$tmp/none"
click 1150 654 # the sample case
until_ "the scan" 600 titled '\(1\) - Consentry'
sleep 2
shot walk-question
click 1276 339 # none of them: hide
until_ "the answer" 60 titled '\(0\) - Consentry'
click 1325 60 # apply and verify
# The sheet comes when the attacks are over; its button signs.
signed() { click 880 622 && package=$(find "$tmp" -path '*sample*' -name report.json -printf '%h\n' | head -n 1) && [ -n "$package" ]; }
package=
until_ "the package" 900 signed
sleep 1
shot walk-signed
[ -s "$package/report.pdf" ] || fail "the package is not whole"
(cd "$package" && sha256sum --quiet -c bundle/SHA256SUMS) || fail "the package's files are not those that were signed"
if grep -rqa 陈星宇 "$package/files"; then fail "a planted name is left in the package"; fi
stop
echo "walk: the sample case signed by mouse"
