package logos_test

import (
	"image"
	"testing"

	"consentry/redact/logos/logotest"
)

// The floors lie a little below what bench/logos_test.go measures on all logos,
// sizes and distortions. Most stray boxes are of one scene: a blurred slide whose
// rows of dots look like one of the emblems made small.
func TestRecall(t *testing.T) {
	all := marks(t)
	grounds := []*image.NRGBA{photo(t, 2), nil, photo(t, 4)}
	var sum logotest.Tally
	for _, i := range []int{7, 13, 23, 31} {
		d := detector(t, all[i])
		for j, bucket := range logotest.Buckets {
			for k := j % 3; k < len(logotest.Distortions); k += 3 {
				s := logotest.Compose(all[i], grounds[(i+j+k)%len(grounds)], bucket, logotest.Distortions[k], uint64(100*i+10*j+k))
				fs, err := d.Detect(t.Context(), logotest.Page(s.Image))
				if err != nil {
					t.Fatal(err)
				}
				sum.Add(fs, s.Box)
			}
		}
	}
	if sum.Logos != 80 || sum.Review < 72 || sum.Sure < 64 || sum.Stray > 30 || sum.StraySure > 2 {
		t.Errorf("of %d logos %d found, %d sure; %d stray boxes, %d sure", sum.Logos, sum.Review, sum.Sure, sum.Stray, sum.StraySure)
	}
}

func TestStrays(t *testing.T) {
	all := marks(t)
	d := detector(t, all[1], all[5], all[9], all[23], all[29], all[31])
	var sum logotest.Tally
	for _, n := range []int{2, 5} {
		fs, err := d.Detect(t.Context(), logotest.Page(photo(t, n)))
		if err != nil {
			t.Fatal(err)
		}
		sum.Add(fs, image.Rectangle{})
	}
	if sum.Stray > 4 || sum.StraySure > 0 {
		t.Errorf("%d stray boxes, %d sure, for 6 logos in 2 photos without them", sum.Stray, sum.StraySure)
	}
}

// Several logos in one picture are told apart.
func TestTellsApart(t *testing.T) {
	all := marks(t)
	d := detector(t, all[7], all[19], all[23])
	for _, i := range []int{7, 19, 23} {
		s := logotest.Compose(all[i], nil, logotest.Buckets[2], "plain", uint64(i))
		fs, err := d.Detect(t.Context(), logotest.Page(s.Image))
		if err != nil {
			t.Fatal(err)
		}
		seen := false
		for _, f := range fs {
			seen = seen || f.Ref == all[i].Name && logotest.Found(f.Region.Box, s.Box)
			if f.Ref != all[i].Name && logotest.Found(f.Region.Box, s.Box) {
				t.Errorf("%s was taken for %s", all[i].Name, f.Ref)
			}
		}
		if !seen {
			t.Errorf("%s was not found", all[i].Name)
		}
	}
}
