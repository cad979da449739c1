package text

import (
	"regexp"
	"strings"
)

// lineView is how far a line is looked at, in bytes on either side of a label.
const lineView = 1 << 10

var definition = regexp.MustCompile(`^ {0,3}\[[^\]]+\]:[ \t]*\S*$`)

// escape keeps a label from changing the Markdown around it: [电话] before "(" or
// ":" would become a link, a "|" would open a column, a space would end a link's
// destination. A label that needs nothing stays as it is.
func escape(label, before, after string) string {
	before = before[max(0, len(before)-lineView):]
	before = before[strings.LastIndexByte(before, '\n')+1:]
	after = after[:min(lineView, len(after))]
	if n := strings.IndexByte(after, '\n'); n >= 0 {
		after = after[:n]
	}
	if destination(before) {
		return strings.NewReplacer(" ", "%20", "\n", "%20").Replace(label)
	}
	if strings.Contains(before, "|") || strings.Contains(after, "|") {
		label = strings.NewReplacer("|", `\|`, "\r\n", " ", "\n", " ").Replace(label)
	}
	if strings.HasPrefix(label, "[") && strings.HasSuffix(label, "]") && after != "" && strings.IndexByte("([:", after[0]) >= 0 && !escaping(before) {
		label = `\` + label
	}
	return label
}

// destination reports whether a line that ends here stands inside the
// destination of a link, an image or a link definition.
func destination(line string) bool {
	if i := strings.LastIndex(line, "]("); i >= 0 && !strings.ContainsAny(line[i+2:], ") \t<") {
		return true
	}
	return definition.MatchString(line)
}

// escaping reports whether the line ends in a backslash that escapes what comes.
func escaping(line string) bool {
	n := len(line) - len(strings.TrimRight(line, `\`))
	return n%2 == 1
}
