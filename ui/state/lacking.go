package state

// A want is something that a form asks for, by its key, and whether it is there.
type want struct {
	key   string
	there bool
}

// lacking are the keys of what is not there, in the order of the form.
func lacking(ws []want) (keys []string) {
	for _, w := range ws {
		if !w.there {
			keys = append(keys, w.key)
		}
	}
	return keys
}

// first is the first key, or empty.
func first(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return keys[0]
}
