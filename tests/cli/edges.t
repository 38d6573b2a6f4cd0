Parts of a chart and a report that were wrong once.

Periods are whole, whenever the range begins.

$ (echo date,rate; for y in 2023 2024; do for m in 01 02 03 04 05 06 07 08 09 10 11 12; do for d in 10 25; do echo $y-$m-$d,1.$m$d; done; done; done) > m.csv; kurs import -q --pair EUR/USD m.csv
$ kurs report EUR/USD --by month --from 2024-06-15 -o r.md; grep '^| 2024' r.md; kurs change EUR/USD --by year -f csv | tail -1
| | 2024 |  |  |  |  |  | 0.95 | 0.94 | 0.93 | 0.92 | 0.92 | 0.91 | 0.90 | 0.00 |
| EUR/USD,2024,2023-12-25,1.1225,2024-12-25,1.1225,0.0000,0.00
No change is no rise.

$ printf 'date,rate\n2024-01-01,3.5\n2024-02-01,3.5\n2024-03-01,3.5\n' > f.csv; kurs import -q --pair TMT/USD f.csv
$ kurs report TMT/USD --windows 1m -o r.html; grep -o '<td[^>]*>+*0.00%' r.html
| <td>0.00%
A source is cleaned of what is no text.

$ kurs report TMT/USD --source "$(printf 'a\377\033b')" -o r.html; grep -o 'Source: [^<]*' r.html
| Source: a� b · TMT/USD · Last observation 1 Mar 2024
| Source: a� b · TMT/USD · Last observation 1 Mar 2024
| Source: a� b.
A mark stands where it stands, whichever pair is named first.

$ (echo time,rate; for h in 01 07 13 19; do echo 2024-03-01T$h:00:00Z,1.$h; done) > i.csv; kurs import -q --pair GBP/USD i.csv
$ (echo date,rate; echo 2024-03-01,1.2; echo 2024-03-02,1.3) > d.csv; kurs import -q --pair CHF/USD d.csv
$ for p in 'GBP/USD CHF/USD' 'CHF/USD GBP/USD'; do kurs chart $p --tz Asia/Tokyo --mark 2024-03-02:x --script -f svg | grep -A1 -B1 'label "x"' | grep -o 'label "x" at screen [0-9.]*'; done
| label "x" at screen 0.574349
| label "x" at screen 0.574349
A font has a name of at most 64 bytes.

$ kurs chart TMT/USD --font "$(printf 'A%.0s' $(seq 65))" -o x.svg
! kurs: cannot draw the chart: the name of a font has at most 64 bytes
! hint: name one family, like Arial
= 2
Wide characters take two columns.

$ kurs chart TMT/USD --title "$(printf '\346\274\242%.0s' $(seq 70))" | head -1 | wc -m
| 41
What a picture cannot show, the terminal cannot either.

$ kurs chart EUR/USD --type drawdown --log
! kurs: cannot use --log: percentages have no logarithmic scale
! hint: leave it out, or choose another --type
= 2
$ kurs chart EUR/USD --mark 1990-01-01:x
! kurs: cannot use --mark: a chart of characters cannot show it
! hint: -o FILE.svg draws a picture
= 2
Nothing falls by more than all.

$ printf 'date,rate\n2024-01-01,3\n2024-02-01,0.02\n2024-03-01,0.01\n' > z.csv; kurs import -q --pair ZWL/USD z.csv
$ kurs chart ZWL/USD --type drawdown --size 960x300 -o z.svg; grep -o '[0-9]*%<' z.svg | sort -n | tail -1
| 100%<
Changes of sparse rates are those of periods that have one.

$ (echo date,rate; for m in 01 02 03 04 05 06; do echo 2025-$m-01,1.$m; done) > s.csv; kurs import -q --pair NOK/USD s.csv
$ kurs chart NOK/USD --type change -o s.svg; grep -o 'change on the [a-z]* before' s.svg | head -1
| change on the month before
Rates beyond all digits have labels that differ.

$ printf 'date,rate\n2024-01-01,5e31\n2024-02-01,9e31\n' > b.csv; kurs import -q --pair XAU/USD b.csv
$ kurs chart XAU/USD --script -f svg | grep -o 'label "[5-9][^"]*"'
| label "5e31"
| label "6e31"
| label "7e31"
| label "8e31"
| label "9e31"
| label "8"
| label "90,000,000,000,000,000,000,000,000,000,000"
