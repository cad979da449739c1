package coref

import (
	"regexp"
	"slices"
	"strings"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

// around gathers what stands beside each person: company, title, sex, numbers,
// role, and whether the text speaks of a namesake.
func (r *resolver) around() {
	for _, row := range r.rows {
		s := r.mentions[row[0]].sheet
		phones := map[int][]string{} // by line
		for _, p := range r.phones[s] {
			phones[p.line] = append(phones[p.line], p.key)
		}
		lines := byLine(r.mentions, row)
		columns := s.companyColumns()
		for k, mi := range row {
			m := &r.mentions[mi]
			if m.kind != redact.Person {
				continue
			}
			before, after := s.before(m), s.after(m)
			r.beside(row, k, before, after)
			m.another = table.another(before, after)
			m.role = table.roleOf(before, after)
			m.readTitle(before, after)
			if d := table.department.FindStringSubmatch(tail(before, 24)); d != nil {
				m.dept = d[1]
			}
			if m.name.shape == full || m.name.shape == latinFull {
				r.contacts(lines, phones, m)
				m.listed = listed(before, after)
			}
			r.tableRow(lines, columns, m)
		}
	}
	r.prune()
}

// prune drops numbers and addresses that stand beside people of different names,
// and mail boxes of a company: they tell nobody from another.
func (r *resolver) prune() {
	of := map[string]string{}
	for _, m := range r.mentions {
		for _, s := range slices.Concat(m.phones, m.mails) {
			if who, ok := of[s]; ok && who != m.name.core {
				of[s] = ""
			} else {
				of[s] = m.name.core
			}
		}
	}
	common := func(s string) bool {
		local, _, _ := strings.Cut(s, "@")
		return of[s] == "" || strings.HasPrefix(s, "400") || strings.HasPrefix(s, "800") || slices.Contains(table.Boxes, local)
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		m.phones = slices.DeleteFunc(m.phones, common)
		m.mails = slices.DeleteFunc(m.mails, common)
	}
}

// byLine groups the mentions of a sheet by the line they begin on.
func byLine(ms []mention, row []int) map[int][]int {
	lines := map[int][]int{}
	for _, mi := range row {
		lines[ms[mi].line] = append(lines[ms[mi].line], mi)
	}
	return lines
}

// clause is what stands around a name up to the next full stop or semicolon.
func clause(before, after string) string {
	if i := strings.LastIndexAny(before, "。;!?"); i >= 0 {
		before = before[i:]
	}
	if i := strings.IndexAny(after, "。;!?"); i >= 0 {
		after = after[:i]
	}
	return before + "\x00" + after
}

// With a company behind: 王磊(云岚精工), tom reed, head of quality at northmere.
var (
	behindZh = regexp.MustCompile(`^ ?[(|,:/] ?$`)
	behindEn = regexp.MustCompile(`^(?:,? ?(?:the |a |an )?(?:[a-z-]+ ){0,6}?(?:of|at|from|with|for|,)|,| ?\()(?: the)? ?$`)
	closeZh  = regexp.MustCompile(`^(?:的|[)|]| ?$|[\p{Han}]{0,10}?(?:经理|总监|总裁|主任|工程师|负责人|主管|代表|董事长|处长|厂长|院长|专员|顾问|创始人|教授|会计|职员|员工|店长|律师|医生|老师|ceo|cto|cio|cfo))`)
)

// beside finds the company that the text puts a name directly next to.
func (r *resolver) beside(row []int, k int, before, after string) {
	m := &r.mentions[row[k]]
	for i := k - 1; i >= max(0, k-3) && m.org == nil; i-- {
		o := &r.mentions[row[i]]
		if o.kind != redact.Organisation || o.end > m.start {
			continue
		}
		if o.line != m.line || m.start-o.end > 20 {
			break
		}
		between := m.sheet.fold(o.end, m.start)
		if table.post.MatchString(between) || enPost(between) {
			m.org = r.orgOf(o)
			m.former = table.Formerly.MatchString(tail(m.sheet.before(o), 20))
		}
		break
	}
	for i := k + 1; i < min(len(row), k+4) && m.org == nil; i++ {
		o := &r.mentions[row[i]]
		if o.kind != redact.Organisation || o.start < m.end {
			continue
		}
		if o.line != m.line || o.start-m.end > 60 {
			break
		}
		between := m.sheet.fold(m.end, o.start)
		switch {
		case behindZh.MatchString(between) && closeZh.MatchString(m.sheet.after(o)):
			m.org = r.orgOf(o)
		case behindEn.MatchString(between) && jobs(between):
			m.org = r.orgOf(o)
		}
		m.former = m.org != nil && table.Formerly.MatchString(between)
		break
	}
}

// enPost reports whether only a post stands between a company and a name:
// northmere's head of quality tom reed.
func enPost(s string) bool {
	rest, ok := strings.CutPrefix(s, "'s")
	words := strings.Fields(strings.Trim(rest, " ,"))
	if len(words) == 0 {
		return ok
	}
	for _, w := range words {
		if !lexicon.JobHeads[w] && !lexicon.JobWords[w] && !lexicon.EnglishTitles[w] {
			return false
		}
	}
	return true
}

// jobs reports whether between a name and a company stand a post's words only.
func jobs(s string) bool {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == ',' || r == '(' }) {
		if !lexicon.JobHeads[w] && !lexicon.JobWords[w] && !lexicon.EnglishTitles[w] && w != "formerly" && w != "former" && w != "with" && w != "who" && w != "works" && w != "leads" && w != "'s" {
			return false
		}
	}
	return true
}

