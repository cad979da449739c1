#!/usr/bin/env bash
# Makes the pictures of docs/screens from the window's own tests, without a display.
# None of them shows a photo of anybody.
set -euo pipefail
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
CONSENTRY_SHOTS=$tmp go test -count=1 -timeout 20m -tags ci,migrated_fynedo,nodynamic -run 'ApprovalAndRecall|FirstStart|Dossier|Palette' ./ui
mkdir -p docs/screens
for name in home-back approval-assessed published-recall settings-hiding recovery dossier-zh-light dossier-en-dark palette; do
	convert "$tmp/$name.png" -colors 128 -define png:compression-level=9 "docs/screens/$name.png"
done
