package i18n

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"consentry/authz"
	"consentry/cmd/consentry-desktop/acts"
	"consentry/internal/casework"
	"consentry/ui/state"
	"consentry/ui/theme"
)

func TestSameKeys(t *testing.T) {
	zh, en := For("zh"), For("en")
	for _, k := range zh.Keys() {
		if !en.Has(k) {
			t.Errorf("en.json lacks %s", k)
		}
	}
	for _, k := range en.Keys() {
		if !zh.Has(k) {
			t.Errorf("zh-Hans.json lacks %s", k)
		}
	}
	if len(zh.Keys()) < 100 {
		t.Errorf("only %d keys", len(zh.Keys()))
	}
}

var (
	holes = regexp.MustCompile(`\{[a-z]+\}`)
	// Signs that the font draws full width, in English strings.
	fullWidth = regexp.MustCompile(`[…×·“”‘’—]`)
)

func TestPlaceholdersAgree(t *testing.T) {
	zh, en := For("zh"), For("en")
	for _, k := range zh.Keys() {
		a := slices.Compact(slices.Sorted(slices.Values(holes.FindAllString(zh.words[k], -1))))
		b := slices.Compact(slices.Sorted(slices.Values(holes.FindAllString(en.words[k], -1))))
		// A word may leave its number out where it stands beside it.
		a, b = slices.DeleteFunc(a, isN), slices.DeleteFunc(b, isN)
		if !slices.Equal(a, b) {
			t.Errorf("%s: placeholders %v and %v", k, a, b)
		}
		if fullWidth.MatchString(en.words[k]) && k != "lang.zh" {
			t.Errorf("%s: the English words hold a sign that is drawn full width", k)
		}
		if strings.ContainsAny(zh.words[k], "!！") || strings.Contains(zh.words[k], "您") {
			t.Errorf("%s: 您 or an exclamation mark", k)
		}
	}
}

func isN(s string) bool { return s == "{n}" }

