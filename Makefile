# kurs: see `make help`. Objects go to build/<flavour>/; `make FLAVOUR=asan …` builds another flavour beside the release.
FLAVOUR ?= release
BUILD   ?= build
O       := $(BUILD)/$(FLAVOUR)
PROGRAM := $(if $(filter release,$(FLAVOUR)),$(BUILD)/kurs,$(O)/kurs)
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= cc
AR      ?= ar
HOSTCC  ?= cc
VERSION := 0.1.0

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wvla -Wwrite-strings
ifdef WERROR
WARNINGS += -Werror
endif
CFLAGS_release := -O2 -g
CFLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS_tsan    := -O1 -g -fsanitize=thread
CFLAGS_cover   := -O0 -g --coverage
CFLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
FLAVOUR_FLAGS  := $(CFLAGS_$(FLAVOUR))

PKG_CONFIG   ?= pkg-config
HAVE_ARCHIVE := $(shell $(PKG_CONFIG) --exists libarchive zlib 2>/dev/null && echo 1)
PKGS         := lmdb
HEADER_PKGS  := $(PKGS) $(if $(HAVE_ARCHIVE),libarchive zlib)# loaded when a packed file comes, not linked
KURS_CPPFLAGS := -Iinclude -Isrc -I$(O)/gen -D_XOPEN_SOURCE=700 -D_FILE_OFFSET_BITS=64 \
                $(if $(HAVE_ARCHIVE),-DKURS_HAVE_ARCHIVE) $(shell $(PKG_CONFIG) --cflags $(HEADER_PKGS) 2>/dev/null)
KURS_CFLAGS  := -std=c11 $(WARNINGS) $(FLAVOUR_FLAGS) -fPIC -fvisibility=hidden -pthread $(CFLAGS)
KURS_LIBS    := $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null) -lcsv -lm -ldl -pthread
COMPILE = $(CC) $(KURS_CPPFLAGS) $(CPPFLAGS) $(KURS_CFLAGS) -MMD -MP

