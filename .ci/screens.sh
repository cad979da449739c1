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
# Fyne's software painter moves a shape that the edge of a pane cuts, and forgets the outer one
# of two panes. The pictures are made with both mended, as the real window draws them.
fyne=$(go list -m -f '{{.Dir}}' fyne.io/fyne/v2)
cp -r "$fyne" "$tmp/fyne"
chmod -R u+w "$tmp/fyne"
sed -i -z 's/offX, offY := 0, 0\n\tif scaledX < 0 {\n\t\toffX = -scaledX\n\t}\n\tif scaledY < 0 {\n\t\toffY = -scaledY\n\t}/offX, offY := bounds.Min.X-scaledX, bounds.Min.Y-scaledY/g' "$tmp/fyne/internal/painter/software/draw.go"
sed -i -z 's/\t\tclipPos = pos\n\t\tclipSize = obj.Size()\n/\t\tend := fyne.NewPos(fyne.Min(clipPos.X+clipSize.Width, pos.X+obj.Size().Width), fyne.Min(clipPos.Y+clipSize.Height, pos.Y+obj.Size().Height))\n\t\tclipPos = fyne.NewPos(fyne.Max(clipPos.X, pos.X), fyne.Max(clipPos.Y, pos.Y))\n\t\tclipSize = fyne.NewSize(fyne.Max(0, end.X-clipPos.X), fyne.Max(0, end.Y-clipPos.Y))\n/' "$tmp/fyne/internal/driver/util.go"
for file in internal/painter/software/draw.go internal/driver/util.go; do
	if cmp -s "$tmp/fyne/$file" "$fyne/$file"; then
		echo "screens: Fyne's $file is not what was mended" >&2
		exit 1
	fi
done
cp go.sum "$tmp/go.sum"
sed '$a replace fyne.io/fyne/v2 => '"$tmp/fyne" go.mod >"$tmp/go.mod"
pattern="^($(IFS='|'; echo "${pictures[*]}"))$"
CONSENTRY_SHOTS=$tmp CONSENTRY_LOOKS=$pattern go test -modfile "$tmp/go.mod" -count=1 -timeout 20m -tags ci,migrated_fynedo,nodynamic -run 'TestLooks' ./ui
mkdir -p docs/screens
rm -f docs/screens/*.png
for name in "${pictures[@]}"; do
	convert "$tmp/$name.png" +dither -colors 256 -define png:compression-level=9 "docs/screens/${name%-1280}.png"
done
