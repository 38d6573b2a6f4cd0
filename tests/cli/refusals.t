What options cannot mean is refused, with the next step.

$ kurs -q add EUR/USD 1.1 2025-01-02; kurs -q add EUR/USD 1.2 2025-02-03; kurs -q add GBP/USD 1.3 2025-02-03
$ kurs chart EUR/USD --band 2025-03..2024-01:x --script | head -1
! kurs: cannot use --band '2025-03..2024-01:x': it must be FROM..TO:TEXT, FROM before TO, at most 32 times
$ kurs chart EUR/USD --gap 90m --script | head -1
! kurs: cannot use --gap '90m': it must be a span such as 10d, 4h or 3m (months, up to 12), or none
$ kurs chart EUR/USD --gap 12m --script | head -1
| # Drawn by kurs. Run: gnuplot -d THIS_FILE > picture.svg
$ kurs diff
! kurs: cannot compare two moments: --from names the earlier one and is missing
! hint: --from -7d is the store of a week ago
= 2
$ kurs diff --from 2027
! kurs: cannot use --from '2027': it is later than the end, which is now
= 2
$ kurs diff --from 9999-12-31T23:59:59.999999
! kurs: cannot use --from '9999-12-31T23:59:59.999999': it is later than the end, which is now
= 2
$ kurs completion zsh
! kurs: cannot complete in shell 'zsh': only bash and fish are known
! hint: usage: kurs completion bash|fish
= 2
$ kurs change EUR/USD --from
! kurs: cannot use option '--from': its value is missing
! hint: 'kurs change --help' says what it takes
= 2
$ kurs change --compare @a,@b
! kurs: cannot use --compare: no pair is named
! hint: kurs change EUR/USD --compare @ecb,@nbkr
= 2

diff ends now: what was corrected later is not part of it.

$ kurs -q add EUR/JPY 150 2025-01-02; kurs -q add EUR/JPY 151 2025-01-02 --now 2026-03-01
$ kurs diff --from 2026-01-15 -f csv --now 2026-02-15
| pair,time,old,new,change,percent,when,import
$ kurs diff --from 2026-01-15 -f csv --now 2026-03-02
| pair,time,old,new,change,percent,when,import
| EUR/JPY,2025-01-02,150,151,1,0.67,2026-03-01T00:00:00Z,5

COLUMNS has no say in what goes to a file or a pipe, but for charts of characters.

$ COLUMNS=20 kurs change EUR/USD --from 2025-01 --to 2025-02 -o a.txt; kurs change EUR/USD --from 2025-01 --to 2025-02 | cmp - a.txt && wc -l < a.txt | tr -d ' '
| 2
$ COLUMNS=20 kurs change EUR/USD --from 2025-01 --to 2025-02 | wc -l | tr -d ' '
| 2

An option that changes nothing is refused.

$ for o in '--every week' '--type drawdown --log' '--type candle --rebase' '--type candle --gap 3d' '--scale 2'; do kurs chart EUR/USD $o -o c.svg; done
! kurs: cannot use --every: only candles, changes and bands have periods
! hint: leave it out, or choose another --type
! kurs: cannot use --log: percentages have no logarithmic scale
! hint: leave it out, or choose another --type
! kurs: cannot use --rebase: only lines are rebased
! hint: leave it out, or choose another --type
! kurs: cannot use --gap: only lines are broken by gaps
! hint: leave it out, or choose another --type
! kurs: cannot use --scale: only png is made of pixels
! hint: leave it out: svg and pdf are sharp at any size
= 2
$ for o in '--every week' '--gap 3d' --panels --weekdays --mark=2025-01-20:x --band=2025-01-10..2025-01-20:x; do kurs chart EUR/USD --type heatmap $o; done
! kurs: cannot use --every: only candles, changes and bands have periods
! hint: leave it out, or choose another --type
! kurs: cannot use --gap: only lines are broken by gaps
! hint: leave it out, or choose another --type
! kurs: cannot use --panels: a heat map shows one pair
! hint: leave it out, or choose another --type
! kurs: cannot use --weekdays: a heat map has no date axis
! hint: leave it out, or choose another --type
! kurs: cannot use --mark: a heat map has no date axis
! hint: leave it out, or choose another --type
! kurs: cannot use --band: a heat map has no date axis
! hint: leave it out, or choose another --type
= 2
$ for o in --mark=2025-01-20:x --band=2025-01-10..2025-01-20:x '--size 400x300' '--scale 2' '--theme dark' '--font Arial'; do kurs chart EUR/USD $o; done
! kurs: cannot use --mark: a chart of characters cannot show it
! hint: -o FILE.svg draws a picture
! kurs: cannot use --band: a chart of characters cannot show it
! hint: -o FILE.svg draws a picture
! kurs: cannot use --size: a chart of characters cannot show it
! hint: -o FILE.svg draws a picture
! kurs: cannot use --scale: a chart of characters cannot show it
! hint: -o FILE.svg draws a picture
! kurs: cannot use --theme: a chart of characters cannot show it
! hint: -o FILE.svg draws a picture
! kurs: cannot use --font: a chart of characters cannot show it
! hint: -o FILE.svg draws a picture
= 2
$ kurs get EUR/USD --explain -f csv; kurs get EUR/USD --explain --decimals 2
! kurs: cannot use --explain with --format: the arithmetic is text to read
! kurs: cannot use --explain with --decimals: the arithmetic shows every digit
= 2
$ kurs change EUR/USD --explain -f csv; kurs change EUR/USD --explain --compare @a,@b
! kurs: cannot use --explain with --format: the arithmetic is text to read
! kurs: cannot use --compare with --explain: one change is explained at a time
= 2
$ kurs change EUR/USD --from 2025 --convention tradingview; kurs change EUR/USD --by month --convention calendar
! kurs: cannot use --convention with --from, --to or --last: it is about the lengths of windows
! kurs: cannot use --convention with --by: it is about the lengths of windows
= 2

Help fits 80 columns, but for examples.

$ for c in $(kurs help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do kurs $c --help | sed '/^example:/,$d' | awk -v c=$c 'length > 80 {print c ": " $0}'; done