var (
	titleBefore = regexp.MustCompile(`(?:` + alternatives() + `)[: ]?$`)
	titleAfter  = regexp.MustCompile(`^(?:[(,|:] ?|是|担任|任|为)?(?:[^` + table.Deeds + `\P{Han}]{0,6}?)(` + alternatives() + `)`)
	enTitle     = regexp.MustCompile(`^(?:,| ?\(| -| \|)? ?(?:the |our |a |an )?((?:[a-z-]+ ){0,3}(?:ceo|cto|cfo|coo|cmo|cio|president|director|manager|engineer|founder|chief|officer|head|lead|architect|analyst|nurse|teacher|doctor|physician|surgeon|professor|accountant|designer|consultant|` + latinProfessions() + `))\b`)
)

func latinProfessions() string {
	var all []string
	for _, row := range table.Professions {
		for _, t := range row {
			if t[0] < 0x80 {
				all = append(all, t)
			}
		}
	}
	return strings.Join(all, "|")
}

func alternatives() string {
	var all []string
	for _, t := range endings {
		if len([]rune(t)) > 1 && table.sex[t] == 0 && t != "老师" && t != "同学" && t != "同志" {
			all = append(all, regexp.QuoteMeta(t))
		}
	}
	for _, row := range table.Professions {
		for _, t := range row {
			if t[0] >= 0x80 {
				all = append(all, t)
			}
		}
	}
	return strings.Join(append(all, "ceo", "cto", "cfo", "coo", "cmo", "cio", "创始人"), "|")
}

// readTitle takes the title beside a name that has none in it.
func (m *mention) readTitle(before, after string) {
	if t := titleBefore.FindString(tail(before, 12)); t != "" && m.title == "" {
		m.title = strings.Trim(t, ": ")
	}
	if sex := behindName(after); m.sex == 0 && sex != 0 {
		m.sex = sex
	}
	if m.title != "" && m.sex == 0 {
		return
	}
	if t := titleAfter.FindStringSubmatch(after); t != nil && (m.title == "" || table.sex[m.title] != 0) {
		m.title = t[1]
	} else if t := enTitle.FindStringSubmatch(after); t != nil && (m.title == "" || table.sex[m.title] != 0) {
		m.title = t[1]
	}
}

// behindName is the sex of an honorific that follows a name.
func behindName(after string) byte {
	for _, t := range []string{"先生", "女士", "小姐", "太太", "夫人"} {
		if strings.HasPrefix(after, t) {
			return table.sex[t]
		}
	}
	return 0
}

// listed is where a name stands in a list of names: 1 first or alone, 2 further
// behind, 0 for no list.
func listed(before, after string) int {
	switch {
	case strings.HasSuffix(strings.TrimSpace(before), "、"):
		return 2
	case strings.HasPrefix(strings.TrimSpace(after), "、"):
		return 1
	}
	return 0
}

