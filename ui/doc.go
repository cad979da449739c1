// Package ui is the window of Consentry, and the only room that imports Fyne.
//
// state/ is pure Go: the open case, its findings filtered and sorted, jobs,
// the key table, settings. widgets/ draws what Fyne has not: boxes on a photo,
// marked text, buttons with their key. screens/ puts them together, each screen
// behind a narrow interface. This package holds the window, the rail and the
// wiring. Workers hand results over in handover.go and nowhere else.
package ui
