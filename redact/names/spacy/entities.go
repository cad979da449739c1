package spacy

import "math"

// An Entity is a stretch of text that the model takes for a name.
type Entity struct {
	Start, End int     // runes of the text
	Label      string  // OntoNotes: PERSON, ORG, GPE, LOC, FAC, NORP, PRODUCT, DATE, …
	Score      float64 // of its least certain transition, 0 to 1
	Sure       bool    // what the model decided; otherwise a token it decided against, but not firmly
}

// Entities decides one transition per token, the best allowed one, as spaCy
// does. A token left outside every entity although an entity beginning there
// had a probability above doubt is given as well, unless doubt is 0: by itself,
// not Sure, with the likeliest of the labels that wanted accepts.
func (m *Model) Entities(text []rune, doubt float64, wanted func(label string) bool) []Entity {
	return m.EntitiesOf(m.Tokenize(text), doubt, wanted)
}

// EntitiesOf is Entities for a text that was cut already, by this model or by
// another of the same tokenizer.
func (m *Model) EntitiesOf(ts []Token, doubt float64, wanted func(label string) bool) []Entity {
	if len(ts) == 0 {
		return nil
	}
	on, _ := m.desks.Get().(*desk)
	if on == nil {
		on = &desk{}
	}
	defer m.desks.Put(on)
	d := decoding{m: m, ts: ts, states: m.states(ts, on), open: -1, hidden: make([]float32, Hidden), scores: make([]float32, len(m.kind)), probs: make([]float64, len(m.kind))}
	var out []Entity
	for i := range ts {
		best := d.step(i)
		if best < 0 {
			d.open = -1
			continue
		}
		p := d.probs[best]
		switch m.kind[best] {
		case 'B':
			d.open, d.label, d.least = i, m.label[best], p
		case 'I':
			d.least = min(d.least, p)
		case 'L':
			out = append(out, Entity{ts[d.open].Start, ts[i].End, m.labels[d.label], min(d.least, p), true})
			d.open = -1
		case 'U':
			out = append(out, Entity{ts[i].Start, ts[i].End, m.labels[m.label[best]], p, true})
		case 'O':
			if e, ok := d.doubted(i, doubt, wanted); ok {
				out = append(out, e)
			}
		}
	}
	return out
}

type decoding struct {
	m      *Model
	ts     []Token
	states []float32
	open   int // token that began the open entity, or -1
	label  int
	least  float64 // probability of the open entity's transitions so far
	hidden []float32
	scores []float32
	probs  []float64 // of the allowed transitions at this token
}

// step scores the transitions at token i and gives the best allowed one, or -1.
func (d *decoding) step(i int) int {
	const size = Hidden * statePieces
	seen := [context]int{i, -1, -1}
	if d.open >= 0 {
		seen[1], seen[2] = d.open, i-1
	}
	var sum [size]float32
	copy(sum[:], d.m.w.LowerB.Data)
	for f, t := range seen {
		adds := d.m.w.Pad.Data[f*size : (f+1)*size]
		if t >= 0 {
			adds = d.states[t*part+f*size : t*part+(f+1)*size]
		}
		for k, v := range adds {
			sum[k] += v
		}
	}
	for o := range d.hidden {
		d.hidden[o] = max(sum[2*o], sum[2*o+1])
	}
	matmul(d.m.w.Upper.Data, Hidden, d.hidden, Hidden, 1, d.m.w.UpperB.Data, d.scores, len(d.scores))
	best := -1
	for a, s := range d.scores {
		if d.allowed(a, i) && (best < 0 || s > d.scores[best]) {
			best = a
		}
	}
	total := 0.0
	for a, s := range d.scores {
		d.probs[a] = 0
		if best >= 0 && d.allowed(a, i) {
			d.probs[a] = math.Exp(float64(s - d.scores[best]))
			total += d.probs[a]
		}
	}
	for a := range d.probs {
		d.probs[a] /= total
	}
	return best
}

// allowed is the transition system: an entity does not begin with white space
// (it may end with some), and the last token must close it.
func (d *decoding) allowed(a, i int) bool {
	open, last, space := d.open >= 0, i+1 == len(d.ts), d.ts[i].Space
	switch d.m.kind[a] {
	case 'B':
		return !open && !last && !space && d.m.label[a] >= 0
	case 'I':
		return open && !last && d.m.label[a] == d.label
	case 'L':
		return open && d.m.label[a] == d.label
	case 'U':
		return !open && !space && d.m.label[a] >= 0
	}
	return !open
}

// doubted is the entity of token i alone that the model decided against.
func (d *decoding) doubted(i int, doubt float64, wanted func(string) bool) (Entity, bool) {
	if doubt <= 0 || d.ts[i].Space {
		return Entity{}, false
	}
	sums := make([]float64, len(d.m.labels))
	total, best := 0.0, -1
	for a, p := range d.probs {
		l := d.m.label[a]
		if l < 0 || d.m.kind[a] != 'B' && d.m.kind[a] != 'U' || !wanted(d.m.labels[l]) {
			continue
		}
		sums[l] += p
		total += p
		if best < 0 || sums[l] > sums[best] {
			best = l
		}
	}
	if best < 0 || total <= doubt {
		return Entity{}, false
	}
	return Entity{d.ts[i].Start, d.ts[i].End, d.m.labels[best], total, false}, true
}
