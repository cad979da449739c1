package ocr

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
)

// Numbers of onnx.proto: ModelProto.metadata_props, StringStringEntryProto.
const (
	modelMetadata = 14
	entryKey      = 1
	entryValue    = 2
)

// errKeys says that a recognition model does not tell its characters.
var errKeys = errors.New("the model does not list its characters")

// keys are the characters of a recognition model by class: PP-OCR's exporters
// put them, one a line, into the metadata of the ONNX file. Class 0 is the blank
// of CTC, the last one the space.
func keys(model []byte) ([]string, error) {
	list := ""
	for b := model; len(b) > 0; {
		num, typ, n := protowire.ConsumeTag(b)
		if n < 0 {
			return nil, fmt.Errorf("%w: %w", errKeys, protowire.ParseError(n))
		}
		b = b[n:]
		if num != modelMetadata || typ != protowire.BytesType {
			if n = protowire.ConsumeFieldValue(num, typ, b); n < 0 {
				return nil, fmt.Errorf("%w: %w", errKeys, protowire.ParseError(n))
			}
			b = b[n:]
			continue
		}
		entry, n := protowire.ConsumeBytes(b)
		if n < 0 {
			return nil, fmt.Errorf("%w: %w", errKeys, protowire.ParseError(n))
		}
		b = b[n:]
		if key, value := entryOf(entry); key == "character" {
			list = value
		}
	}
	list = strings.TrimSuffix(list, "\n")
	if list == "" {
		return nil, errKeys
	}
	out := append([]string{""}, strings.Split(list, "\n")...)
	for i, k := range out {
		if k = strings.TrimSuffix(k, "\r"); !utf8.ValidString(k) {
			return nil, fmt.Errorf("%w: class %d is no text", errKeys, i)
		}
		out[i] = k
	}
	return append(out, " "), nil
}

func entryOf(b []byte) (key, value string) {
	for len(b) > 0 {
		num, typ, n := protowire.ConsumeTag(b)
		if n < 0 {
			return "", ""
		}
		b = b[n:]
		if typ != protowire.BytesType {
			if n = protowire.ConsumeFieldValue(num, typ, b); n < 0 {
				return "", ""
			}
			b = b[n:]
			continue
		}
		v, n := protowire.ConsumeBytes(b)
		if n < 0 {
			return "", ""
		}
		b = b[n:]
		switch num {
		case entryKey:
			key = string(v)
		case entryValue:
			value = string(v)
		}
	}
	return key, value
}
