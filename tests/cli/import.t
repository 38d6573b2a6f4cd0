$ kurs import samples/two-days.csv
! samples/two-days.csv: long, oldest first, dates YYYY-MM-DD, 2025-12-11…2025-12-12
! samples/two-days.csv: 10 rows read = 10 new + 0 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
Again: nothing changes.

$ ls -l store.kurs | awk '{print $5}' > before; kurs import samples/two-days.csv; ls -l store.kurs | awk '{print $5}' | cmp - before && kurs imports -f csv | wc -l
| 2
! samples/two-days.csv: long, oldest first, dates YYYY-MM-DD, 2025-12-11…2025-12-12
! samples/two-days.csv: 10 rows read = 0 new + 10 identical + 0 replaced + 0 kept + 0 blank + 0 rejected

Stdin, several files, the worst status.

$ kurs import - < samples/two-days.csv
! stdin: long, oldest first, dates YYYY-MM-DD, 2025-12-11…2025-12-12
! stdin: 10 rows read = 0 new + 10 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
$ kurs import missing.csv samples/two-days.csv
! kurs: cannot open 'missing.csv': No such file or directory
! samples/two-days.csv: long, oldest first, dates YYYY-MM-DD, 2025-12-11…2025-12-12
! samples/two-days.csv: 10 rows read = 0 new + 10 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
= 4
$ kurs import -q missing.csv
! kurs: cannot open 'missing.csv': No such file or directory
= 4
$ mkdir folder; kurs import -q folder
! kurs: cannot read 'folder': Is a directory
= 4
$ kurs import samples/two-days.csv --layout nonsense --store none.kurs
! kurs: cannot use --layout 'nonsense': it must be long, wide, transposed, single, ohlc, ticks, ticker, ledger or beancount
= 2
$ kurs import a.csv b.csv --store none.kurs
! kurs: cannot open 'b.csv': No such file or directory
= 4
$ test -e none.kurs
= 1
$ kurs import
! kurs: cannot run 'import': an argument is missing
! hint: usage: kurs import [options] FILE...
= 2

Rejected rows.

$ cat > bad.csv <<END
> date,pair,rate
> 2025-12-10,KGS/USD,0.0114
> 2025-12-09,KGS/USD,abc
> 2025-12-10,KGS/USD,0.0115
> 2025-12-08,KGS/USD,-1
> 2031-01-01,KGS/USD,0.0114
> END
$ kurs import bad.csv --rejects rejects.csv
! bad.csv:3: rejected: 'abc' is no number: 2025-12-09,KGS/USD,abc
! bad.csv:5: rejected: '-1' is not above zero: 2025-12-08,KGS/USD,-1
! bad.csv:6: rejected: '2031-01-01' is more than 2 days ahead: 2031-01-01,KGS/USD,0.0114
! bad.csv:4: rejected: KGS/USD 2025-12-10 has another rate on line 2, which stays: 2025-12-10,KGS/USD,0.0115
! bad.csv: long, dates YYYY-MM-DD, 2025-12-10…2025-12-10
! bad.csv: 5 rows read = 1 new + 0 identical + 0 replaced + 0 kept + 0 blank + 4 rejected
= 3
$ cat rejects.csv
| file,line,byte,reason,row
| bad.csv,3,41,'abc' is no number,"2025-12-09,KGS/USD,abc"
| bad.csv,5,90,'-1' is not above zero,"2025-12-08,KGS/USD,-1"
| bad.csv,6,112,'2031-01-01' is more than 2 days ahead,"2031-01-01,KGS/USD,0.0114"
| bad.csv,4,64,"KGS/USD 2025-12-10 has another rate on line 2, which stays","2025-12-10,KGS/USD,0.0115"
$ printf 'date,pair,rate\n2025-12-10,KGS/USD,0.0114\n2025-12-09,KGS/USD,0.0113\n2025-12-11,KGS/USD,0.\0001\n' > zero.csv; kurs import zero.csv --store strict.kurs -q --rejects rejects.csv; tail -1 rejects.csv
| zero.csv,4,67,'0.' is no number,"2025-12-11,KGS/USD,0.�1"
The rows kept go to a file of their own: not to the one that is read, by whatever name, nor to the store.

