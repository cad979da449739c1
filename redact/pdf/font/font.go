// Package font reads what PDF fonts tell: how strings are cut into codes, how
// wide each code is, and which characters it stands for (ISO 32000-2, 9.5 to
// 9.10).
package font

// A Font is a font dictionary, read.
type Font struct{}
