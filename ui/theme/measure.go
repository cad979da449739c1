package theme

// Type sizes, in pixels at 100 %.
const (
	Note   = 12
	Body   = 14
	Head   = 16
	Title  = 20
	Figure = 28
)

// LineHeight is the height of a line of text over its size.
const LineHeight = 1.45

// Spaces, in pixels.
const (
	S4  = 4
	S8  = 8
	S12 = 12
	S16 = 16
	S24 = 24
	S32 = 32
)

// Measures of controls, in pixels at 100 %.
const (
	RowHeight    = 40
	ListHeight   = 58
	ButtonHeight = 34
	ChipHeight   = 26
	TagHeight    = 24
	RailWidth    = 84
)

// Radius of controls; cards have 8.
const (
	Radius     = 6
	CardRadius = 8
	TagRadius  = 4
)