LIB_C  := $(sort $(wildcard src/base/*.c src/store/*.c src/ingest/*.c src/query/*.c))
PROG_C := $(sort $(wildcard src/output/*.c src/chart/*.c src/cli/*.c))
UNIT_C := $(sort $(wildcard tests/unit/test_*.c tests/model/test_*.c tests/fault/test_*.c))
FUZZ_C := $(sort $(wildcard tests/fuzz/fuzz_*.c))
LIB_O  := $(LIB_C:%.c=$(O)/%.o)
PROG_O := $(PROG_C:%.c=$(O)/%.o)
UNIT   := $(UNIT_C:%.c=$(O)/%)

.PHONY: all
all: $(PROGRAM) $(O)/libkurs.a $(O)/libkurs.so.$(VERSION) ## build the program and the library

$(BUILD)/kurs: $(BUILD)/release/kurs
	@cp -f $< $@

$(O)/kurs: $(PROG_O) $(O)/libkurs.a
	$(CC) $(KURS_CFLAGS) $(LDFLAGS) -o $@ $(PROG_O) $(O)/libkurs.a $(KURS_LIBS)

$(O)/libkurs.so.$(VERSION): $(LIB_O)
	$(CC) $(KURS_CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libkurs.so.0 -o $@ $(LIB_O) $(KURS_LIBS)

$(O)/libkurs.a: $(LIB_O)
	@rm -f $@
	$(AR) rcs $@ $^

# the readable tables of src/ingest/tables as C arrays, made by a small program of our own that runs on the build machine
$(O)/gen/gen_tables: scripts/gen_tables.c src/ingest/fold.c src/ingest/fold.h src/ingest/tables.h
	@mkdir -p $(@D)
	$(HOSTCC) -std=c11 -O1 -Iinclude -Isrc -o $@ scripts/gen_tables.c src/ingest/fold.c

$(O)/gen/ingest_tables.inc $(O)/gen/ingest_publishers.inc: $(O)/gen/ingest_%.inc: $(O)/gen/gen_tables $(wildcard src/ingest/tables/*.tsv)
	$(O)/gen/gen_tables src/ingest/tables $(if $(filter publishers,$*),publishers,names) > $@.new
	@mv -f $@.new $@

$(O)/src/ingest/tables.o: $(O)/gen/ingest_tables.inc
$(O)/src/ingest/publishers.o: $(O)/gen/ingest_publishers.inc

$(O)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

# a test program: one file, linked with the library (and, for tests/unit/test_output_*.c and the like, what it names)
$(O)/tests/%: tests/%.c $(O)/libkurs.a
	@mkdir -p $(@D)
	$(COMPILE) -Itests -o $@ $< $(O)/libkurs.a -lcmocka $(KURS_LIBS)

# ---- for users ----

.PHONY: gallery
gallery: all ## draw every type of chart on samples/ into build/gallery, with a page to look at
	@scripts/gallery $(PROGRAM) $(BUILD)/gallery

.PHONY: demo
demo: ## set up, build, import samples/, print the ticker and the changes, draw a chart and a report
	@scripts/setup build
	@$(MAKE) -s all
	@scripts/demo $(PROGRAM) $(BUILD)/demo

.PHONY: test
test: ## set up, build and pass every test
	@scripts/setup test
	@$(MAKE) -s all
	@$(MAKE) -s unit
	@$(MAKE) -s fuzz-replay
	@$(MAKE) -s cli-test
	@$(MAKE) -s example-test

.PHONY: install
install: all ## install the program, library, header and kurs.pc under $(DESTDIR)$(PREFIX)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include
	install -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/kurs
	install -m 644 include/kurs.h $(DESTDIR)$(PREFIX)/include/kurs.h
	install -m 644 $(O)/libkurs.a $(DESTDIR)$(PREFIX)/lib/libkurs.a
	install -m 755 $(O)/libkurs.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libkurs.so.$(VERSION)
	ln -sf libkurs.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libkurs.so.0
	ln -sf libkurs.so.0 $(DESTDIR)$(PREFIX)/lib/libkurs.so
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@PKGS@|$(PKGS)|' scripts/kurs.pc.in \
	    > $(DESTDIR)$(PREFIX)/lib/pkgconfig/kurs.pc

.PHONY: uninstall
uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/kurs $(DESTDIR)$(PREFIX)/include/kurs.h $(DESTDIR)$(PREFIX)/lib/libkurs.a \
	    $(DESTDIR)$(PREFIX)/lib/libkurs.so $(DESTDIR)$(PREFIX)/lib/libkurs.so.0 \
	    $(DESTDIR)$(PREFIX)/lib/libkurs.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/pkgconfig/kurs.pc

# ---- tests ----

$(O)/tests/fuzz/%: tests/fuzz/%.c $(O)/libkurs.a
	@mkdir -p $(@D)
	$(COMPILE) -fsanitize=fuzzer -Itests -o $@ $< $(O)/libkurs.a $(KURS_LIBS)

# the same target with a main() that runs the files of a folder, for any compiler
$(O)/tests/fuzz/%.replay: tests/fuzz/%.c tests/fuzz/replay.c $(O)/libkurs.a
	@mkdir -p $(@D)
	$(COMPILE) -Itests -o $@ $< tests/fuzz/replay.c $(O)/libkurs.a $(KURS_LIBS)

# tests of output and charts link those objects too: they are no part of the library
OUTPUT_O := $(filter $(O)/src/output/%,$(PROG_O))
$(O)/tests/unit/test_output_%: tests/unit/test_output_%.c $(OUTPUT_O) $(O)/libkurs.a
	@mkdir -p $(@D)
	$(COMPILE) -Itests -o $@ $< $(OUTPUT_O) $(O)/libkurs.a -lcmocka $(KURS_LIBS)

# packs the files it unpacks
$(O)/tests/unit/test_input: KURS_LIBS += $(if $(HAVE_ARCHIVE),-larchive)

CHART_O := $(filter $(O)/src/chart/%,$(PROG_O))
$(O)/tests/unit/test_chart_%: tests/unit/test_chart_%.c $(CHART_O) $(O)/libkurs.a
	@mkdir -p $(@D)
	$(COMPILE) -Itests -o $@ $< $(CHART_O) $(O)/libkurs.a -lcmocka $(KURS_LIBS)

# tests of the program's own parts link all but its main(), and may run it
CLI_O := $(filter-out $(O)/src/cli/main.o,$(PROG_O))
$(O)/tests/unit/test_cli_%: tests/unit/test_cli_%.c $(CLI_O) $(O)/libkurs.a $(PROGRAM)
	@mkdir -p $(@D)
	$(COMPILE) -Itests -DPROGRAM='"$(abspath $(PROGRAM))"' -o $@ $< $(CLI_O) $(O)/libkurs.a -lcmocka $(KURS_LIBS)

.PHONY: unit
unit: $(UNIT) ## build and run the unit, model and fault tests
	@echo "unit, model and fault tests:"
	@scripts/run-units $(UNIT)

.PHONY: cli-test
cli-test: $(PROGRAM) ## run the golden cases of the program
	@echo "golden cases of the program:"
	@scripts/run-cli $(PROGRAM) tests/cli

.PHONY: fuzz-replay
fuzz-replay: $(FUZZ_C:%.c=$(O)/%.replay) ## replay every fuzz corpus
	@for target in $(FUZZ_C:%.c=$(O)/%.replay); do \
	    name=$$(basename $$target .replay); \
	    $$target tests/fuzz/corpus/$${name#fuzz_} || exit 1; done

.PHONY: fuzz
fuzz: ## fuzz every target for FUZZ_SECONDS (default 30) each with libFuzzer (clang)
	@$(MAKE) -s FLAVOUR=fuzz CC=clang fuzz-run

.PHONY: fuzz-run
fuzz-run: $(FUZZ_C:%.c=$(O)/%)
	@for target in $^; do name=$${target##*/fuzz_}; mkdir -p $(O)/corpus/$$name; echo "fuzz: $$name"; \
	    $$target -max_total_time=$(FUZZ_SECONDS) -print_final_stats=0 -verbosity=0 -artifact_prefix=$(O)/ \
	    $(O)/corpus/$$name tests/fuzz/corpus/$$name || exit 1; done
FUZZ_SECONDS ?= 30

.PHONY: example-test
example-test: all ## install into a scratch folder and build the example against it through pkg-config
	@scripts/test-example $(O)/example $(CC)

.PHONY: asan
asan: ## every test with address, undefined-behaviour and leak checks
	@$(MAKE) -s FLAVOUR=asan all unit fuzz-replay cli-test

.PHONY: tsan
tsan: ## the unit, model and fault tests with the thread checker
	@$(MAKE) -s FLAVOUR=tsan unit

.PHONY: coverage
coverage: ## line coverage of the unit tests and golden cases (gcov)
	@$(MAKE) -s FLAVOUR=cover all unit cli-test
	@scripts/coverage $(BUILD)/cover

.PHONY: transcript
transcript: $(PROGRAM) ## replay the README
	@scripts/run-transcript README.md $(PROGRAM)

# ---- benchmarks ----

$(O)/generate: tests/bench/generate.c
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $< -lm

$(O)/bench_lib: tests/bench/bench_lib.c $(O)/libkurs.a
	$(COMPILE) -o $@ $< $(O)/libkurs.a $(KURS_LIBS)

$(O)/bench_sqlite: tests/bench/bench_sqlite.c
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $< -lsqlite3

.PHONY: bench
bench: ## kurs, DuckDB and SQLite side by side (about 10 minutes)
	@scripts/setup bench
	@$(MAKE) -s all $(O)/generate $(O)/bench_lib $(O)/bench_sqlite
	@scripts/bench $(BUILD)

.PHONY: bench-quick
bench-quick: ## the same on a tenth of the data (about a minute)
	@scripts/setup bench
	@$(MAKE) -s all $(O)/generate $(O)/bench_lib $(O)/bench_sqlite
	@scripts/bench $(BUILD) --quick

$(O)/bench_codec: tests/bench/bench_codec.c $(O)/libkurs.a
	$(COMPILE) -o $@ $< $(O)/libkurs.a $(KURS_LIBS)

.PHONY: bench-codec
bench-codec: $(O)/bench_codec ## size and speed of the block codec alone (half a minute)
	@$(O)/bench_codec

# ---- checks ----

ALL_C := $(shell find src include tests -name '*.[ch]' 2>/dev/null)

.PHONY: format
format: ## lay out every C file with clang-format
	@clang-format -i $(ALL_C)

.PHONY: format-check
format-check:
	@clang-format --dry-run -Werror $(ALL_C) && echo "format: ok"

.PHONY: layers
layers: ## check the includes against the layers of the design
	@scripts/layers

.PHONY: lint
lint: $(O)/gen/ingest_tables.inc $(O)/gen/ingest_publishers.inc ## clang-tidy over the sources, and the limits of file and function length
	@scripts/lint $(LIB_C) $(PROG_C) -- $(KURS_CPPFLAGS) -std=c11

.PHONY: clean
clean: ## remove what was built
	rm -rf $(BUILD)

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

-include $(LIB_O:.o=.d) $(PROG_O:.o=.d) $(UNIT:=.d)
