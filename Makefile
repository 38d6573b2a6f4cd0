# kurs: see `make help`. Objects go to build/<flavour>/; `make FLAVOUR=asan …` builds another flavour beside the release.
FLAVOUR ?= release
BUILD   ?= build
O       := $(BUILD)/$(FLAVOUR)
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= cc
AR      ?= ar
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
HAVE_ARCHIVE := $(shell $(PKG_CONFIG) --exists libarchive 2>/dev/null && echo 1)
PKGS         := lmdb $(if $(HAVE_ARCHIVE),libarchive)
KURS_CPPFLAGS := -Iinclude -Isrc -I$(O)/gen -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 \
                $(if $(HAVE_ARCHIVE),-DKURS_HAVE_ARCHIVE) $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
KURS_CFLAGS  := -std=c11 $(WARNINGS) $(FLAVOUR_FLAGS) -fPIC -fvisibility=hidden -pthread $(CFLAGS)
KURS_LIBS    := $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null) -lcsv -lm -pthread
COMPILE = $(CC) $(KURS_CPPFLAGS) $(CPPFLAGS) $(KURS_CFLAGS) -MMD -MP

LIB_C  := $(sort $(wildcard src/base/*.c src/store/*.c src/ingest/*.c src/query/*.c))
PROG_C := $(sort $(wildcard src/output/*.c src/chart/*.c src/cli/*.c))
UNIT_C := $(sort $(wildcard tests/unit/test_*.c tests/model/test_*.c tests/fault/test_*.c))
FUZZ_C := $(sort $(wildcard tests/fuzz/fuzz_*.c))
LIB_O  := $(LIB_C:%.c=$(O)/%.o)
PROG_O := $(PROG_C:%.c=$(O)/%.o)
UNIT   := $(UNIT_C:%.c=$(O)/%)

.PHONY: all
all: $(BUILD)/kurs ## build the program and the library

$(BUILD)/kurs: $(O)/kurs
	@cp -f $< $@

$(O)/kurs: $(PROG_O) $(O)/libkurs.a
	$(CC) $(KURS_CFLAGS) $(LDFLAGS) -o $@ $(PROG_O) $(O)/libkurs.a $(KURS_LIBS)

$(O)/libkurs.a: $(LIB_O)
	@rm -f $@
	$(AR) rcs $@ $^

$(O)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

# a test program: one file, linked with the library (and, for tests/unit/test_output_*.c and the like, what it names)
$(O)/tests/%: tests/%.c $(O)/libkurs.a
	@mkdir -p $(@D)
	$(COMPILE) -Itests -o $@ $< $(O)/libkurs.a -lcmocka $(KURS_LIBS)

.PHONY: unit
unit: $(UNIT) ## build and run the unit, model and fault tests
	@scripts/run-units $(UNIT)

.PHONY: clean
clean: ## remove what was built
	rm -rf $(BUILD)

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

-include $(LIB_O:.o=.d) $(PROG_O:.o=.d) $(UNIT:=.d)