// Every key in the sources exists, and every key made of a prefix and a value.
func TestKeysInUseExist(t *testing.T) {
	used := regexp.MustCompile(`(?:\.T|fact|button|field|row)\("([a-z0-9.-]+)"[,)]`)
	made := regexp.MustCompile(`\.T\("([a-z0-9.-]+)"\s*\+`)
	w := For("zh")
	prefixes := map[string]bool{}
	n := 0
	err := filepath.WalkDir("..", func(p string, e os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		for _, m := range used.FindAllSubmatch(b, -1) {
			n++
			if !w.Has(string(m[1])) {
				t.Errorf("%s uses %s", p, m[1])
			}
		}
		for _, m := range made.FindAllSubmatch(b, -1) {
			prefixes[string(m[1])] = true
		}
		return nil
	})
	if err != nil || n < 50 {
		t.Fatalf("%d keys found: %v", n, err)
	}
	var values = map[string][]string{
		"kind.":    {"person", "organisation", "face", "location", "phone", "email", "resident-id", "other", "drawn", "qr-code", "logo"},
		"verdict.": {"hide", "ask", "show"}, "lang.": Languages,
		"exempt.":       {casework.ExemptAllowed, casework.ExemptCleared},
		"answered.":     {string(casework.Identify), string(casework.HideIt), string(casework.Clear)},
		"key.":          {"space", "delete", "left", "right", "up", "down", "pageup", "pagedown"},
		"holds.":        {"face", "logo", "other", "qr-code"},
		"search.":       {"normal", string(casework.Thorough), string(casework.MissNothing)},
		"cover.":        {string(casework.CoverFace), string(casework.CoverPerson)},
		"answer.":       {string(state.No), string(state.Identify), string(state.HideIt), string(state.ClearIt), string(state.DeleteIt), string(state.Yes)},
		"panel.tier.":   {"sure", "review"},
		"job.":          {string(casework.StepIngest), string(casework.StepScan), string(casework.StepSearch), string(casework.StepApply), string(casework.StepVerify), string(casework.StepExport)},
		"step.":         {"add", "scan", "review", "apply", "sign", "export"},
		"tab.":          {"question", "list", "people"},
		"browse.place.": {"home", "desktop", "documents", "downloads", "pictures"},
		"like.":         {casework.WhyFaceMatch, casework.WhyFaceFar, casework.WhyFaceUnclear, casework.WhyFaceDoubt, casework.WhyFaceTwice, casework.WhyFaceRival},
		"mode.":         {string(casework.Anonymise), string(casework.Pseudonymise)},
		"style.":        {"solid", "mosaic", "blur"},
		"part.":         state.PartWords(),
		"size.":         {"100", "125", "150", "175", "200"},
		"room.":         {"home", "case", "registry", "approvals", "published", "settings"},
	}
	for i := range 12 {
		values["month."] = append(values["month."], strconv.Itoa(i+1))
	}
	for i := range 7 {
		values["weekday."] = append(values["weekday."], strconv.Itoa(i))
	}
	for _, k := range state.TaskKinds {
		values["task.do."] = append(values["task.do."], string(k))
		if k != state.TaskRecall && k != state.TaskBack && k != state.TaskApprove {
			values["task."] = append(values["task."], string(k))
		}
	}
	for _, f := range state.ReleaseFilters {
		values["released."] = append(values["released."], string(f))
	}
	for _, c := range []casework.Cause{casework.CauseSensitive, casework.CauseFaces, casework.CausePublish, casework.CausePseudonym, casework.CausePartner, casework.CauseAbroad} {
		values["cause."] = append(values["cause."], string(c))
	}
	values["set."], values["set.style."], values["wording."], values["set.wording."] = state.SettingSections, values["style."], []string{"letters", "general"}, []string{"letters", "general"}
	values["attack."], values["approve.mode."] = state.AttackWords, values["mode."]
	values["stands."] = []string{string(casework.StandsNew), string(casework.StandsAsking), string(casework.StandsReady), string(casework.StandsWaiting), string(casework.StandsSentBack), string(casework.StandsReleased)}
	for _, a := range state.Agreements {
		values["agreed."] = append(values["agreed."], string(a))
	}
	values["grant."] = []string{"written", "separate", "voluntary", "authority", "onward", "complete"}
	values["consent.kind."], values["givenby."] = state.ConsentKinds, []string{"self", "guardian", "other"}
	for _, k := range state.GroundKinds {
		values["ground.is."] = append(values["ground.is."], string(k))
	}
	values["ground.stands."] = []string{string(state.GroundWaits), string(state.GroundApproved), string(state.GroundRevoked), string(state.GroundEnded)}
	values["ground."] = []string{"contract", "clause", "provision", "incident", "note", "source", "scope", "case"}
	for _, j := range authz.Jobs {
		values["job.is."] = append(values["job.is."], string(j))
		values["job.what."] = append(values["job.what."], string(j))
	}
	for _, o := range state.Owns {
		values["own.is."] = append(values["own.is."], string(o))
		values["own.what."] = append(values["own.what."], string(o))
	}
	values["name."] = []string{"alias", "former", "pinyin", "brand", "short"}
	values["export.as."], values["receipt.as."] = []string{"csv", "xlsx", "jsonld", "vcf"}, []string{"pdf", "md", "json"}
	for _, y := range acts.Whys() {
		values["wrong."] = append(values["wrong."], string(y))
	}
	values["doctor.is."] = []string{"verified", "missing", "changed"}
	values["letter."] = []string{"letter", "form", "withdrawal", "mail"}
	values["handler."] = []string{"name", "address", "contact", "storage", "withdrawal", "officer", "rights", "security", "name.hint", "address.hint", "contact.hint", "storage.hint", "withdrawal.hint", "officer.hint", "rights.hint", "security.hint", "days", "days.hint", "years", "years.hint"}
	values["recipient."] = []string{"name", "contact", "purpose", "method", "kinds", "rights"}
	values["grid.why."] = []string{"shows-mismatch", "quote-text-differs", "figures-not-approved"}
	values["grid."] = []string{"name", "portrait", "post", "company", "quote", "logo", "story", "figures"}
	values["reply.is."] = []string{"given", "refused", "deferred"}
	values["due.is."] = state.DueWhats
	for _, f := range state.PeopleFilters {
		values["people."] = append(values["people."], string(f))
	}
	values["refused."] = []string{"package", "irregular", "empty", "type", "password", "large", "permission", "gone", "damaged", "changed"}
	values["intake."] = []string{"call", "e-mail", "letter", "message", "in-person"}
	values["subject."] = []string{"phone", "email", "address", "now", "alias", "former", "pinyin", "company", "post", "since", "guardian", "relationship", "brand", "domains", "credit", "general", "contract", "clause", "logo", "quotes", "organ", "confidential", "deceased", "phones", "emails", "note", "keep"}
	values["subject.kind."] = []string{string(authz.Person), string(authz.Organisation)}
	values["evidence."] = []string{authz.OfAnswer, authz.OfGrant, authz.OfRefusal, authz.OfWithdrawal, authz.OfGuardian, authz.OfLicence, authz.OfNotice, authz.OfSource}
	values["lack."] = []string{"file", "request", "purpose", "channel", "territory", "shows", "until", "notice", "evidence", "licence", "work", "source", "keep", "folder", "necessity", "recipient", "handler.name", "handler.address", "handler.contact", "handler.storage", "handler.withdrawal"}
	values["missing."] = []string{"kind", "name", "age", "intake", "future", "past",
		"to", "number", "replyby", "backwards", "separate",
		"guardian", "of", "version", "reason", "text", "job", "facematch", "photo", "face", "backup", "key", "purge.none", "purge.today", "ground.kind", "ground.contract", "ground.provision", "ground.incident", "ground.note", "ground.source", "ground.own", "days", "assessment", "group.same", "where", "partner", "nobody", "answer", "sure", "day", "judgement", "rating", "ledger", "passphrase", "newpassphrase", "passphrases", "notyours", "empty"}
	for _, l := range theme.Looks {
		values["look."] = append(values["look."], string(l))
	}
	for _, m := range state.Menus {
		values["menu."] = append(values["menu."], string(m))
	}
	for _, f := range state.Filters {
		values["filter."] = append(values["filter."], string(f))
	}
	for _, k := range state.Keys {
		values["cmd."] = append(values["cmd."], string(k.Command))
	}
	values["unsure."], values["writing."], values["writing.what."] = []string{"ask", "hide"}, []string{"changes", "search", "snap"}, []string{"changes", "search", "snap"}
	values["handler.is."], values["rate."], values["risk."] = []string{"company", "public-body", "association"}, append([]string{"none"}, casework.Rates...), casework.Risks
	values["start."] = []string{"make.title", "make.what", "unlock.title", "unlock.what"}
	for p := range prefixes {
		if len(values[p]) == 0 && p != "role." {
			t.Errorf("keys beginning with %s are made in the sources, but this test has no values for them", p)
		}
	}
	for p := range values {
		for _, v := range values[p] {
			if !w.Has(p + v) {
				t.Errorf("no words for %s%s", p, v)
			}
		}
	}
}

