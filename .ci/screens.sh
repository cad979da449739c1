#!/usr/bin/env bash
# Makes the pictures of docs/screens from the window's own test, without a display.
# None of them shows a photo of anybody.
set -euo pipefail
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
pictures=(
	home-{zh-light,en-dark}-100-1280 case-question-{zh-light,en-dark}-100-1280 case-question-en-light-200-1280
	dossier-withdrawn-{zh-light,en-dark}-100-1280 dossier-zh-dark-200-1280
	approval-assessed-{zh-light,en-dark}-100-1280 published-compare-{zh-light,en-dark}-100-1280
	settings-hiding-{zh-light,en-high-contrast}-100-1280 palette-found-zh-light-100-1280 recovery-en-light-100-1280
)
pattern="^($(IFS='|'; echo "${pictures[*]}"))$"
CONSENTRY_SHOTS=$tmp CONSENTRY_LOOKS=$pattern go test -count=1 -timeout 20m -tags ci,migrated_fynedo,nodynamic -run 'TestLooks' ./ui
mkdir -p docs/screens
rm -f docs/screens/*.png
for name in "${pictures[@]}"; do
	convert "$tmp/$name.png" -colors 128 -define png:compression-level=9 "docs/screens/${name%-1280}.png"
done
