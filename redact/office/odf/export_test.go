package odf

import "encoding/binary"

// PutDensity says in a picture how many pixels an inch it has.
func PutDensity(b []byte, perInch int) []byte {
	if string(b[:2]) == "\xff\xd8" {
		return density{raw: []byte{1, byte(perInch >> 8), byte(perInch), byte(perInch >> 8), byte(perInch)}}.put(b)
	}
	metre := uint32(float64(perInch)/0.0254 + 0.5)
	raw := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, metre), metre)
	return density{raw: append(raw, 1)}.put(b)
}

// Density is how many pixels an inch a picture has.
func Density(b []byte) [2]float64 { d := densityOf(b); return [2]float64{d.x, d.y} }
