package state

// A Command is something a menu item or a key does.
type Command string

// The commands.
const (
	NewCase       Command = "new-case"
	OpenFiles     Command = "open-files"
	OpenFolder    Command = "open-folder"
	OpenSample    Command = "sample"
	Quit          Command = "quit"
	UndoLast      Command = "undo"
	RedoLast      Command = "redo"
	GoHome        Command = "go-home"
	GoCase        Command = "go-case"
	GoRegistry    Command = "go-registry"
	GoApprovals   Command = "go-approvals"
	GoPublished   Command = "go-published"
	GoSettings    Command = "go-settings"
	Palette       Command = "palette"
	Withdraw      Command = "withdraw"
	AddSubject    Command = "add-subject"
	ImportFile    Command = "import"
	FileReturned  Command = "file-returned"
	Original      Command = "original"
	ZoomIn        Command = "zoom-in"
	ZoomOut       Command = "zoom-out"
	ZoomFit       Command = "zoom-fit"
	Next          Command = "next"
	Previous      Command = "previous"
	Identify      Command = "identify"
	HideIt        Command = "hide"
	ClearIt       Command = "clear"
	Yes           Command = "yes"
	No            Command = "no"
	DrawBox       Command = "draw"
	DeleteIt      Command = "delete"
	MoveLeft      Command = "move-left"
	MoveRight     Command = "move-right"
	MoveUp        Command = "move-up"
	MoveDown      Command = "move-down"
	CoverIt       Command = "cover"
	FindText      Command = "find"
	WordsFor      Command = "words"
	ShowClues     Command = "clues"
	NextPage      Command = "page-next"
	BackPage      Command = "page-back"
	Primary       Command = "primary"
	StopJob       Command = "stop"
	KeySheet      Command = "keys"
	AsSolid       Command = "as-solid"
	AsMosaic      Command = "as-mosaic"
	AsBlur        Command = "as-blur"
	StandIn       Command = "stand-in"
	FindThis      Command = "find-this"
	OnlyThis      Command = "only-this"
	WriteNote     Command = "note"
	ShowFaces     Command = "faces"
	LookAll       Command = "look"
	Compare       Command = "compare"
	RequestThem   Command = "request-them"
	WithdrawThem  Command = "withdraw-them"
	ChangeThem    Command = "change-them"
	GroundsOf     Command = "grounds-of"
	AssessCase    Command = "assess"
	RequestAll    Command = "request-all"
	CaseOptions   Command = "options"
	AddFiles      Command = "add-files"
	AddFolder     Command = "add-folder"
	ShowWaiting   Command = "waiting"
	ShowNotices   Command = "notices"
	ShowAllowed   Command = "allowed"
	ExportAll     Command = "export-all"
	ShowHandler   Command = "handler"
	ShowUsers     Command = "users"
	ShowLedger    Command = "ledger"
	PurgeDue      Command = "purge"
	ShowOwn       Command = "own"
	CheckBackup   Command = "check-backup"
	ShowGrouping  Command = "grouping"
	WithdrawMany  Command = "withdraw-many"
	CheckFile     Command = "check-file"
	ShowInstalled Command = "installed"
	CopyDetails   Command = "copy-details"
)

// Menu is a menu of the window.
type Menu string

// The menus.
const (
	MenuFile    Menu = "file"
	MenuEdit    Menu = "edit"
	MenuView    Menu = "view"
	MenuCase    Menu = "case"
	MenuConsent Menu = "consent"
	MenuVault   Menu = "vault"
	MenuHelp    Menu = "help"
)

// Menus are all menus, in order.
var Menus = []Menu{MenuFile, MenuEdit, MenuView, MenuCase, MenuConsent, MenuVault, MenuHelp}

// A Key binds a command to a menu item and, mostly, a key. Key is the key's
// name: a letter, a digit, a sign, Return, Space, Delete, PageUp, PageDown, Left,
// Right, Up or Down. With Ctrl it works anywhere; without, it acts on the case,
// or in the registry on who is selected, and never in a text field.
type Key struct {
	Command Command
	Menu    Menu
	Key     string
	Ctrl    bool
	Shift   bool
}

