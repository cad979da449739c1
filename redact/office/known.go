package office

import (
	"regexp"
	"strings"
	"unicode"

	"consentry/redact/office/parts"
)

// Names that programs give: of styles, shapes and bookmarks. They say nothing of
// anybody, and are not shown.

// programWords are the words of which such names are made.
var programWords = parts.Words(`
	normal web table indent toc index heading list bullet number continue body text first title subtitle strong emphasis subtle intense reference quote book
	header footer caption hyperlink followed footnote endnote annotation comment subject page line balloon paragraph placeholder bibliography document map plain
	date salutation closing signature e mail email envelope address return block macro of figures authorities toa message note revision unresolved mention
	hashtag smart link html acronym cite code definition keyboard preformatted sample typewriter variable outline article section default font no spacing light
	medium dark colorful shading grid accent simple classic columns contemporary elegant professional effects theme char top bottom form list
	picture box textbox rectangle group chart diagram straight connector arrow oval shape canvas graphic image object auto autoshape freeform isosceles triangle
	ww contents num headerand internet internetlink numbering symbols bullets source frame framecontents textbody drawing fill
	characters anchor drop caps visited example user entry teletype rubies main quotation quotations sender addressee complimentary close hanging marginalia illustration appendix
	notes master layout two comparison blank only with and caption section picture online media clip art icon add click to edit slides
	check dropdown office ocx watermark power plus water mark object content slide vertical horizontal rounded right left down up
	grafik bild textfeld rechteck gruppe diagramm standard absatz standardschriftart keine liste tabelle
	标题 字符 正文 页眉 页脚 目录 副标题 列表 段落 图片 文本框 矩形 组合 图表 图形 直接连接符 椭圆 形状 画布 图示 圖片 文字方塊 批注框文本 主题 占位符 内容占位符`)

var (
	camel = regexp.MustCompile(`\p{Lu}?\p{Ll}+|\p{Lu}+|\p{Han}+|\pL+`)
	// acronym is one in front of a word: TOC in TOCHeading.
	acronym = regexp.MustCompile(`(\p{Lu}{2,})(\p{Lu}\p{Ll})`)
	// programMark is a bookmark that Word sets.
	programMark = regexp.MustCompile(`^(_(Toc|Ref|Hlk|Hlt|MON|ENREF|PictureBullets)_?\d*|_GoBack|OLE_LINK\d+)$`)
	// listLevel is how numbers stand in a list, without words.
	listLevel = regexp.MustCompile(`^[^\p{L}]*(第?%\d[章节条款项]?[^\p{L}]*)*o?$`)
	hex       = regexp.MustCompile(`^[{]?[-0-9A-Fa-f]{8,}[}]?$`)
)

// programName reports whether all words of a name are those of programs: Picture 1,
// Heading2Char, 图片 3.
func programName(s string) bool {
	if hex.MatchString(s) {
		return true
	}
	for _, w := range camel.FindAllString(acronym.ReplaceAllString(s, "$1 $2"), -1) {
		if !programWords[strings.ToLower(w)] && (len(w) > 1 || !parts.ASCII(w)) {
			return false
		}
	}
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7e && !unicode.IsLetter(r) }) < 0
}

// prompts are what programs write into the masters and layouts of presentations,
// where a text is to be written.
var prompts = func() map[string]bool {
	m := map[string]bool{}
	for _, p := range strings.Split(`Click to edit Master title style|Click to edit Master text styles|Click to edit Master subtitle style|Edit Master text styles|Edit Master title style
Second level|Third level|Fourth level|Fifth level|Sixth level|Seventh level|Eighth level|Ninth level|Click icon to add picture|Click icon to add table|Click icon to add chart|Click icon to add media
Click to add title|Click to add text|Click to add subtitle|Click to edit the title text format|Click to edit the outline text format
Second Outline Level|Third Outline Level|Fourth Outline Level|Fifth Outline Level|Sixth Outline Level|Seventh Outline Level
单击此处编辑母版标题样式|单击此处编辑母版文本样式|单击此处编辑母版副标题样式|单击以编辑母版标题样式|单击以编辑母版文本样式|单击以编辑母版副标题样式|编辑母版文本样式|单击图标添加图片|单击此处添加标题|单击此处添加文本
第二级|第三级|第四级|第五级|二级|三级|四级|五级|按一下以編輯母片標題樣式|按一下以編輯母片文字樣式|按一下以編輯母片副標題樣式|第二層|第三層|第四層|第五層`, "\n") {
		for _, s := range strings.Split(p, "|") {
			m[s] = true
		}
	}
	return m
}()
