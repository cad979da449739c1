package state

// A Command is something a menu item or a key does.
type Command string

// The commands.
const (
	NewCase    Command = "new-case"
	OpenFiles  Command = "open-files"
	OpenFolder Command = "open-folder"
	OpenSample Command = "sample"
	Quit       Command = "quit"
	UndoLast   Command = "undo"
	RedoLast   Command = "redo"
	GoHome     Command = "go-home"
	GoCase     Command = "go-case"
	GoRegistry Command = "go-registry"
	GoSettings Command = "go-settings"
	Original   Command = "original"
	ZoomIn     Command = "zoom-in"
	ZoomOut    Command = "zoom-out"
	ZoomFit    Command = "zoom-fit"
	Next       Command = "next"
	Previous   Command = "previous"
	Identify   Command = "identify"
	HideIt     Command = "hide"
	ClearIt    Command = "clear"
	Yes        Command = "yes"
	No         Command = "no"
	DrawBox    Command = "draw"
	Primary    Command = "primary"
	StopJob    Command = "stop"
	KeySheet   Command = "keys"
)

// Menu is a menu of the window.
type Menu string

// The menus.
const (
	MenuFile Menu = "file"
	MenuEdit Menu = "edit"
	MenuView Menu = "view"
	MenuCase Menu = "case"
	MenuHelp Menu = "help"
)

// Menus are all menus, in order.
var Menus = []Menu{MenuFile, MenuEdit, MenuView, MenuCase, MenuHelp}

// A Key binds a command to a menu item and, mostly, a key. Key is the key's
// name: a letter, a digit, Return, Space, or a sign. With Ctrl it works
// anywhere; without, it acts on the case and never in a text field.
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
	{Quit, MenuFile, "Q", true, false},
	{UndoLast, MenuEdit, "Z", true, false},
	{RedoLast, MenuEdit, "Z", true, true},
	{GoHome, MenuView, "1", true, false},
	{GoCase, MenuView, "2", true, false},
	{GoRegistry, MenuView, "3", true, false},
	{GoSettings, MenuView, "6", true, false},
	{Original, MenuView, "Space", false, false},
	{ZoomIn, MenuView, "+", false, false},
	{ZoomOut, MenuView, "-", false, false},
	{ZoomFit, MenuView, "0", false, false},
	{Next, MenuCase, "J", false, false},
	{Previous, MenuCase, "K", false, false},
	{Identify, MenuCase, "A", false, false},
	{HideIt, MenuCase, "H", false, false},
	{ClearIt, MenuCase, "C", false, false},
	{Yes, MenuCase, "Y", false, false},
	{No, MenuCase, "N", false, false},
	{DrawBox, MenuCase, "D", false, false},
	{Primary, MenuCase, "Return", true, false},
	{StopJob, MenuCase, "", false, false},
	{KeySheet, MenuHelp, "?", false, false},
}

// Single is the command of a key pressed alone, or "".
func Single(key string) Command {
	for _, k := range Keys {
		if !k.Ctrl && k.Key == key && key != "" {
			return k.Command
		}
	}
	return ""
}
