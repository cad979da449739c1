#!/usr/bin/env bash
# Starts the real window under a virtual display with the sample case, in both
# languages, waits until the findings are there, and takes pictures. Fails where
# the window does not come, the program dies, or a picture is a single colour.
#
#   .ci/smoke.sh BINARY FOLDER
set -euo pipefail

binary=$(realpath "${1:?the built desktop program}")
SHOTS=${2:?a folder for the pictures}
mkdir -p "$SHOTS"
SHOTS=$(realpath "$SHOTS")
NAME=smoke
. "$(dirname "$0")/display.sh"

# look NAME LOCALE TITLE ARGUMENT...: one run of the window.
look() {
	local name=$1 locale=$2 title=$3 found=
	shift 3
	HOME=$tmp/home XDG_CONFIG_HOME=$tmp/home/.config XDG_DATA_HOME=$tmp/home/.local/share LANG=$locale LC_ALL=$locale \
		"$binary" -settings "$tmp/settings-$name.json" "$@" >"$tmp/log" 2>&1 &
	window=$!
	for _ in $(seq 600); do
		kill -0 "$window" 2>/dev/null || fail "$name: the program ended before its window came"
		if xdotool search --onlyvisible --name "$title" >/dev/null 2>&1; then
			found=yes
			break
		fi
		sleep 0.2
	done
	[ -n "$found" ] || fail "$name: no window with the title $title"
	# The frames after the title: pictures are loaded, text is drawn.
	sleep 3
	kill -0 "$window" 2>/dev/null || fail "$name: the program died"
	shot "$name"
	kill "$window"
	for _ in $(seq 100); do
		kill -0 "$window" 2>/dev/null || break
		sleep 0.1
	done
	! kill -0 "$window" 2>/dev/null || fail "$name: the program does not end"
	wait "$window" || fail "$name: the program ended with an error"
	window=
	if grep -E 'panic|fatal error|DATA RACE' "$tmp/log"; then fail "$name: the program crashed"; fi
	echo "smoke: $name.png"
}

# Once a case is scanned, its title tells the number of open questions.
look start-en en_US.UTF-8 'Consentry' -look light
look case-zh zh_CN.UTF-8 '\([0-9]+\) - 慎发' -sample -look light
look case-en-dark en_US.UTF-8 '\([0-9]+\) - Consentry' -sample -look dark
