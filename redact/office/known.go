package office

import (
	"regexp"
	"strings"
	"unicode"
)

// Names that programs give: of styles, shapes and bookmarks. They say nothing of
// anybody, and are not shown.

// programWords are the words of which such names are made.
var programWords = words(`
	normal web table indent toc index heading list bullet number continue body text first title subtitle strong emphasis subtle intense reference quote book
	header footer caption hyperlink followed footnote endnote annotation comment subject page line balloon paragraph placeholder bibliography document map plain
	date salutation closing signature e mail email envelope address return block macro of figures authorities toa message note revision unresolved mention
	hashtag smart link html acronym cite code definition keyboard preformatted sample typewriter variable outline article section default font no spacing light
	medium dark colorful shading grid accent simple classic columns contemporary elegant professional effects theme char top bottom form list
	picture box textbox rectangle group chart diagram straight connector arrow oval shape canvas graphic image object auto autoshape freeform isosceles triangle
	check dropdown office ocx watermark power plus water mark object content slide vertical horizontal rounded right left down up
	grafik bild textfeld rechteck gruppe diagramm standard absatz standardschriftart keine liste tabelle
	标题 字符 正文 页眉 页脚 目录 副标题 列表 段落 图片 文本框 矩形 组合 图表 图形 直接连接符 椭圆 形状 画布 图示 圖片 文字方塊 批注框文本 主题 占位符 内容占位符`)

var (
	camel = regexp.MustCompile(`\p{Lu}?\p{Ll}+|\p{Lu}+|\p{Han}+|\pL+`)
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
	for _, w := range camel.FindAllString(s, -1) {
		if !programWords[strings.ToLower(w)] && (len(w) > 1 || !ascii(w)) {
			return false
		}
	}
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7e && !unicode.IsLetter(r) }) < 0
}
