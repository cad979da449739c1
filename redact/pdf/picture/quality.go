package picture

// Bounds of the quality of JPEG files that are written: below, a change would be
// seen outside the regions; above, the file grows and nothing else.
const (
	leastQuality = 92
	mostQuality  = 95
)

// luminance is the table of ITU-T T.81, annex K.1, in zigzag order.
var luminance = [64]int{
	16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40,
	26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
	56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
	95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
}

// qualityOf is that of a JPEG file, by its first quantisation table, within the
// bounds; the least of them for what is no JPEG file.
func qualityOf(file []byte) int {
	for i := 2; i+4 <= len(file) && file[i] == 0xff; {
		n := int(file[i+2])<<8 | int(file[i+3])
		body := file[min(i+4, len(file)):min(i+2+max(n, 2), len(file))]
		if file[i+1] == 0xdb && len(body) >= 65 && body[0] == 0 {
			sum, of := 0, 0
			for k, v := range body[1:65] {
				sum += int(v)
				of += luminance[k]
			}
			q := 50 * of / max(sum, 1)
			if sum < of {
				q = 100 - 50*sum/of
			}
			return min(max(q, leastQuality), mostQuality)
		}
		i += 2 + max(n, 2)
	}
	return leastQuality
}