$ cp bad.csv mine.csv; ln mine.csv other-name.csv; kurs import mine.csv --rejects other-name.csv; cmp bad.csv mine.csv
! kurs: cannot write rejects to 'other-name.csv': it is a file to be imported
$ kurs import - --rejects mine.csv < mine.csv; cmp bad.csv mine.csv
! kurs: cannot write rejects to 'mine.csv': it is a file to be imported
$ kurs import bad.csv --rejects store.kurs; kurs verify
| series  blocks  points  summaries  revisions  imports
|      5       5      11          0          0        2
! kurs: cannot write rejects to 'store.kurs': it is the store, or its lock
! store.kurs: sound
$ kurs import bad.csv --strict --store strict.kurs
! bad.csv:3: rejected: 'abc' is no number: 2025-12-09,KGS/USD,abc
! bad.csv:5: rejected: '-1' is not above zero: 2025-12-08,KGS/USD,-1
! bad.csv:6: rejected: '2031-01-01' is more than 2 days ahead: 2031-01-01,KGS/USD,0.0114
! bad.csv:4: rejected: KGS/USD 2025-12-10 has another rate on line 2, which stays: 2025-12-10,KGS/USD,0.0115
! bad.csv: long, dates YYYY-MM-DD, 2025-12-10…2025-12-10
! kurs: 4 of 5 rates rejected in 'bad.csv': --strict imports nothing then; line 3: 'abc' is no number
= 1
$ kurs import bad.csv -q; kurs get KGS/USD --at 2025-12-10 -f csv
| pair,asked,observed,rate,age,rule
| KGS/USD,2025-12-10,2025-12-10,0.0114,0d,exact

$ printf 'time,pair,rate\n2025-12-10T10:00:00Z,KGS/USD,0.0114\n2025-12-10T10:00:01Z,KGS/USD,0.0114\n' > ticks.csv; kurs import ticks.csv
! kurs: cannot import 'ticks.csv': KGS/USD holds one value a day, not times of day: they do not mix
! hint: keep them apart under a label: --label ticks
= 1
$ kurs import -q --label ticks ticks.csv; kurs import -q --label ticks bad.csv; kurs drop --yes -q KGS/USD@ticks
! kurs: cannot import 'bad.csv': KGS/USD@ticks holds times of day, not dates: they do not mix
! hint: keep them apart under a label: --label daily

Conflicts.

$ printf 'date,pair,rate\n2025-12-11,KGS/USD,0.0200\n' > other.csv
$ kurs import other.csv --on-conflict keep
! other.csv: long, oldest first, dates YYYY-MM-DD, 2025-12-11…2025-12-11
! other.csv: 1 rows read = 0 new + 0 identical + 0 replaced + 1 kept + 0 blank + 0 rejected
$ kurs import other.csv --on-conflict fail
! kurs: KGS/USD at 2025-12-11 is 0.01144, not 0.0200: another value is stored for that time
! hint: --on-conflict replace keeps the old value as a revision, keep ignores the new one
= 1
$ kurs import other.csv --on-conflict never
! kurs: cannot use --on-conflict 'never': it must be replace, keep or fail
= 2
$ kurs import other.csv
! other.csv: long, oldest first, dates YYYY-MM-DD, 2025-12-11…2025-12-11
! other.csv: 1 rows read = 0 new + 0 identical + 1 replaced + 0 kept + 0 blank + 0 rejected
$ kurs revisions -f csv
| pair,time,sequence,old,new,when,old_import,new_import
| KGS/USD,2025-12-11,0,0.01144,0.0200,2026-01-02T12:00:00Z,1,5
$ kurs revisions KGS/USD
| pair     time        sequence      old     new  when                  old_import  new_import
| KGS/USD  2025-12-11         0  0.01144  0.0200  2026-01-02T12:00:00Z           1           5

Nothing is guessed, nothing written in a dry run.

