# Sourced by the scripts that look at the real window: a virtual display, a folder for
# what is temporary, and what they do with both. NAME says who speaks; SHOTS is the
# folder for pictures.

tmp=$(mktemp -d)
server= window=
finish() {
	[ -z "$window" ] || kill "$window" 2>/dev/null || true
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	wait 2>/dev/null || true
	rm -rf "$tmp"
}
trap finish EXIT

fail() {
	echo "$NAME: $1" >&2
	[ ! -s "$tmp/log" ] || sed "s/^/$NAME: the program said: /" "$tmp/log" >&2
	import -window root "$SHOTS/$NAME-failed.png" 2>/dev/null || true
	exit 1
}

Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp 3>"$tmp/display" 2>"$tmp/xvfb" &
server=$!
for _ in $(seq 100); do
	[ -s "$tmp/display" ] && break
	kill -0 "$server" 2>/dev/null || fail "Xvfb did not start"
	sleep 0.1
done
DISPLAY=:$(cat "$tmp/display")
export DISPLAY LIBGL_ALWAYS_SOFTWARE=1

# shot PICTURE: the screen, with more than one colour.
shot() {
	local colours
	import -window root "$SHOTS/$1.png"
	colours=$(identify -format %k "$SHOTS/$1.png")
	[ "$colours" -gt 16 ] || fail "$1.png has only $colours colours"
}
