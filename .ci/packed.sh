#!/usr/bin/env bash
# Takes the packages of dist/ as somebody would who has nothing else of ours: checks
# their digests, unpacks them elsewhere, and runs the main job with the program that
# comes out. The Windows zip is only looked into; it does not run here.
set -euo pipefail
cd "$(dirname "$0")/../dist"
dist=$PWD
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
fail() {
	echo "packed: $1" >&2
	exit 1
}
# alone PROGRAM ARGUMENT...: without our environment, in an empty folder.
alone() {
	mkdir -p "$tmp/home"
	(cd "$tmp/home" && env -i HOME="$tmp/home" PATH=/usr/bin:/bin LANG=zh_CN.UTF-8 "$@")
}

sha256sum --check --quiet SHA256SUMS

for f in consentry-*-linux-*.tar.gz; do
	tar -C "$tmp" -xzf "$f"
	top=$tmp/${f%.tar.gz}
	alone "$top/consentry" doctor >"$tmp/doctor" || fail "$f: doctor: $(cat "$tmp/doctor")"
	alone "$top/consentry" demo -o "$tmp/out" >"$tmp/demo" 2>&1 || fail "$f: demo: $(tail -3 "$tmp/demo")"
	[ -s "$tmp/out/package/report.pdf" ] || fail "$f: the demo left no report"
	echo "packed: $f unpacked, its demo made a package"
done

for f in consentry_*.deb; do
	dpkg-deb -x "$f" "$tmp/root"
	alone "$tmp/root/usr/bin/consentry" doctor >"$tmp/doctor" || fail "$f: doctor: $(cat "$tmp/doctor")"
	[ -s "$tmp/root/usr/share/applications/io.consentry.desktop.desktop" ] || fail "$f has no entry for the menu"
	apt-get install --simulate -q "$dist/$f" >"$tmp/apt" 2>&1 || fail "$f: its dependencies: $(tail -3 "$tmp/apt")"
	echo "packed: $f unpacked, its dependencies are to be had"
done

for f in consentry-*-windows-*.zip; do
	python3 -m zipfile -e "$f" "$tmp"
	top=$tmp/${f%.zip}
	for part in consentry.exe consentry-desktop.exe README.md LICENSE NOTICE.md models; do
		[ -e "$top/$part" ] || fail "$f lacks $part"
	done
	find "$top/models" -name 'onnxruntime*.dll' | grep -q . || fail "$f lacks ONNX Runtime"
	echo "packed: $f unpacked, both programs and ONNX Runtime are there"
done