$ printf 'date,pair,rate\n03/04/2024,EUR/USD,1.1\n05/06/2024,EUR/USD,1.2\n' > ambiguous.csv
$ kurs import ambiguous.csv
! kurs: cannot import 'ambiguous.csv': '03/04/2024' could be DD/MM/YYYY or MM/DD/YYYY, and no date in it is clear
! hint: --date-format DD/MM/YYYY or --date-format MM/DD/YYYY
= 1
$ kurs import ambiguous.csv --date-format DD/MM/YYYY --label test
! ambiguous.csv: long, oldest first, dates DD/MM/YYYY, 2024-04-03…2024-06-05
! ambiguous.csv: 2 rows read = 2 new + 0 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
$ kurs import samples/eurofxref-sample.csv --base EUR --dry-run --store dry.kurs; test -e dry.kurs || echo no store
| no store
!   bytes: UTF-8
!   dialect: cells parted by ,
!   publisher: ECB, as 'eurofxref' stands in its name
!   frame: dates in column 1, data from line 2, 1 rows of heads
!   numbers: decimal mark '.'
!   pair: column 2 is EUR/USD, by its head and what is common to all
!   pair: column 3 is EUR/JPY, by its head and what is common to all
!   pair: column 4 is EUR/GBP, by its head and what is common to all
!   pair: column 5 is EUR/CHF, by its head and what is common to all
!   pair: column 6 is EUR/CNY, by its head and what is common to all
!   pair: column 7 is EUR/TRY, by its head and what is common to all
!   pair: column 8 is EUR/RUB, by its head and what is common to all
!   pair: base EUR for every rate, as told
!   kind: daily, as no time of day is stated
!   pinned by: --encoding UTF-8
!   pinned by: --delimiter ','
!   pinned by: --decimal '.'
!   pinned by: --date-format 'YYYY-MM-DD'
!   pinned by: --base EUR
!   point: 2025-05-09 EUR/USD 1.1252
!   point: 2025-05-08 EUR/USD 1.1297
!   point: 2025-05-09 EUR/JPY 163.36
!   point: 2025-05-08 EUR/JPY 163.45
!   point: 2025-05-09 EUR/GBP 0.8477
!   point: 2025-05-08 EUR/GBP 0.8476
!   point: 2025-05-09 EUR/CHF 0.9353
!   point: 2025-05-08 EUR/CHF 0.9325
! samples/eurofxref-sample.csv: wide, EUR base, 7 pairs, newest first, dates YYYY-MM-DD, 2019-07-31…2025-05-09
! samples/eurofxref-sample.csv: 2198 rows read = 1916 new + 0 identical + 0 replaced + 0 kept + 282 blank + 0 rejected
$ kurs import samples/eurofxref-sample.csv --base EUR
! samples/eurofxref-sample.csv: wide, EUR base, 7 pairs, newest first, dates YYYY-MM-DD, 2019-07-31…2025-05-09
! samples/eurofxref-sample.csv: 2198 rows read = 1916 new + 0 identical + 0 replaced + 0 kept + 282 blank + 0 rejected
$ printf 'hello\nworld\n' > text.txt; kurs import text.txt
! kurs: cannot import 'text.txt': no row in it has a number beside a date or a currency
= 1
$ kurs import text.txt --skip many
! kurs: cannot use --skip 'many': it must be a number of lines
= 2
$ kurs import text.txt --threads 0
! kurs: cannot use --threads '0': it must be a number from 1 to 256
= 2
$ kurs import text.txt --rejects no/such/folder
! kurs: cannot write 'no/such/folder': No such file or directory
= 4

Strangers' text never drives the terminal.

$ cp samples/two-days.csv hostile.csv; printf '2025-12-10,KGS/USD,\033[31mred\n' >> hostile.csv; kurs import hostile.csv --store h.kurs
! hostile.csv:12: rejected: '?[31mred' is no number: 2025-12-10,KGS/USD,?[31mred
! hostile.csv: long, dates YYYY-MM-DD, 2025-12-11…2025-12-12
! hostile.csv: 11 rows read = 10 new + 0 identical + 0 replaced + 0 kept + 0 blank + 1 rejected
= 3
$ cp samples/two-days.csv "$(printf 'a\033b.csv')"; kurs import a*b.csv --store h2.kurs; kurs imports --store h2.kurs
| id  when                  source   bytes  crc32c    rows  new  identical  replaced  kept  blank  rejected  format
|  1  2026-01-02T12:00:00Z  a?b.csv    293  df851397    10   10          0         0     0      0         0  long, oldest first, dates YYYY-MM-DD, 2025-12-11…2025-12-12
! a?b.csv: long, oldest first, dates YYYY-MM-DD, 2025-12-11…2025-12-12
! a?b.csv: 10 rows read = 10 new + 0 identical + 0 replaced + 0 kept + 0 blank + 0 rejected

A file that replaces what another one brought is told of.

$ for d in 01 02 03 04 05 06 07 08 09 10 11 12; do echo "2025-03-$d,1.1"; done | kurs import -q --pair AAA/USD - && for d in 01 02 03 04 05 06 07 08 09 10 11 12; do echo "2025-03-$d,1.2"; done | kurs import --pair AAA/USD -
! stdin: single series, AAA/USD, oldest first, dates YYYY-MM-DD, 2025-03-01…2025-03-12
! stdin: 12 rows read = 0 new + 0 identical + 12 replaced + 0 kept + 0 blank + 0 rejected
! stdin: warning: 12 values took the place of others (kurs revisions); --label NAME keeps another source apart
$ for d in 01 02 03 04 05 06 07 08 09 10; do echo "2025-03-$d,1.3"; done | kurs import --pair AAA/USD -
! stdin: single series, AAA/USD, oldest first, dates YYYY-MM-DD, 2025-03-01…2025-03-10
! stdin: 10 rows read = 0 new + 0 identical + 10 replaced + 0 kept + 0 blank + 0 rejected
