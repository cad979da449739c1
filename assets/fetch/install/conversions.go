package install

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"consentry/assets"
	"consentry/assets/convert"
	"consentry/assets/convert/spacy"
)

// conversion writes what it makes of the members that dir holds.
type conversion func(dir fs.FS, members []assets.Member, w io.Writer) error

// conversions are the values that convert can have in models.lock.
var conversions = map[string]conversion{
	"free-dims": bytesOf(1, func(b [][]byte) ([]byte, error) { return convert.FreeDims(b[0]) }),
	"dlib-resnet": bytesOf(2, func(b [][]byte) ([]byte, error) {
		return convert.DlibResNet(b[0], b[1]) // manifest, weights
	}),
	"yunet":        bytesOf(1, func(b [][]byte) ([]byte, error) { return convert.YuNet(b[0]) }),
	"sface":        bytesOf(1, func(b [][]byte) ([]byte, error) { return convert.SFace(b[0]) }),
	"spacy":        pipeline(spacy.Convert),
	"spacy-tagger": pipeline(spacy.ConvertTagger),
}

// pipeline makes a conversion of one of a spaCy pipeline's folder; the first
// member is its config.cfg.
func pipeline(convert func(fs.FS, io.Writer) error) conversion {
	return func(dir fs.FS, members []assets.Member, w io.Writer) error {
		if len(members) == 0 {
			return errors.New("conversion needs the files of a pipeline")
		}
		root, err := fs.Sub(dir, path.Dir(members[0].Path))
		if err != nil {
			return err
		}
		return convert(root, w)
	}
}

// bytesOf makes a conversion of a function over the bytes of n members.
func bytesOf(n int, f func([][]byte) ([]byte, error)) conversion {
	return func(dir fs.FS, members []assets.Member, w io.Writer) error {
		if len(members) != n {
			return fmt.Errorf("conversion takes %d files, models.lock names %d", n, len(members))
		}
		var in [][]byte
		for _, m := range members {
			b, err := fs.ReadFile(dir, m.Path)
			if err != nil {
				return err
			}
			in = append(in, b)
		}
		out, err := f(in)
		if err != nil {
			return err
		}
		_, err = w.Write(out)
		return err
	}
}
