package main

import (
	"archive/zip"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"consentry/authz"
)

// registryBench runs commands under names.
type registryBench struct{ *bench }

// as runs a command that has to succeed and returns what it printed.
func (b registryBench) as(name string, args ...string) string {
	b.t.Helper()
	r := b.run(append([]string{"--as", name}, args...)...)
	if r.code != exitDone {
		b.t.Fatalf("%s: %v: code %d: %s", name, args, r.code, r.stderr)
	}
	return strings.TrimSpace(r.stdout)
}

// not runs a command that has to fail with a sentence.
func (b registryBench) not(name, sentence string, args ...string) {
	b.t.Helper()
	r := b.run(append([]string{"--as", name}, args...)...)
	if r.code == exitDone || !strings.Contains(r.stderr, sentence) {
		b.t.Errorf("%s: %v: code %d, %q, want %q", name, args, r.code, r.stderr, sentence)
	}
}

// explained is what consent explain says of a case study on the website.
func (b registryBench) explained(who string, flags ...string) (verdict, reason string) {
	b.t.Helper()
	r := b.run(append([]string{"consent", "explain", who, "--for", "case-study", "--channel", "website", "--json"}, flags...)...)
	var a struct {
		Verdict, Reason, Why, Law string
	}
	if err := json.Unmarshal([]byte(r.stdout), &a); err != nil || a.Why == "" {
		b.t.Fatalf("explain: %v: %q %s", err, r.stdout, r.stderr)
	}
	return a.Verdict, a.Reason
}

func (b registryBench) wants(who, verdict, reason string, flags ...string) {
	b.t.Helper()
	if v, r := b.explained(who, flags...); v != verdict || reason != "" && r != reason {
		b.t.Errorf("%s %v: %s %s, want %s %s", who, flags, v, r, verdict, reason)
	}
}

var grantFlags = []string{"--for", "case-study", "--channel", "website", "--shows", "name,post", "--until", "2027-12-31",
	"--notice", "notice.md", "--notice-complete", "--evidence", "form.txt", "--written", "--separate", "--voluntary"}

