The frame: help, versions, and every way to hold it wrong.

$ kurs
! usage: kurs [--store FILE] COMMAND [options] [arguments]
!
!   import       read rate files of any kind into the store (- is stdin)
!   add          append one point, durably
!   pairs        list the series of the store
!   get          the rate in force at a time
!   change       how much it changed: a range, windows, or period by period
!   ohlc         open, high, low, close, mean and count of each period
!   stats        low, high, mean, change, volatility and drawdown of a range
!   correlation  how alike pairs move: correlation of daily log returns
!   ticker       lines for a news ticker
!   export       write points as csv, json, ledger or beancount prices
!   chart        draw a chart to SVG, PNG or PDF, or in the terminal
!   report       write a page of tables and charts, as HTML or Markdown
!   revisions    list the values that later imports corrected
!   imports      list the imports that made the store
!   diff         list what was restated between two moments
!   verify       check every block, summary and table of the store
!   backup       copy the store to FILE while it is in use
!   compact      give the space of what was replaced or dropped back
!   drop         remove a series with its revisions
!   help         list the commands, or explain one
!   completion   print a shell's completion script
!
! PAIR is KGS/USD, KGSUSD or kgs-usd, with @LABEL for one source of several; none means every series.
! T is 2025, 2025-12, 2025-12-12, 2025-12-12T10:00[:00][Z|+06:00], today, now or -30d.
! kurs COMMAND --help explains a command and shows an example.
= 2
$ kurs --version
| kurs 0.1.0
$ kurs help get
| usage: kurs get [options] [PAIR...]
|
| the rate in force at a time
|
| columns: pair,asked,observed,rate,age,rule. The newest point at or before the
| time asked for answers; observed and age say how old it is. rule: exact
| (observed when asked), prior, inverse (1/rate of the stored pair) or via USD (a
| cross rate; 10 significant digits). A pair without a rate at that time has an
| empty row, and the exit status is 1.
|
| options:
|       --at T              as of T: a time of day, or the end of a day, month or
|                           year (default: now)
|       --max-age SPAN      leave out answers observed more than 7d, 6w, 3m or 1y
|                           before they are asked for
|       --explain           show the arithmetic: values, times, series, formula
|       --decimals N        round rates to N decimals
|       --tz ZONE           time zone of times and periods, e.g. Asia/Bishkek
|                           (default UTC)
|       --via CODE          the currency that cross rates go through (default USD,
|                           then EUR)
|       --as-known T        answer as the store did at T
|   -f, --format NAME       table (default), csv, json or markdown
|   -o, --output FILE       write to FILE, whole or not at all
|       --no-color          no colours on a terminal
|       --store FILE        the store (else $KURS_STORE, else the one in your data
|                           folder)
|       --now T             pretend it is T (tests, reproducible reports)
|   -q, --quiet             say nothing on stderr but errors
|   -h, --help              show this help
|   -V, --version           show the version
|
| example:
|   kurs get KGS/USD KGS/KZT --at 2025-06-30
$ kurs help nonsense
! kurs: cannot explain 'nonsense': kurs has no such command
! hint: 'kurs help' lists them
= 2
$ kurs chnage
! kurs: cannot run 'chnage': kurs has no such command
! hint: did you mean 'kurs change'?
= 2
$ kurs xyzzy
! kurs: cannot run 'xyzzy': kurs has no such command
! hint: 'kurs help' lists them
= 2
$ kurs get --frmo 2025
! kurs: cannot use option '--frmo': 'kurs get' has no such option
! hint: 'kurs get --help' lists the ones it has
= 2
$ kurs get --from 2025
! kurs: cannot use option '--from': 'kurs get' has no such option
! hint: 'kurs get --help' lists the ones it has
= 2
$ kurs get -x
! kurs: cannot use option '-x': 'kurs get' has no such option
! hint: 'kurs get --help' lists the ones it has
= 2
$ kurs get --at
! kurs: cannot use option '--at': its value is missing
! hint: 'kurs get --help' says what it takes
= 2
$ kurs get --explain=yes
! kurs: cannot use option '--explain': it takes no value
= 2
$ kurs add EUR/USD
! kurs: cannot run 'add': an argument is missing
! hint: usage: kurs add [options] PAIR RATE [T]
= 2
$ kurs pairs one two
! kurs: cannot run 'pairs': argument 'one' is one too many
! hint: usage: kurs pairs [options]
= 2
$ kurs get -f yaml
! kurs: cannot use --format 'yaml': it must be table, csv, json or markdown
= 2
$ kurs get --decimals 19
! kurs: cannot use --decimals '19': it must be a whole number from 0 to 18
= 2
$ kurs get --max-age soon
! kurs: cannot use --max-age 'soon': it must be a span such as 7d, 6w, 3m or 1y
= 2
$ kurs get --tz Mars/Olympus
! kurs: unknown time zone: 'Mars/Olympus': no such zone in /usr/share/zoneinfo
! hint: use an IANA name such as UTC, Asia/Bishkek or Europe/Berlin
= 2
$ kurs get --at yesterdayish
! kurs: cannot open 'store.kurs': No such file or directory
! hint: start one with: kurs import FILE (or name another with --store)
= 1
$ kurs completion zsh
! kurs: cannot complete in shell 'zsh': only bash and fish are known
! hint: usage: kurs completion bash|fish
= 2
$ kurs help >/dev/full
! kurs: cannot write to standard output: No space left on device
= 4

