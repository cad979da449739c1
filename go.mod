module consentry

go 1.26.0

require (
	filippo.io/age v1.3.2 // scrypt-wrapped vault key
	fyne.io/fyne/v2 v2.8.0 // the window
	github.com/HugoSmits86/nativewebp v1.2.0 // writes WebP (lossless), without cgo
	github.com/disintegration/imaging v1.6.2 // resizing, blur, orientation of photos
	github.com/emersion/go-vcard v0.0.0-20260618161152-d854b7e0e2d3 // tests only: another reader of vCards
	github.com/gen2brain/heic v0.4.5 // reads HEIC: libheif and libde265 as WebAssembly in wazero; build with the tag nodynamic
	github.com/go-text/typesetting v0.3.4 // how many fonts the window's toolkit remembers
	github.com/godbus/dbus/v5 v5.2.2 // whether there is a system keyring
	github.com/jackc/pgx/v5 v5.12.0 // the vault of a team, in PostgreSQL
	github.com/makiuchi-d/gozxing v0.1.1 // decodes QR and bar codes, and makes those on forms; a port of ZXing
	github.com/mozillazg/go-pinyin v0.21.0 // pinyin spellings of registry names
	github.com/nyaruka/phonenumbers v1.8.1 // validates phone numbers by numbering plan
	github.com/pdfcpu/pdfcpu v0.15.0 // PDF objects, reading and writing
	github.com/piprate/json-gold v0.9.1 // tests only: expands consent records as JSON-LD
	github.com/pressly/goose/v3 v3.29.0 // vault migrations
	github.com/rogpeppe/go-internal v1.16.0 // testscript for the command line; lockedfile guards vault set-up
	github.com/schollz/progressbar/v3 v3.19.1 // progress with time left on a terminal
	github.com/signintech/gopdf v0.33.0 // writes the report, letters and forms
	github.com/spf13/cobra v1.10.2 // command line, completion
	github.com/spf13/pflag v1.0.10 // cobra's flags, where several commands share them
	github.com/tetratelabs/wazero v1.12.0 // runs PDFium, which is WebAssembly, without cgo
	github.com/vmihailenco/msgpack/v5 v5.4.1 // reads spaCy models for conversion
	github.com/xuri/excelize/v2 v2.11.0 // tests only: another reader and writer of workbooks
	github.com/yalue/onnxruntime_go v1.25.0 // ONNX Runtime; 1.25.0 works with its 1.23 to 1.30
	github.com/yuin/goldmark v1.8.2 // reads the templates of letters and forms, which are Markdown with tables
	github.com/zalando/go-keyring v0.2.8 // passphrase in the system keyring
	golang.org/x/crypto v0.58.0 // XChaCha20-Poly1305, HKDF
	golang.org/x/image v0.44.0 // scaling for detectors, labels in photos
	golang.org/x/mod v0.42.0 // tlog hashes and signed notes of the ledger
	golang.org/x/net v0.61.0 // html: cuts pages into tags; the parser with which an attack takes them apart; charset: encodings of XML
	golang.org/x/sync v0.24.0 // bounded parallel work on assets
	golang.org/x/sys v0.49.0 // limits of the sandboxed child; which vector instructions there are; where Windows keeps a person's folders
	golang.org/x/term v0.47.0 // passphrase prompt, is it a terminal
	golang.org/x/text v0.43.0 // GB18030, UTF-16, NFKC; file names in the order of their pinyin
	google.golang.org/protobuf v1.36.12 // protowire: rewrites ONNX files
	gopkg.in/yaml.v3 v3.0.1 // rule pack and models.lock
	modernc.org/sqlite v1.61.1 // the vault, without cgo
	pgregory.net/rapid v1.3.0 // property tests
)