// Three people of different jobs keep a registry: who may what, from the first
// entry to the copy for the person and the erasure.
func TestRegistryByJobs(t *testing.T) {
	t.Parallel()
	b := registryBench{newBench(t)}
	b.write("notice.md", "告知书，第一版\n")
	b.write("form.txt", "我同意。\n")
	// Until somebody is put on the list, the vault is its holder's, by whatever name.
	b.as("路人", "subject", "list")
	b.as("路人", "subject", "add", "--kind", "organisation", "--name", "云岚科技有限公司")
	const founder = "周敏"
	for name, job := range map[string]string{"陈静": "sales", "韩宁": "legal", "何阳": "marketer"} {
		b.as(founder, "vault", "user", "add", name, "--job", job)
	}
	b.not("过客", "not among your jobs", "subject", "add", "--kind", "person", "--name", "张无名")
	b.not("陈静", "not among your jobs", "vault", "user", "add", "张三", "--job", "legal")
	b.not(founder, "none of", "vault", "user", "add", "张三", "--job", "owner")
	b.not(founder, "has to keep the vault", "vault", "user", "remove", founder)
	b.not("陈静", "not among your jobs", "clear", "in", "--for", "case-study", "--channel", "website", "-o", "out")

	lin := b.as("陈静", "subject", "add", "--kind", "person", "--name", "林知遥", "--phone", "+86 138-0013-8000", "--email", "Lin@Example.test",
		"--company", "云岚科技", "--post", "采购总监", "--since", "2024-03-01")
	for _, who := range []string{"林知遥", "13800138000", "lin@example.test", "Lin Zhiyao", lin} {
		if out := b.as("何阳", "subject", "show", who); !strings.Contains(out, "采购总监") || !strings.Contains(out, lin) {
			t.Errorf("show %s: %s", who, out)
		}
	}
	b.wants("林知遥", "hide", "no-consent")
	b.wants("从未登记", "hide", "no-match")

	// Sales records what the form says. It covers nothing until legal confirms it.
	id := b.as("陈静", append([]string{"consent", "grant", "林知遥"}, grantFlags...)...)
	b.wants("林知遥", "hide", "state-unknown")
	b.not("陈静", "not among your jobs", "consent", "confirm", id)
	b.not("何阳", "not among your jobs", "consent", "confirm", id)
	b.as("韩宁", "consent", "confirm", id)
	b.not("韩宁", "awaits confirmation", "consent", "confirm", id)
	b.wants("林知遥", "show", "consent-covers", "--shows", "name,post")
	b.wants("林知遥", "hide", "", "--channel", "press")
	b.wants("林知遥", "hide", "", "--on", "2028-01-01")

	// The evidence is sealed and comes out as it went in.
	sum := regexp.MustCompile(`[0-9a-f]{64}`).FindString(b.as("何阳", "evidence", "list", "林知遥"))
	b.as("韩宁", "evidence", "get", sum, "-o", "back.txt")
	if got, err := os.ReadFile(b.path("back.txt")); err != nil || string(got) != "我同意。\n" {
		t.Errorf("evidence came out as %q, %v", got, err)
	}

	// A withdrawal is anybody's to record, and counts at once; many come in a table.
	b.as("过客", "consent", "withdraw", "林知遥", "--intake", "call", "--received", "2026-11-01")
	b.wants("林知遥", "hide", "state-withdrawn")
	b.write("form.txt", "我们同意。\n")
	for _, n := range []string{"欧阳星野", "慕容清"} {
		b.as("陈静", "subject", "add", "--kind", "person", "--name", n)
		b.as("韩宁", append([]string{"consent", "grant", n}, grantFlags...)...)
		b.wants(n, "show", "")
	}
	b.write("noes.csv", "\ufeff姓名,撤回途径,收到日期\n欧阳星野,邮件,2026-11-02\n查无此人,来电,\n慕容清,来电,昨天\n")
	if r := b.run("consent", "withdraw", "--csv", "noes.csv"); r.code != exitError || !strings.Contains(r.stderr, "line 3") || strings.Contains(r.stderr, "昨天") {
		t.Errorf("a table of withdrawals: %d %s", r.code, r.stderr)
	}
	b.wants("欧阳星野", "hide", "state-withdrawn")
	b.wants("慕容清", "hide", "state-withdrawn")

	// A ground other than consent shows once somebody else approved it.
	b.as("陈静", "subject", "add", "--kind", "person", "--name", "司徒文远")
	g := b.as("何阳", "ground", "record", "司徒文远", "--basis", "2", "--contract-no", "HT-7", "--clause", "9.2", "--for", "case-study")
	b.wants("司徒文远", "ask", "marketing-needs-consent")
	b.not("何阳", "not among your jobs", "ground", "approve", g, "--reason", "x")
	b.not("韩宁", "has a reason", "ground", "approve", g)
	b.as("韩宁", "ground", "approve", g, "--reason", "the contract names the speaker")
	b.wants("司徒文远", "show", "basis-accepted")
	b.as("何阳", "ground", "revoke", g)
	b.wants("司徒文远", "hide", "no-consent")

	// What is kept of a person is handed over, and goes when it has to.
	b.not("陈静", "--to", "subject", "copy", "林知遥", "-o", "lin.zip")
	b.as("韩宁", "subject", "copy", "林知遥", "-o", "lin.zip", "--to", "林知遥")
	z, err := zip.OpenReader(b.path("lin.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name[:strings.IndexAny(f.Name+"/", "/.")])
	}
	if got := strings.Join(names, " "); got != "records notices evidence" {
		t.Errorf("the copy holds %s", got)
	}
	b.not("韩宁", "not among your jobs", "subject", "erase", lin, "--yes")
	b.not(founder, "say --yes", "subject", "erase", lin)
	b.as(founder, "subject", "erase", lin, "--yes")
	b.wants("林知遥", "hide", "no-match")
	b.not(founder, "no such", "evidence", "get", sum, "-o", "gone.txt")
	b.as("何阳", "ledger", "check")
	log := b.as("何阳", "ledger", "export")
	for _, action := range []string{"subject.add", "consent.record", "consent.confirm", "evidence.keep", "withdrawal.intake", "ground.approve", "subject.copy", "subject.erase", "user.change", "evidence.view"} {
		if !strings.Contains(log, action) {
			t.Errorf("the ledger does not tell of %s", action)
		}
	}
	for _, told := range []string{"林知遥", "陈静", "云岚", "13800138000", sum} {
		if strings.Contains(log, told) {
			t.Error("the ledger tells a name, a number or a digest of evidence")
		}
	}
}

// What a partner collected covers nothing without its leave and the evidence of that.
func TestPartnersConsent(t *testing.T) {
	t.Parallel()
	b := registryBench{newBench(t)}
	b.write("notice.md", "告知书\n")
	b.write("form.txt", "我同意。\n")
	b.write("licence.txt", "许可使用。\n")
	for _, c := range []struct {
		who, verdict, reason string
		flags                []string
	}{
		{"林知遥", "hide", "partner-no-onward", []string{"--collected-by", "partner"}},
		{"欧阳星野", "hide", "partner-no-onward", []string{"--collected-by", "合作方", "--licence", "licence.txt"}},
		{"慕容清", "hide", "partner-no-evidence", []string{"--collected-by", "partner", "--onward-use"}},
		{"司徒文远", "show", "consent-covers", []string{"--collected-by", "partner", "--onward-use", "--licence", "licence.txt"}},
	} {
		b.as("", "subject", "add", "--kind", "person", "--name", c.who)
		b.as("", append(append([]string{"consent", "grant", c.who}, grantFlags...), c.flags...)...)
		b.wants(c.who, c.verdict, c.reason)
	}
	if out := b.as("", "evidence", "list", "司徒文远"); !strings.Contains(out, "licence") {
		t.Errorf("the licence is not kept: %s", out)
	}
	b.not("", "neither us nor partner", append([]string{"consent", "grant", "林知遥", "--collected-by", "them"}, grantFlags...)...)
	b.not("", "no such file", append([]string{"consent", "grant", "林知遥", "--collected-by", "partner", "--licence", "none"}, grantFlags...)...)
}

// A release leans on consents: once one ends, it is to be taken down.
func TestRecall(t *testing.T) {
	t.Parallel()
	b := registryBench{newBench(t)}
	b.write("notice.md", "告知书\n")
	b.write("form.txt", "我同意。\n")
	b.write("story/one.md", "# 案例\n\n负责人林知遥女士说，项目很顺利。\n")
	b.as("", "subject", "add", "--kind", "person", "--name", "林知遥")
	b.as("", append([]string{"consent", "grant", "林知遥"}, grantFlags...)...)
	if r := b.clear("out", "story"); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	if out := b.as("", "recall"); strings.Contains(out, "R-") {
		t.Fatalf("before anything ended: %s", out)
	}
	raw, err := os.ReadFile(b.path("out/report.json"))
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`R-[0-9A-Za-z]+`).FindString(string(raw))
	b.as("", "case", "published", id, "https://example.test/case")
	b.as("", "consent", "withdraw", "林知遥", "--intake", "e-mail")
	out := b.as("", "recall", "--json")
	var got struct {
		Release  struct{ ID string }
		Lapses   []struct{ State authz.State }
		Takedown []struct{ Where string }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || got.Release.ID != id || len(got.Lapses) != 1 || got.Lapses[0].State != authz.Withdrawn ||
		len(got.Takedown) != 1 || got.Takedown[0].Where != "https://example.test/case" {
		t.Fatalf("after the withdrawal: %v %s", err, out)
	}
	if out := b.as("", "recall", "--since", "2999-01-01"); strings.Contains(out, "R-") {
		t.Errorf("since later: %s", out)
	}
	b.as("", "recall", "--taken-down", id)
	if out := b.as("", "recall", "--json"); strings.Contains(out, "example.test/case\",\"at") && !strings.Contains(out, `"takedown":null`) {
		t.Errorf("after it was taken down: %s", out)
	}
	b.not("", "does not stand", "recall", "--taken-down", id)
	// Made anew, the package leans on nothing that ended.
	if r := b.clear("out", "story"); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	if anew, err := os.ReadFile(b.path("out/files/one.md")); err != nil || strings.Contains(string(anew), "林知遥") {
		t.Error("the package made anew shows who withdrew", err)
	}
	b.as("", "ledger", "check")
}

// A request is made, comes back, is filed by its code, read and confirmed; the
// vault is backed up and stands up again elsewhere.
func TestRequestsAndBackup(t *testing.T) {
	t.Parallel()
	b := registryBench{newBench(t)}
	b.as("", "subject", "add", "--kind", "person", "--name", "林知遥", "--role", "contact")
	ask := []string{"request", "new", "林知遥", "--for", "case-study", "--channel", "website", "--shows", "name,post", "--until", "2027-12-31",
		"--work", "云岚案例", "--source", "本人提供", "--keep", "三年", "--form-lang", "zh", "-o", "letters"}
	b.not("", "handler is set first", ask...)
	b.as("", "handler", "set", "--name", "云岚科技有限公司", "--address", "杭州市文一路1号", "--contact", "privacy@yunlan.example",
		"--storage", "本公司服务器", "--withdrawal", "致电或写信", "--rights", "致电或写信", "--security", "加密保存")
	id := b.as("", ask...)
	names := b.files("letters/" + id)
	for _, want := range []string{"request-" + id + ".pdf", "consent-" + id + ".docx", "notice-" + id + ".md", "mail-" + id + ".eml"} {
		if names[want] == "" {
			t.Errorf("there is no %s among %d files", want, len(names))
		}
	}
	b.wants("林知遥", "hide", "state-requested")
	if out := b.as("", "request", "list"); !strings.Contains(out, "requested") || !strings.Contains(out, "云岚案例") {
		t.Errorf("list: %s", out)
	}
	if out := b.as("", "request", "file", "letters/"+id+"/consent-"+id+".pdf"); !strings.HasPrefix(out, id) {
		t.Errorf("filed as %s", out)
	}
	if r := b.run("request", "file", "pass"); r.code != exitError || !strings.Contains(r.stderr, "no code") {
		t.Errorf("a file without a code: %d %s", r.code, r.stderr)
	}
	if out := b.as("", "request", "list"); !strings.Contains(out, "came back") {
		t.Errorf("list: %s", out)
	}
	b.not("", "no more than what was asked", "request", "answer", id, "given", "--shows", "portrait")
	b.as("", "request", "answer", id, "given", "--shows", "name", "--written", "--separate", "--voluntary")
	b.wants("林知遥", "show", "consent-covers")
	b.wants("林知遥", "hide", "shows-mismatch", "--shows", "name,post")
	b.as("", "consent", "receipt", id, "-o", "receipt.json")
	b.as("", "subject", "export", "-o", "all.jsonld")
	b.as("", "subject", "export", "-o", "all.xlsx")
	if r := b.run("subject", "import", "all.xlsx", "--dry-run"); r.code != exitDone || !strings.Contains(r.stdout, "1 subjects, 1 consents, 0 problems") {
		t.Errorf("the workbook read again: %d %s %s", r.code, r.stdout, r.stderr)
	}

	b.as("", "vault", "backup", "copy.zip")
	key := b.as("", "vault", "recovery-key")
	b.write("key", key+"\n")
	b.write("new", "another horse\n")
	b.as("", "--vault", "elsewhere", "vault", "restore", "copy.zip")
	if out := b.as("", "--vault", "elsewhere", "consent", "list"); !strings.Contains(out, id) {
		t.Errorf("restored: %s", out)
	}
	b.as("", "vault", "recover", "--key-file", "key", "--new-file", "new")
	b.not("", "does not open", "consent", "list")
	b.write("pass", "another horse\n")
	b.as("", "ledger", "check")
	b.wants("林知遥", "show", "consent-covers")
	b.not("", "vault here already", "vault", "init")
}
