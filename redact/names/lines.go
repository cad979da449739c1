package names

import (
	"strings"
)

// lineBefore is what stands before i on its line, without Markdown's signs.
func lineBefore(text []rune, i int) string {
	a := i
	for a > 0 && text[a-1] != '\n' && text[a-1] != '\r' && text[a-1] != '|' && i-a < 80 {
		a--
	}
	return strings.Trim(string(text[a:i]), " \t#>*-+_:0123456789.")
}
