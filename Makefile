# make demo   the main job on the sample case, from a fresh checkout
# make test   every test
# Both fetch what they need first; see README.md.

GO      ?= go
# No path of this machine in a program; set for all, so that what is built once is built
# for the packages too.
export GOFLAGS := $(GOFLAGS) -trimpath
# nodynamic: the HEIC decoder is the one in the program, never one of the system.
TAGS    := migrated_fynedo,nodynamic
LDFLAGS := -s -w
OUT     ?= demo/out

.PHONY: demo test judge build desktop package package-windows screens assets system lint bench eval clean

demo: system assets bin/consentry
	bin/consentry demo -o $(OUT)

# The window's tests use the software painter (tag ci) and need no display.
# What runs in parallel is tested under the race detector; the 500 damaged pictures
# are opened in children, where it sees nothing and takes ten times as long; so do
# the vaults that are killed and damaged.
test: system assets
	@sh .ci/system test
	$(GO) test -timeout 30m -tags ci,$(TAGS) ./...
	$(GO) test -timeout 30m -tags nodynamic -race -skip 'FiveHundredDamaged|TestKill|TestFlippedDatabase' ./internal/casework ./internal/store ./internal/ledger ./redact/text ./redact/pii ./redact/attack ./redact/photo ./internal/sandbox ./authz/...

# exiftool looks at written photos of every type (Debian: libimage-exiftool-perl);
# LibreOffice draws written Office documents (libreoffice, poppler-utils).
judge: assets
	$(GO) test -tags nodynamic,exiftool -run Exiftool ./redact/photo
	$(GO) test -tags nodynamic,libreoffice -run LibreOffice ./redact/office ./redact/office/odf ./redact/office/older ./internal/letters

build: bin/consentry desktop

.PHONY: bin/consentry
bin/consentry: system
	$(GO) build -tags nodynamic -ldflags "$(LDFLAGS)" -o $@ ./cmd/consentry

desktop: system
	$(GO) build -tags $(TAGS),no_emoji -ldflags "$(LDFLAGS)" -o bin/consentry-desktop ./cmd/consentry-desktop

# For people without Go; see docs/packages.md.
package: system
	.ci/package linux

package-windows: system
	@sh .ci/system windows
	.ci/package windows

# The pictures of docs/screens.
screens: assets
	.ci/screens.sh

assets:
	$(GO) run ./assets/fetch

system:
	@sh .ci/system

lint:
	$(GO) vet -tags $(TAGS) ./...
	$(GO) run honnef.co/go/tools/cmd/staticcheck@v0.7.0 -tags $(TAGS) ./...

bench:
	$(GO) test -run '^$$' -bench . -benchtime 3x ./bench/...

clean:
	rm -rf bin demo/out
