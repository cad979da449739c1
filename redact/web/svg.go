package web

import "errors"

func (r *reader) scanXML() { r.err = errors.New("to come") }
