package xmltext

import "consentry/redact/splice"

// Role is what an element is for.
type Role uint8

// The roles.
const (
	Other  Role = iota // as its parent: part of the text around it, or a text of its own
	Block              // holds a text of its own; only Runs in it are part of that text
	Mixed              // holds a text of its own, of all that is in it
	Run                // its text is part of the block's
	Break              // stands for a rune, such as a tab or a line's end
	Apart              // its text is one of its own, though it stands in a block; with others that follow
	Gloss              // holds a text of its own, and goes where anything in its parent is changed
	Lead               // the text of its ancestor goes on in the next block, as after a drop cap
	Quiet              // its text says nothing to people; kept, and swept
	Unwrap             // its tags go, its content stays
	Drop               // goes with all that is in it
)

// An Element is what the table says about an element.
type Element struct {
	Role  Role
	Break string // of a Break
	// Encode writes a Run's or Break's text where the whole element stood, tags
	// included; nil: only the text between a Run's tags is replaced, a Break stays.
	Encode splice.Encode
	// Up names an ancestor, at most three elements up: of a Drop it goes too, of an
	// Apart all that follows in it is read apart, of a Lead it is the block whose text
	// goes on, and where what the element names is gone it goes with it.
	Up string
	// Goes says of a Lead that it goes itself.
	Goes bool
}

// Use is what becomes of an attribute.
type Use uint8

// The uses of attributes.
const (
	Guess   Use = iota // Text where it looks like a text for people or nobody knows its namespace, else Keep
	Keep               // says nothing to people; kept, and swept
	Name               // as Keep; no word of the format can stand there
	Text               // read as a text of its own, if it has letters or many digits
	DropAt             // the attribute goes, unread
	BlankAt            // its value goes, and is read as what goes
)

// Rules are the table of a vocabulary.
type Rules struct {
	// Spaces gives namespaces the prefixes by which Elements and Attributes know them.
	Spaces map[string]string
	// Elements, by "element" or, of one parent, "parent/element".
	Elements map[string]Element
	// Attributes, by "element@attribute" or "@attribute".
	Attributes map[string]Use
	// Known, if set, tells the values of Text attributes, and the texts of elements,
	// that every such file has.
	Known func(where, value string) bool
	// References are the attributes that name something outside the file.
	References map[string]bool
	// Also, if set, has the last word on an element, by the values of its attributes.
	Also func(name string, attr func(name string) string, e Element) Element
}
