//go:build exiftool

package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"consentry/redact"
)

// plant is what exiftool writes into every file that it can write to.
var plant = []string{
	"-EXIF:Artist=Planted Artist", "-EXIF:ImageDescription=Planted Description", "-EXIF:UserComment=Planted Comment", "-EXIF:SerialNumber=PLANTED-1", "-EXIF:XPAuthor=Planted XP",
	"-GPSLatitude=31.5", "-GPSLatitudeRef=N", "-GPSLongitude=121.2", "-GPSLongitudeRef=E", "-IPTC:By-line=Planted Byline", "-IPTC:City=Planted City",
	"-XMP-dc:Creator=Planted Creator", "-XMP-iptcExt:PersonInImage=Planted Person", "-XMP-plus:ModelReleaseID=PLANTED-2", "-Comment=Planted Remark", "-PNG:Author=Planted PNG", "-PNG:ModifyDate=2020:01:01 00:00:00",
}

// structure are the fields that tell how pixels are stored.
var structure = []string{
	"Image Width", "Image Height", "Encoding Process", "Bits Per Sample", "Color Components", "Y Cb Cr Sub Sampling", "Bits Per Pixel", "Animation Loop Count", "Page Count", "File Type", "File Type Extension", "MIME Type", "Image Size", "Megapixels", "Exif Byte Order",
	"Bit Depth", "Color Type", "Compression", "Filter", "Interlace", "Palette", "Transparency", // PNG
	"GIF Version", "Has Color Map", "Color Resolution Depth", "Background Color", "Animation Iterations", "Frame Count", "Duration", "Transparent Color", "Pixel Aspect Ratio",
	"VP8 Version", "Horizontal Scale", "Vertical Scale", "Alpha Is Used", "WebP Flags", "Blending Method", "Background Color",
	"Photometric Interpretation", "Strip Offsets", "Samples Per Pixel", "Rows Per Strip", "Strip Byte Counts", "X Resolution", "Y Resolution", "Planar Configuration", "Resolution Unit", "Predictor", "Page Number", "Subfile Type", "Extra Samples", // TIFF; 72 dpi always
	"BMP Version", "Planes", "Image Length", "Pixels Per Meter X", "Pixels Per Meter Y", "Num Colors", "Num Important Colors", "Red Mask", "Green Mask", "Blue Mask",
}

func exiftool(t testing.TB, args ...string) string {
	t.Helper()
	out, err := exec.Command("exiftool", args...).CombinedOutput()
	if err != nil && !strings.Contains(string(out), "image files read") && !strings.Contains(string(out), "files weren't updated") && len(out) == 0 {
		t.Fatalf("exiftool: %v", err)
	}
	return string(out)
}

// An outside judge finds nothing in what is written but the pixels' structure
// and, where there are rights, our packet; and portraits are upright.
func TestExiftoolFindsNothing(t *testing.T) {
	dir := t.TempDir()
	files := everyFormat(t)
	le := binary.LittleEndian
	files["everything.jpg"], files["everything.png"] = jpegWithEverything(t), pngWithEverything(t)
	files["turned.heic"] = testdata(t, "turned709.heic")
	files["progressive.jpg"] = progressive(t, [3]uint8{120, 90, 200}, [3]uint8{120, 90, 200})
	files["cmyk.jpg"] = planes(t, flat(21, 18, 200), flat(21, 18, 100), flat(21, 18, 90), flat(21, 18, 250))
	files["interlaced.png"] = interlaced(corners(40, 30))
	files["grey.tif"] = pagesOf(le, page(le, 40, 30, 1, 8, 1, bytes.Repeat([]byte{99}, 1200)))
	files["tail.bmp"] = append(bmpOf(t, corners(40, 30)), "Planted Trailer"...)
	// As phones write: a second picture and a film behind the first, with the
	// index of both, and the manifest of who made it.
	second := jpegOf(t, corners(16, 16), 90)
	files["motion.jpg"] = slices.Concat(withSegments(jpegOf(t, corners(40, 30), 90),
		seg(markAPP0+2, "MPF\x00MM\x00*\x00\x00\x00\x08\x00\x01\xb0\x00\x00\x07\x00\x00\x00\x040100\x00\x00\x00\x00"),
		seg(markAPP0+11, "JP\x00\x01\x00\x00\x00\x01\x00\x00\x00\x1ejumb\x00\x00\x00\x16jumdc2pa Planted"),
	), second, []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom Planted Film"))
	portrait := turned(6, 96, 128)
	files["portrait.jpg"], files["portrait.png"] = jpegOf(t, portrait, 95), pngOf(t, portrait)
	files["portrait.tif"], files["portrait.webp"] = tiffOf(t, portrait), webpOf(t, portrait)
	for i, path := range samples(t)[:3] {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[string(rune('a'+i))+"-photo.jpg"] = b
	}
	if len(files) < 30 {
		t.Fatalf("only %d files", len(files))
	}
	rights := redact.Rights{Status: redact.LimitedRelease, Releases: []string{"c-0017"}, Until: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Media: []string{"website"}, Regions: []string{"CN"}}
	planted, lines := 0, 0
	for name, b := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		args := append(slices.Clone(plant), "-q", "-m", "-overwrite_original", path)
		if strings.HasPrefix(name, "portrait") {
			args = append([]string{"-Orientation#=6"}, args...)
		}
		exiftool(t, args...)
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(exiftool(t, "-a", "-G1", path), "Planted") {
			planted++
		} else if !strings.HasSuffix(name, ".bmp") && !strings.HasPrefix(name, "everything") {
			t.Errorf("%s: nothing could be planted", name)
		}
		for _, r := range []redact.Rights{{}, rights} {
			var out bytes.Buffer
			typ, err := open(t, nil, src).(redact.RightsWriter).RewriteWith(t.Context(), &out, nil, r)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			ext, _ := Extension(typ)
			result := filepath.Join(dir, "out"+ext)
			if err := os.WriteFile(result, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(strings.TrimSpace(exiftool(t, "-a", "-u", "-G1", result)), "\n") {
				group, rest, _ := strings.Cut(strings.TrimPrefix(line, "["), "]")
				tag, value, _ := strings.Cut(rest, ":")
				tag, value = strings.TrimSpace(tag), strings.TrimSpace(value)
				lines++
				switch {
				case group == "ExifTool" && tag == "ExifTool Version Number", group == "System":
				case group == "XMP-plus" && r.Status != "" && slices.Contains([]string{"2.0.0", "Limited or Incomplete Model Releases", "c-0017", "2027:01:01", "website", "CN"}, value):
				case group != "XMP-plus" && slices.Contains(structure, tag):
				default:
					t.Errorf("%s as %s: %s", name, typ, line)
				}
			}
			if strings.HasPrefix(name, "portrait") {
				m := decode(t, out.Bytes())
				if m.Pix.Rect != image.Rect(0, 0, 96, 128) || !near(m.Pix.NRGBAAt(4, 4), cornerColors[0], 12) || !near(m.Pix.NRGBAAt(91, 123), cornerColors[3], 12) {
					t.Errorf("%s is not upright", name)
				}
			}
		}
	}
	t.Logf("%d files, names planted in %d; %d fields looked at", len(files), planted, lines)
}
