package authz

// use asks whether the publication is fully stated, in words of the pack.
func (p *Pack) use(f Facts) string {
	u, v := f.Use, p.Vocabulary
	if u.Purpose == "" || u.Channel == "" || u.Territory == "" || u.At.IsZero() || len(u.Shows) == 0 {
		return useIncomplete
	}
	known := v.Purposes.Has(string(u.Purpose)) && v.Channels.Has(string(u.Channel)) && v.Territories.Has(string(u.Territory))
	for _, s := range u.Shows {
		known = known && v.Shows.Has(string(s))
	}
	for _, k := range u.Kinds {
		known = known && v.Kinds.Has(k)
	}
	switch f.Claim.Exception {
	case "", exceptionScene, exceptionNews:
	default:
		known = false
	}
	if !known {
		return vocabularyUnknown
	}
	return ""
}

// region asks whether the place is hidden whoever it shows.
func (p *Pack) region(f Facts) string {
	switch {
	case f.DrawnHide:
		return drawnByPerson
	case f.Overlaps:
		return overlap
	}
	return ""
}