// Keys is every command with its key: menus, the key sheet and the key handler
// read this table and nothing else.
var Keys = []Key{
	{NewCase, MenuFile, "N", true, false},
	{OpenFiles, MenuFile, "O", true, false},
	{OpenFolder, MenuFile, "O", true, true},
	{OpenSample, MenuFile, "", false, false},
	{CheckFile, MenuFile, "", false, false},
	{Quit, MenuFile, "Q", true, false},
	{UndoLast, MenuEdit, "Z", true, false},
	{RedoLast, MenuEdit, "Z", true, true},
	{FindText, MenuEdit, "F", true, false},
	{Palette, MenuEdit, "K", true, false},
	{FindThis, MenuEdit, "F", false, false},
	{OnlyThis, MenuEdit, "P", false, false},
	{GoHome, MenuView, "1", true, false},
	{GoCase, MenuView, "2", true, false},
	{GoRegistry, MenuView, "3", true, false},
	{GoApprovals, MenuView, "4", true, false},
	{GoPublished, MenuView, "5", true, false},
	{GoSettings, MenuView, "6", true, false},
	{Original, MenuView, "Space", false, false},
	{Compare, MenuView, "S", false, false},
	{ShowFaces, MenuView, "G", false, false},
	{LookAll, MenuView, "R", false, false},
	{ZoomIn, MenuView, "+", false, false},
	{ZoomOut, MenuView, "-", false, false},
	{ZoomFit, MenuView, "0", false, false},
	{NextPage, MenuView, "PageDown", false, false},
	{BackPage, MenuView, "PageUp", false, false},
	{Next, MenuCase, "J", false, false},
	{Previous, MenuCase, "K", false, false},
	{Identify, MenuCase, "A", false, false},
	{HideIt, MenuCase, "H", false, false},
	{ClearIt, MenuCase, "C", false, false},
	{Yes, MenuCase, "Y", false, false},
	{No, MenuCase, "N", false, false},
	{DrawBox, MenuCase, "D", false, false},
	{DeleteIt, MenuCase, "Delete", false, false},
	{MoveLeft, MenuCase, "Left", false, false},
	{MoveRight, MenuCase, "Right", false, false},
	{MoveUp, MenuCase, "Up", false, false},
	{MoveDown, MenuCase, "Down", false, false},
	{AsSolid, MenuCase, "1", false, false},
	{AsMosaic, MenuCase, "2", false, false},
	{AsBlur, MenuCase, "3", false, false},
	{StandIn, MenuCase, "4", false, false},
	{CoverIt, MenuCase, "5", false, false},
	{WordsFor, MenuCase, "W", false, false},
	{WriteNote, MenuCase, "M", false, false},
	{ShowClues, MenuCase, "L", false, false},
	{AssessCase, MenuCase, "", false, false},
	{RequestAll, MenuCase, "", false, false},
	{CaseOptions, MenuCase, "", false, false},
	{AddFiles, MenuCase, "", false, false},
	{AddFolder, MenuCase, "", false, false},
	{Primary, MenuCase, "Return", true, false},
	{StopJob, MenuCase, "", false, false},
	{Withdraw, MenuConsent, "W", true, true},
	{WithdrawMany, MenuConsent, "", false, false},
	{RequestThem, MenuConsent, "R", false, false},
	{WithdrawThem, MenuConsent, "W", false, false},
	{AddSubject, MenuConsent, "", false, false},
	{ImportFile, MenuConsent, "", false, false},
	{FileReturned, MenuConsent, "", false, false},
	{ChangeThem, MenuConsent, "E", false, false},
	{GroundsOf, MenuConsent, "", false, false},
	{ShowWaiting, MenuConsent, "", false, false},
	{ShowNotices, MenuConsent, "", false, false},
	{ExportAll, MenuConsent, "", false, false},
	{ShowAllowed, MenuVault, "", false, false},
	{ShowHandler, MenuVault, "", false, false},
	{ShowUsers, MenuVault, "", false, false},
	{ShowLedger, MenuVault, "", false, false},
	{PurgeDue, MenuVault, "", false, false},
	{ShowOwn, MenuVault, "", false, false},
	{CheckBackup, MenuVault, "", false, false},
	{ShowGrouping, MenuVault, "", false, false},
	{ShowInstalled, MenuHelp, "", false, false},
	{CopyDetails, MenuHelp, "", false, false},
	{KeySheet, MenuHelp, "?", false, false},
}

// Single is the command of a key pressed alone, or "". Where two menus have one key, the
// first means it, or, where one is in the registry, that of the consents.
func Single(key string) Command { return single(key, false) }

// SingleOfConsents is Single in the registry.
func SingleOfConsents(key string) Command { return single(key, true) }

func single(key string, consents bool) Command {
	for _, k := range Keys {
		if !k.Ctrl && k.Key == key && key != "" && (!consents || k.Menu == MenuConsent || k.Menu == MenuHelp) {
			return k.Command
		}
	}
	return ""
}

// nudge is how far an arrow key moves a box, in pixels, and with Shift.
const nudge, farNudge = 1, 10

// Nudge is how far a command moves the current box, in pixels of the picture;
// zero where it is no such command. far goes with Shift.
func (c Command) Nudge(far bool) (dx, dy int) {
	by := nudge
	if far {
		by = farNudge
	}
	switch c {
	case MoveLeft:
		return -by, 0
	case MoveRight:
		return by, 0
	case MoveUp:
		return 0, -by
	case MoveDown:
		return 0, by
	}
	return 0, 0
}