require (
	filippo.io/hpke v0.4.0 // indirect
	fyne.io/systray v1.12.2 // indirect
	github.com/BurntSushi/toml v1.6.0 // indirect
	github.com/FyshOS/fancyfs v0.0.1 // indirect
	github.com/anthonynsimon/bild v0.14.0 // indirect
	github.com/cayleygraph/quad v1.3.0 // indirect
	github.com/clipperhouse/uax29/v2 v2.7.0 // indirect
	github.com/danieljoos/wincred v1.2.3 // indirect
	github.com/dustin/go-humanize v1.1.0 // indirect
	github.com/ebitengine/purego v0.8.3 // indirect
	github.com/fredbi/uri v1.1.1 // indirect
	github.com/fsnotify/fsnotify v1.9.0 // indirect
	github.com/fyne-io/gl-js v0.2.1-0.20260315212741-029c47fd27e8 // indirect
	github.com/fyne-io/glfw-js v0.4.0 // indirect
	github.com/fyne-io/image v0.1.1 // indirect
	github.com/fyne-io/oksvg v0.2.0 // indirect
	github.com/go-gl/gl v0.0.0-20260331235117-4566fea9a276 // indirect
	github.com/go-gl/glfw/v3.4/glfw v0.1.0-pre.1.0.20260707082822-2a407d02d01a // indirect
	github.com/go-text/render v0.2.1 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/hack-pad/go-indexeddb v0.3.2 // indirect
	github.com/hack-pad/safejs v0.1.0 // indirect
	github.com/hhrutter/tiff v1.0.6 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/jackc/pgpassfile v1.0.0 // indirect
	github.com/jackc/pgservicefile v0.0.0-20240606120523-5a60cdf6a761 // indirect
	github.com/jackc/puddle/v2 v2.2.3 // indirect
	github.com/jeandeaual/go-locale v0.0.0-20250612000132-0ef82f21eade // indirect
	github.com/jsummers/gobmp v0.0.0-20230614200233-a9de23ed2e25 // indirect
	github.com/mattn/go-isatty v0.0.24 // indirect
	github.com/mattn/go-runewidth v0.0.27 // indirect
	github.com/mfridman/interpolate v0.0.2 // indirect
	github.com/mitchellh/colorstring v0.0.0-20190213212951-d06e56a500db // indirect
	github.com/ncruces/go-strftime v1.1.0 // indirect
	github.com/nfnt/resize v0.0.0-20180221191011-83c6a9932646 // indirect
	github.com/nicksnyder/go-i18n/v2 v2.5.1 // indirect
	github.com/phpdave11/gofpdi v1.0.14-0.20211212211723-1f10f9844311 // indirect
	github.com/pkg/errors v0.8.1 // indirect
	github.com/pquerna/cachecontrol v0.2.0 // indirect
	github.com/remyoudompheng/bigfft v0.0.0-20230129092748-24d4a6f8daec // indirect
	github.com/richardlehane/mscfb v1.0.7 // indirect
	github.com/richardlehane/msoleps v1.0.6 // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	github.com/rymdport/portal v0.4.2 // indirect
	github.com/sethvargo/go-retry v0.5.0 // indirect
	github.com/srwiley/oksvg v0.0.0-20221011165216-be6e8873101c // indirect
	github.com/srwiley/rasterx v0.0.0-20220730225603-2ab79fcdd4ef // indirect
	github.com/stretchr/testify v1.12.1 // indirect
	github.com/tiendc/go-deepcopy v1.7.2 // indirect
	github.com/vmihailenco/tagparser/v2 v2.0.0 // indirect
	github.com/xuri/efp v0.0.1 // indirect
	github.com/xuri/nfp v0.0.2-0.20250530014748-2ddeb826f9a9 // indirect
	go.uber.org/multierr v1.11.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/tools v0.52.0 // indirect
	golang.org/x/xerrors v0.0.0-20231012003039-104605ab7028 // indirect
	modernc.org/libc v1.79.0 // indirect
	modernc.org/mathutil v1.7.1 // indirect
	modernc.org/memory v1.12.1 // indirect
)
