package spacy

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"

	"consentry/redact/names/spacy"
)

// ConvertTagger reads the folder of a spaCy 3.8 pipeline of en_core_web_sm's
// architecture and writes the file of its tagger with the layers that it shares
// with others. The same folder always gives the same bytes.
func ConvertTagger(model fs.FS, w io.Writer) error {
	c := converter{from: model}
	var out spacy.TagWeights
	of := map[string][][]*spacy.Tensor{}
	for i := range out.Embed {
		of["hashembed"] = append(of["hashembed"], []*spacy.Tensor{&out.Embed[i]})
	}
	layers := []*spacy.Layer{&out.Mix}
	for i := range out.Encode {
		layers = append(layers, &out.Encode[i])
	}
	for _, l := range layers {
		of["maxout"] = append(of["maxout"], []*spacy.Tensor{&l.W, &l.B})
		of["layernorm"] = append(of["layernorm"], []*spacy.Tensor{&l.Gain, &l.Bias})
	}
	if _, err := c.layers("tok2vec/model", of); err != nil {
		return fmt.Errorf("convert spaCy tagger: %w", err)
	}
	if _, err := c.layers("tagger/model", map[string][][]*spacy.Tensor{"softmax": {{&out.Output, &out.OutputB}}}); err != nil {
		return fmt.Errorf("convert spaCy tagger: %w", err)
	}
	b, err := fs.ReadFile(model, "tagger/cfg")
	if err != nil {
		return fmt.Errorf("convert spaCy tagger: %w", err)
	}
	var cfg struct {
		Labels []string `json:"labels"`
	}
	if err := json.Unmarshal(b, &cfg); err != nil {
		return fmt.Errorf("convert spaCy tagger: read tagger/cfg: %w", err)
	}
	out.Tags = cfg.Labels
	return out.Write(w)
}
