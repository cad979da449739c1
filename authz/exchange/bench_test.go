package exchange

import (
	"bytes"
	"fmt"
	"testing"

	"consentry/authz"
)

// benchRows are the rows of the benchmarks and of the test of duplicates.
const benchRows = 100_000

// many is a registry of invented people, each with a full consent.
func many(n int) Batch {
	b := Batch{Notices: []authz.Notice{{SHA256: aa, GivenAt: day8("2026-01-05"), Items: []string{"handler", "purpose", "method", "kinds", "retention", "rights"}}}}
	const family, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "一丁七三上下东中丰临丹丽久义之乐"
	f, g := []rune(family), []rune(given)
	for i := range n {
		id := authz.SubjectID(fmt.Sprintf("s-%07d", i))
		name := string(f[i%16]) + string(g[i/16%16]) + string(g[i/256%16])
		b.Subjects = append(b.Subjects, authz.Subject{ID: id, Kind: authz.Person, Names: []authz.Name{{Text: name}}, Role: "contact", Age: "adult",
			Company: fmt.Sprintf("公司%d", i/1000), Post: "经理", Contacts: []authz.Contact{{Kind: "phone", Value: fmt.Sprintf("138%08d", i)}, {Kind: "email", Value: fmt.Sprintf("a%d@example.com", i)}}})
		b.Consents = append(b.Consents, authz.Consent{ID: authz.ConsentID(fmt.Sprintf("c-%07d", i)), Subject: id, Kind: "publish", GivenBy: "self", CollectedBy: "us",
			Events: []authz.Event{{State: authz.Given, At: day8("2026-01-10")}}, Evidence: bb, Notice: aa, NoticeSHA256: aa, Voluntary: true, Separate: true, Written: true,
			Purposes: []authz.Purpose{"case-study", "website"}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN"},
			Shows: []authz.Shows{"name", "post"}, From: day8("2026-01-10"), Until: day8("2027-01-01")})
	}
	return b
}

func benchImport(b *testing.B, export func(Sheet, *bytes.Buffer, Batch) error) {
	s := sheet(b)
	var buf bytes.Buffer
	if err := export(s, &buf, many(benchRows)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(buf.Len()))
	for b.Loop() {
		got, err := s.ImportFile("", bytes.NewReader(buf.Bytes()), int64(buf.Len()), nil)
		if err != nil || len(got.Subjects) != benchRows || len(got.Problems) > 0 {
			b.Fatal(len(got.Subjects), err)
		}
	}
	b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkImportCSV(b *testing.B) {
	benchImport(b, func(s Sheet, w *bytes.Buffer, batch Batch) error { return s.Export(w, batch) })
}

func BenchmarkImportXLSX(b *testing.B) {
	benchImport(b, func(s Sheet, w *bytes.Buffer, batch Batch) error { return s.ExportXLSX(w, batch) })
}