func TestT(t *testing.T) {
	en := For("en_US.UTF-8")
	for want, got := range map[string]string{
		"1 file": en.T("files", "n", 1), "3 files": en.T("files", "n", 3),
		"7 of 18": en.T("job.count", "n", 7, "of", 18), "no.such.key": en.T("no.such.key"),
		"第 7 个，共 18 个":       For("zh_CN.UTF-8").T("job.count", "n", 7, "of", 18),
		"删除 Tobias Renn 的登记": For("zh").T("erase.title", "name", "Tobias Renn"), "删除顾昀的登记": For("zh").T("erase.title", "name", "顾昀"),
		"Erase the record of 顾昀": en.T("erase.title", "name", "顾昀"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A note is a whole sentence and ends in a full stop, as does whatever has two
// sentences, and what goes wrong; a label, a command and what is missing end in none. Both
// languages end alike. A text that leads to what stands after it ends in a colon, and one
// that ends in a hole ends as that does.
func TestFullStops(t *testing.T) {
	zh, en := For("zh"), For("en")
	two := regexp.MustCompile(`\pL[.。] ?\pL`)
	ends := func(s string) string {
		switch s = strings.TrimSpace(s); {
		case strings.HasSuffix(s, "。"), strings.HasSuffix(s, "."):
			return "stop"
		case strings.HasSuffix(s, ":"), strings.HasSuffix(s, "："), strings.HasSuffix(s, "}"):
			return "open"
		}
		return ""
	}
	for _, k := range zh.Keys() {
		if k == "stop" || k == "sep" {
			continue
		}
		all := append(strings.Split(zh.words[k], "|"), strings.Split(en.words[k], "|")...)
		for _, s := range all {
			got, want := ends(s), ends(all[0])
			switch {
			case strings.HasSuffix(k, ".what"), strings.HasPrefix(k, "wrong.") && k != "wrong.title" && k != "wrong.copy", two.MatchString(s):
				want = "stop"
			case strings.HasPrefix(k, "missing."), strings.HasPrefix(k, "cmd."), strings.HasSuffix(k, ".title"), strings.HasSuffix(k, ".do"), strings.HasSuffix(k, ".hint"):
				want = ""
			}
			if got != want && got != "open" && want != "open" {
				t.Errorf("%s: %q ends in %q, want %q", k, s, got, want)
			}
		}
	}
}
