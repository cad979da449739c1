// Command opencc makes redact/fold/simplified.txt from OpenCC's dictionary of
// characters (https://github.com/BYVoid/OpenCC, data/dictionary/TSCharacters.txt,
// Apache-2.0):
//
//	go run ./redact/fold/opencc <TSCharacters.txt >redact/fold/simplified.txt
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

func main() {
	lines, err := convert(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range lines {
		fmt.Println(l)
	}
}

// convert reads lines of a traditional character, a tab, and its simplified forms
// parted by spaces, and gives lines of two runes: the character and its usual
// form, where that is another one. A form that is itself simplified further is followed.
func convert(r io.Reader) ([]string, error) {
	to := map[rune]rune{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		l := lines.Text()
		if l == "" || l[0] == '#' {
			continue
		}
		from, forms, ok := strings.Cut(l, "\t")
		if !ok || utf8.RuneCountInString(from) != 1 {
			return nil, fmt.Errorf("line %q: not a character and its forms", l)
		}
		// The first form is the usual one. What is usually left as it is is another
		// character: 李淼 is not 李渺, 沈 not 沉.
		if f := strings.Fields(forms); len(f) > 0 && f[0] != from && utf8.RuneCountInString(f[0]) == 1 {
			to[[]rune(from)[0]] = []rune(f[0])[0]
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read characters: %w", err)
	}
	var out []string
	for from, t := range to {
		for range 4 { // longer ways, and rings, are not followed
			if next, ok := to[t]; ok && next != from {
				t = next
			}
		}
		if t != from {
			out = append(out, string([]rune{from, t}))
		}
	}
	slices.Sort(out)
	return out, nil
}
