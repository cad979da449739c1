package pii

import (
	"regexp"
	"slices"
	"strings"

	"consentry/redact"
	"consentry/redact/pii/words"
)

// Addresses written so that programs do not see them, addresses of the web, and
// handles. An address of the web names its company as an e-mail address does;
// which ones may stay is for a person to say.
var (
	atWord  = `\s?[(\[{<（【]\s?(?:at|AT|At|@|艾特)\s?[)\]}>）】]\s?`
	dotWord = `\s?[(\[{<（【]\s?(?:dot|DOT|Dot|\.|点)\s?[)\]}>）】]\s?`

	bracketedRE = regexp.MustCompile(`[A-Za-z0-9._%+-]{1,64}(?:` + atWord + `(?:[A-Za-z0-9-]{1,63}(?:\.|` + dotWord + `|\s(?:dot|DOT)\s)){1,4}[A-Za-z]{2,24}|@(?:[A-Za-z0-9-]{1,63}(?:` + dotWord + `|\s(?:dot|DOT)\s)){1,4}[A-Za-z]{2,24})`)
	bracketRE   = regexp.MustCompile(`^[(\[{<【]\s?(?:at|AT|At|@|艾特|dot|DOT|Dot|\.|点)\s?[)\]}>】]`)
	spokenRE    = regexp.MustCompile(`(?i)\b[a-z0-9._%+-]{1,64} at (?:[a-z0-9-]{1,63} ?(?:dot ?|\. ?)){1,4}(?:[a-z]{2,24})\b`)
	spacedRE    = regexp.MustCompile(`[A-Za-z0-9._%+-]{1,64}(?: @ ?| ?@ )(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}`)
	replacedRE  = regexp.MustCompile(`[A-Za-z0-9._%+-]{1,64}[#*&$%](?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}`)
	replaceWord = regexp.MustCompile(`[换替改]|replace|instead`)

	urlRE  = regexp.MustCompile(`^://[A-Za-z0-9\p{Han}._~:/?#\[@!$&'*+,;=%-]{3,512}`)
	pathRE = regexp.MustCompile(`^(?::\d{2,5})?/[A-Za-z0-9._~/?#&=%@-]{0,256}`)
	// hanTail is where Chinese goes on right behind an address.
	hanTail = regexp.MustCompile(`[a-zA-Z0-9?-]\p{Han}`)
	fileRE  = regexp.MustCompile(`(?i)(?:文件名?|附件|file ?name|file)[\s:：]*$`)

	topLevel = fields(`com cn net org io ai de eu uk nl fr ch jp kr hk tw sg mo tech shop store top xyz cc info biz app dev cloud example test invalid gov edu ru br ca au es se pl cz site online vip wang ltd club
		link live work group pro life world global agency design studio media news space website fun ink red icu mil`)
	// Names of software that look like addresses.
	software = fields(`asp.net ado.net vb.net socket.io node.js draw.io ml.net system.net system.io this.app window.app process.info console.info logger.info log.info std.io java.io java.net`)

	// profileRE is where networks keep what one person has.
	profileRE  = regexp.MustCompile(`(?i)^(?:https?://)?(?:[a-z0-9-]+\.)*(?:linkedin\.com/(?:in|pub)/|weibo\.(?:com|cn)/(?:u/|n/)?|douyin\.com/user/|zhihu\.com/people/|xiaohongshu\.com/user/|space\.bilibili\.com/|bilibili\.com/space/|(?:twitter|x)\.com/|facebook\.com/|instagram\.com/|t\.me/|wa\.me/|github\.com/|gitee\.com/|tiktok\.com/@|youtube\.com/@|medium\.com/@|maimai\.cn/|u\.wechat\.com/)[^/\s?]{2,}/?(?:[?#].*)?$`)
	sourceFile = fields(`md js ts css scss py go java json yaml yml txt html vue jsx tsx sh png jpg svg`)
	// Words behind @ that are of style sheets, code and groups.
	notHandles = fields(`media import charset font-face keyframes supports page layer include mixin extend use apply tailwind param params return returns throws override deprecated see since author version
		todo example link code type types typedef property private public protected class function module staticmethod classmethod test before after inject autowired bean entity table column id service
		controller component repository get post put delete patch all everyone here channel app main master latest next beta alpha dataclass abstractmethod wraps pytest fixture objc available
		interface implementation end selector synthesize property click input submit change event model on babel angular vue nestjs types storybook`)
)