// tableRow gives the only person of a table's row the row's only company.
func (r *resolver) tableRow(lines map[int][]int, columns map[int]int, m *mention) {
	a, b := m.sheet.bounds(m.line)
	if m.sheet == nil || b-a > 400 || !slices.ContainsFunc(m.sheet.text[a:b], func(c rune) bool { return c == '|' || c == '\t' || c == '｜' }) {
		return
	}
	var org *mention
	people := map[string]bool{}
	for _, i := range lines[m.line] {
		switch o := &r.mentions[i]; o.kind {
		case redact.Person:
			if o.name.shape == full || o.name.shape == latinFull {
				people[o.name.core] = true
			}
		case redact.Organisation:
			if c, ok := columns[m.line]; ok && c != column(o.sheet.text[a:max(a, o.start)]) {
				continue
			}
			if org != nil && r.orgOf(org) != r.orgOf(o) {
				return
			}
			org = o
		}
	}
	if len(people) > 1 {
		return
	}
	m.row = true
	if org != nil && m.org == nil {
		m.org = r.orgOf(org)
	}
	for cell := range strings.FieldsFuncSeq(m.sheet.fold(a, b), func(c rune) bool { return c == '|' || c == '\t' }) {
		if cell = strings.TrimSpace(cell); m.title == "" && len([]rune(cell)) <= 30 && !strings.Contains(cell, m.key) {
			if t := titleBefore.FindString(cell); t != "" {
				m.title = t
			} else if lexicon.IsJob(cell) {
				m.title = cell
			}
		}
	}
}

func bar(r rune) bool { return r == '|' || r == '\t' || r == '｜' }

// column is how many bars stand before a place in a row.
func column(before []rune) (n int) {
	for _, r := range before {
		if bar(r) {
			n++
		}
	}
	return n
}

// companyColumns gives, for each line of a table whose head names a column of
// companies, the bars before that column.
func (s *sheet) companyColumns() map[int]int {
	out := map[int]int{}
	head, found := -1, false
	for line := range s.lines {
		a, b := s.bounds(line)
		row := s.text[a:b]
		switch {
		case len(row) > 400 || !slices.ContainsFunc(row, bar):
			head = -1
		case head < 0:
			head, found = 0, false
			for at := 0; at < len(row); {
				end := at
				for end < len(row) && !bar(row[end]) {
					end++
				}
				if slices.Contains(table.CompanyHeads, strings.TrimSpace(string(fold.Of(row[at:end]).Runes))) {
					head, found = column(row[:at]), true
					break
				}
				at = end + 1
			}
		case found:
			out[line] = head
		}
	}
	return out
}

// blockLines is how many lines behind a name a signature or contact block has.
const blockLines = 6

// contacts gives a name the numbers and addresses of its line and, where the
// line has little else, of the block below it.
func (r *resolver) contacts(lines map[int][]int, phones map[int][]string, m *mention) {
	s := m.sheet
	for line := m.line; line < min(m.line+blockLines, len(s.lines)); line++ {
		if line > m.line && s.blank(line) {
			return
		}
		if len(lines[line]) > 2*most {
			return // no block of one person's
		}
		for _, i := range lines[line] {
			if o := &r.mentions[i]; o.kind == redact.Person && (line > m.line || o.name.core != m.name.core) {
				return // another's block begins, perhaps of the same name
			}
		}
		a, b := s.bounds(line)
		if b-a > 80 && line > m.line {
			return
		}
		m.phones = append(m.phones, phones[line]...)
		for _, i := range lines[line] {
			o := &r.mentions[i]
			switch {
			case o.kind == redact.Email:
				m.mails = append(m.mails, o.key)
			case o.kind == redact.Organisation && line > m.line && m.org == nil && aloneOn(s, o) && aloneOn(s, m):
				m.org = r.orgOf(o)
			}
		}
		if line == m.line && b-a > 40 && len(m.phones)+len(m.mails) == 0 {
			return // a sentence: what follows is not its block
		}
	}
}

// aloneOn reports whether a mention is about all that stands on its line.
func aloneOn(s *sheet, m *mention) bool {
	a, b := s.bounds(m.line)
	return (b-a)-(m.end-m.start) <= 12
}
