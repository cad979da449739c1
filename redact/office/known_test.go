package office

import "testing"

func TestProgramNames(t *testing.T) {
	for _, s := range []string{"Heading 1", "TOCHeading", "Title Slide", "Two Content", "Vertical Title and Text", "图片 3", "Office Theme", "WW8Num12z0", "HeaderandFooter", "Table Contents", "Notes Placeholder 2", "Endnote Characters", "FootnoteAnchor", "User Index 10", "{0F3A2B1C-11}"} {
		if !programName(s) {
			t.Errorf("%q counts as somebody's", s)
		}
	}
	for _, s := range []string{"Petrova", "Title of Petrova", "TOCPetrova", "海川主题", "Li Na 3"} {
		if programName(s) {
			t.Errorf("%q counts as a program's", s)
		}
	}
	if !numbered("a:p", "Click to edit Master title style") || numbered("a:p", "Click to edit Master Petrova") || numbered("a:p", "Two") {
		t.Error("what a master asks for")
	}
}