func fields(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// hidden adds e-mail addresses in disguise that re finds in text[lo:hi], around i.
func (s *scan) hidden(re *regexp.Regexp, lo, hi, i int) {
	lo, hi = max(lo, 0), min(hi, len(s.text))
	s.work += hi - lo
	for _, m := range re.FindAllStringIndex(s.text[lo:hi], -1) {
		if lo+m[0] <= i && i < lo+m[1] {
			s.add(match{lo + m[0], lo + m[1], redact.Email, redact.Review, 0.8, WhyHidden, byCode})
		}
	}
}

// spelledAt looks for an address around a bracket at byte i: [at], (dot).
func (s *scan) spelledAt(i int) {
	if bracketRE.MatchString(s.text[i:min(len(s.text), i+16)]) {
		s.hidden(bracketedRE, i-160, i+160, i)
	}
}

// spoken looks for addresses in words: press at northmere dot example.
func (s *scan) spoken() {
	for i := 0; ; {
		n := strings.Index(s.low[i:], " dot ")
		if n < 0 {
			return
		}
		i += n + 5
		if strings.Contains(s.low[max(0, i-160):i], " at ") {
			s.hidden(spokenRE, i-160, i+80, i-5)
		}
	}
}

// replaced looks for an address whose @ is another sign at byte i, where the text
// says so.
func (s *scan) replaced(i int) {
	text := s.text
	if i == 0 || i+1 >= len(text) || !isAlnum(text[i-1]) || !isAlnum(text[i+1]) {
		return
	}
	if near := text[max(0, i-124):min(len(text), i+124)]; strings.Contains(near, "@") && replaceWord.MatchString(near) {
		s.hidden(replacedRE, i-64, i+160, i)
	}
}

// web adds an address of the web, or a person's page of a network.
func (s *scan) web(lo, hi int, score float64) {
	m := match{lo, hi, redact.Kind("org-domain"), redact.Review, score, WhyWeb, byCode}
	if profileRE.MatchString(s.text[lo:hi]) {
		m.kind, m.why = redact.Kind("social-id"), WhyProfile
	}
	s.add(m)
}

// address finds the address whose :// stands at byte i, and gives its end.
func (s *scan) address(i int) int {
	lo := i
	for lo > 0 && i-lo < 12 && isLetter(s.text[lo-1]) {
		lo--
	}
	scheme := s.low[lo:i]
	for _, known := range []string{"https", "http", "ftp", "sftp", "ws", "wss", "rtsp"} {
		if strings.HasSuffix(scheme, known) {
			lo = i - len(known)
			if lo > 0 && isLetter(s.text[lo-1]) {
				continue
			}
			loc := urlRE.FindStringIndex(s.text[i:min(len(s.text), i+640)])
			if loc == nil {
				return i
			}
			hi := lo + len(strings.TrimRight(s.text[lo:i+loc[1]], ".,;:!?*'_]"))
			if h := hanTail.FindStringIndex(s.text[lo:hi]); h != nil {
				hi = lo + h[0] + 1
			}
			if strings.Contains(s.low[i:hi], "://localhost") || strings.Contains(s.low[i:hi], "://127.0.0.1") || hi-i < 6 {
				return hi
			}
			s.web(lo, hi, 0.8)
			return hi
		}
	}
	return i
}

// domain finds the name of a host around the dot at byte i, and gives its end.
func (s *scan) domain(i int) int {
	text := s.text
	part := func(c byte) bool { return isAlnum(c) || c == '-' || c == '.' }
	if i == 0 || i+2 >= len(text) || !isAlnum(text[i-1]) || !isLetter(text[i+1]) {
		return i
	}
	lo, hi := i, i+1
	for lo > 0 && i-lo < 100 && part(text[lo-1]) {
		lo--
	}
	for hi < len(text) && hi-i < 200 && part(text[hi]) {
		hi++
	}
	for lo < i && !isAlnum(text[lo]) {
		lo++
	}
	hi = lo + len(strings.TrimRight(text[lo:hi], ".-"))
	s.work += hi - lo
	name := s.low[lo:hi]
	tld := name[strings.LastIndexByte(name, '.')+1:]
	// Upper case begins a sentence or a class, but for names all in capitals.
	known := name == "t.me" || name == "wa.me" || topLevel[tld] && (name == text[lo:hi] || strings.ToUpper(name) == text[lo:hi] || strings.ToLower(text[hi-len(tld):hi]) == text[hi-len(tld):hi])
	if !strings.HasPrefix(name, "www.") && (!known || software[name]) || strings.Contains(name, "..") || strings.Count(name, ".") > 5 {
		return hi
	}
	if lo > 0 && strings.IndexByte("@-_/\\$", text[lo-1]) >= 0 || hi < len(text) && (text[hi] == '@' || text[hi] == '(' || text[hi] == '_') || fileRE.MatchString(before(text, lo, 12)) {
		return hi
	}
	if label := name[:strings.IndexByte(name, '.')]; slices.Contains([]string{"this", "self", "window", "console", "document", "process", "module", "e.g", "i.e"}, label) || (len(label) < 2 && name != "x.com" && name != "t.me" || digits(label) == len(label)) && strings.Count(name, ".") == 1 && !strings.HasSuffix(name, ".com") {
		return hi
	}
	if loc := pathRE.FindStringIndex(text[hi:min(len(text), hi+280)]); loc != nil {
		hi += len(strings.TrimRight(text[hi:hi+loc[1]], ".,;:!?_"))
	}
	s.web(lo, hi, 0.7)
	return hi
}

// atSign finds what stands around the @ at byte i: an e-mail address, one written
// with spaces, or a handle.
func (s *scan) atSign(i int) {
	text := s.text
	if m := email(text, i); m != nil {
		s.add(*m)
		return
	}
	if i > 0 && text[i-1] == ' ' || i+1 < len(text) && text[i+1] == ' ' {
		s.hidden(spacedRE, i-70, i+160, i)
	}
	if i > 0 && (isAlnum(text[i-1]) || strings.IndexByte("./@_-\\{", text[i-1]) >= 0) {
		return
	}
	hi := i + 1
	for hi < len(text) && hi-i < 40 && (isAlnum(text[hi]) || text[hi] == '_' || text[hi] == '-' && hi+1 < len(text) && isAlnum(text[hi+1]) || text[hi] == '.' && hi+1 < len(text) && isAlnum(text[hi+1]) && isLower(text[hi+1])) {
		hi++
	}
	v := text[i+1 : hi]
	if dot := strings.LastIndexByte(v, '.'); dot > 0 && sourceFile[v[dot+1:]] {
		return
	}
	if alnums(v) < 3 || !isLetter(v[0]) && v[0] != '_' || hi < len(text) && strings.IndexByte("/(-@:={", text[hi]) >= 0 || notHandles[words.Lower(v)] {
		return
	}
	s.add(match{i, hi, redact.Kind("social-id"), redact.Review, 0.6, WhyHandle, byCode + 500})
}
