package engine

// A function is one of those that PDFium exports; see its public headers.
type function int

const (
	initLibrary function = iota
	malloc
	free
	lastError
	loadDocument
	closeDocument
	pageCount
	saveAsCopy
	formType
	initForms
	exitForms
	noHighlight
	formsAfterLoad
	formsBeforeClose
	drawForms
	loadPage
	closePage
	pageBox
	pageRotation
	loadText
	closeText
	countChars
	charUnicode
	charBox
	charLooseBox
	charOrigin
	charMatrix
	charFontSize
	charGenerated
	charHyphen
	charMapError
	charObject
	textMode
	createBitmap
	destroyBitmap
	fillBitmap
	bitmapBuffer
	bitmapStride
	bitmapWidth
	bitmapHeight
	bitmapFormat
	renderPage
	countObjects
	objectAt
	objectType
	objectMatrix
	countInForm
	objectInForm
	imageSize
	imageBitmap

	functions
)

var names = [functions]string{
	initLibrary:      "PDFium_Init",
	malloc:           "malloc",
	free:             "free",
	lastError:        "FPDF_GetLastError",
	loadDocument:     "FPDF_LoadMemDocument64",
	closeDocument:    "FPDF_CloseDocument",
	pageCount:        "FPDF_GetPageCount",
	saveAsCopy:       "FPDF_SaveAsCopy",
	formType:         "FPDF_GetFormType",
	initForms:        "FPDFDOC_InitFormFillEnvironment",
	exitForms:        "FPDFDOC_ExitFormFillEnvironment",
	noHighlight:      "FPDF_RemoveFormFieldHighlight",
	formsAfterLoad:   "FORM_OnAfterLoadPage",
	formsBeforeClose: "FORM_OnBeforeClosePage",
	drawForms:        "FPDF_FFLDraw",
	loadPage:         "FPDF_LoadPage",
	closePage:        "FPDF_ClosePage",
	pageBox:          "FPDF_GetPageBoundingBox",
	pageRotation:     "FPDFPage_GetRotation",
	loadText:         "FPDFText_LoadPage",
	closeText:        "FPDFText_ClosePage",
	countChars:       "FPDFText_CountChars",
	charUnicode:      "FPDFText_GetUnicode",
	charBox:          "FPDFText_GetCharBox",
	charLooseBox:     "FPDFText_GetLooseCharBox",
	charOrigin:       "FPDFText_GetCharOrigin",
	charMatrix:       "FPDFText_GetMatrix",
	charFontSize:     "FPDFText_GetFontSize",
	charGenerated:    "FPDFText_IsGenerated",
	charHyphen:       "FPDFText_IsHyphen",
	charMapError:     "FPDFText_HasUnicodeMapError",
	charObject:       "FPDFText_GetTextObject",
	textMode:         "FPDFTextObj_GetTextRenderMode",
	createBitmap:     "FPDFBitmap_CreateEx",
	destroyBitmap:    "FPDFBitmap_Destroy",
	fillBitmap:       "FPDFBitmap_FillRect",
	bitmapBuffer:     "FPDFBitmap_GetBuffer",
	bitmapStride:     "FPDFBitmap_GetStride",
	bitmapWidth:      "FPDFBitmap_GetWidth",
	bitmapHeight:     "FPDFBitmap_GetHeight",
	bitmapFormat:     "FPDFBitmap_GetFormat",
	renderPage:       "FPDF_RenderPageBitmapWithMatrix",
	countObjects:     "FPDFPage_CountObjects",
	objectAt:         "FPDFPage_GetObject",
	objectType:       "FPDFPageObj_GetType",
	objectMatrix:     "FPDFPageObj_GetMatrix",
	countInForm:      "FPDFFormObj_CountObjects",
	objectInForm:     "FPDFFormObj_GetObject",
	imageSize:        "FPDFImageObj_GetImagePixelSize",
	imageBitmap:      "FPDFImageObj_GetBitmap",
}
