package sandbox

// NoDumps keeps the system from writing this program's memory to a file when it
// crashes, and other programs of the same user from reading it: names, keys and
// passphrases stand in it. What the system does not offer is left alone; the program
// runs all the same.
func NoDumps() { noDumps() }
