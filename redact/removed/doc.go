// Package removed knows when a text that was removed is still there: how texts
// are folded to be compared, in which bytes a text may be written, and which
// occurrences are something else. The attacks on all formats share it.
package removed