Every command explains itself and shows an example; completion scripts are valid shell.

$ for c in $(kurs help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do kurs $c --help | grep -q '^example:' || echo "$c has none"; done
$ kurs completion bash | bash -n && kurs completion bash | tail -1
| complete -F _kurs kurs
$ kurs completion fish | head -3
| # fish completion of kurs: kurs completion fish | source
| function __kurs_pairs; kurs pairs -f csv 2>/dev/null | sed '1d;s/,.*//'; end
| complete -c kurs -n __fish_use_subcommand -x -a import -d 'read rate files of any kind into the store (- is stdin)'
$ kurs help | awk 'length > 100'

A store that is not there, or no store at all to choose.

$ kurs pairs
! kurs: cannot open 'store.kurs': No such file or directory
! hint: start one with: kurs import FILE (or name another with --store)
= 1
$ kurs pairs --store ''
! kurs: cannot use store '': its path is empty or longer than 4095 bytes
= 2
$ unset KURS_STORE HOME; kurs pairs
! kurs: cannot choose a store: neither KURS_STORE, XDG_DATA_HOME nor HOME is set
! hint: name one with --store FILE
= 2
$ unset KURS_STORE; kurs pairs
! kurs: cannot open 'home/.local/share/kurs/history.kurs': No such file or directory
! hint: start one with: kurs import FILE (or name another with --store)
= 1
$ unset KURS_STORE; XDG_DATA_HOME=data kurs add EUR/USD 1.1 -q && ls data/kurs
| history.kurs
| history.kurs-lock
$ echo 'not a store, but long enough to look at' > plain.txt; kurs pairs --store plain.txt
! kurs: cannot open 'plain.txt': it is no kurs store
= 4

Options stand anywhere, in every spelling; -- ends them; the last of two counts.

$ kurs -q add EUR/USD 1.10 -1d; kurs --store store.kurs pairs -fcsv
| pair,kind,points,first,last,rate,bytes
| EUR/USD,instant,1,2026-01-01T12:00:00Z,2026-01-01T12:00:00Z,1.10,39
$ kurs --format=csv get --at=2026-01-01 EUR/USD
| pair,asked,observed,rate,age,rule
| EUR/USD,2026-01-01T23:59:59.999999Z,2026-01-01T12:00:00Z,1.10,11h59m59.999999s,prior
$ kurs -f table get EUR/USD -f csv --at 2026-01-01
| pair,asked,observed,rate,age,rule
| EUR/USD,2026-01-01T23:59:59.999999Z,2026-01-01T12:00:00Z,1.10,11h59m59.999999s,prior
$ kurs get -f csv --at 2026-01-01 -- EUR/USD
| pair,asked,observed,rate,age,rule
| EUR/USD,2026-01-01T23:59:59.999999Z,2026-01-01T12:00:00Z,1.10,11h59m59.999999s,prior
$ kurs get -- --at
! kurs: not a pair: '--at': a pair is two codes of 2 to 10 letters or digits
! hint: write it as EUR/USD, EURUSD, eur-usd or EUR_USD
= 2
