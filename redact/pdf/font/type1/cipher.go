package type1

// The keys of the two ciphers (Adobe Type 1 Font Format, 7).
const (
	keyPrivate    = 55665
	keyCharstring = 4330
)

func decrypt(b []byte, key uint16) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		out[i] = c ^ byte(key>>8)
		key = (uint16(c)+key)*52845 + 22719
	}
	return out
}

func encrypt(b []byte, key uint16) []byte {
	out := make([]byte, len(b))
	for i, p := range b {
		out[i] = p ^ byte(key>>8)
		key = (uint16(out[i])+key)*52845 + 22719
	}
	return out
}
