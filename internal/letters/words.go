package letters

// phrases are the words that the program adds to what templates say.
type phrases struct {
	methods                                 []string
	provide                                 string // a method, where there are recipients
	keepYears                               string // format: years
	ask                                     string // format: contact
	contact, purpose, method, kinds, rights string
	full, short, general, rules, approved   string // rows of a company's form
	attached                                string // over the attached notice; format: digest
	page                                    string // format: page, pages
	record                                  string
	faceYes                                 string // format: last day
	faceNo                                  string
	takeDown, anonymised, deidentified      string
	givers                                  map[string]string // by Consent.GivenBy
	form                                    map[string]string // English: what the letter calls the form
	subject                                 string            // prefix of an e-mail's first line
}

var words = map[string]phrases{
	Zh: {
		methods: []string{"收集", "存储", "使用", "加工", "公开"}, provide: "提供", keepYears: "同意终止后 %d 年", ask: "与我们联系：%s",
		contact: "联系方式", purpose: "目的", method: "方式", kinds: "种类", rights: "向其行使权利的办法",
		full: "名称：全称“%s”", short: "名称：简称或品牌“%s”", general: "名称：概括称呼“%s”", rules: "（使用规范：%s）", approved: "（定稿见附件，SHA-256 %s）",
		attached: "附：告知书全文（SHA-256 %s）", page: "第 %d 页，共 %d 页", record: "记录编号",
		faceYes: "我单独同意用我提供的照片生成人脸模板，只用于在说明所列范围内找出我，以便决定遮盖或者保留，最迟 %s 删除", faceNo: "我不同意，请人工辨认",
		takeDown: "下架或者替换", anonymised: "匿名化", deidentified: "去标识化",
		givers:  map[string]string{"self": "本人", "guardian": "监护人", "company": "企业授权签字人", "photographer": "摄影者", "other": "其他人"},
		subject: "主题：",
	},
	En: {
		methods: []string{"collecting", "storing", "using", "editing", "publishing"}, provide: "providing to the recipients below", keepYears: "%d years after the consent ends", ask: "contact us: %s",
		contact: "contact", purpose: "purpose", method: "method", kinds: "kinds", rights: "how to use your rights towards it",
		full: "Name: full, “%s”", short: "Name: short or brand, “%s”", general: "Name: generalised, “%s”", rules: " (under its rules: %s)", approved: " (final text attached, SHA-256 %s)",
		attached: "Attached: the whole notice (SHA-256 %s)", page: "page %d of %d", record: "Record",
		faceYes: "I separately agree that a face template is made from the photos I give, only to find me within the scope that the note names and to decide whether to hide or keep me, deleted by %s at the latest", faceNo: "I do not agree; let a person recognise me",
		form:     map[string]string{"consent-person": "consent form", "authorization-company": "authorization form"},
		takeDown: "take down or replace", anonymised: "anonymised", deidentified: "de-identified",
		givers:  map[string]string{"self": "the person", "guardian": "the guardian", "company": "the company’s signatory", "photographer": "the photographer", "other": "somebody else"},
		subject: "Subject: ",
	},
}
