Two sources of one pair.

$ printf 'date,pair,rate\n2025-12-01,EUR/USD,1.10\n2025-12-02,EUR/USD,1.11\n' > a.csv; kurs import -q --label ecb a.csv
$ kurs get EUR/USD --at 2025-12-02 -f csv
| pair,asked,observed,rate,age,rule
| EUR/USD,2025-12-02,2025-12-02,1.11,0d,exact
$ printf 'date,pair,rate\n2025-12-01,EUR/USD,1.10\n2025-12-02,EUR/USD,1.12\n' > b.csv; kurs import -q --label nbkr b.csv
$ kurs get EUR/USD
! kurs: cannot tell which series 'EUR/USD' means: 2 hold it: EUR/USD@ecb, EUR/USD@nbkr
! hint: add a label, e.g. EUR/USD@nbkr
= 1
$ kurs get EUR/USD@nbkr --at 2025-12-02 -f csv
| pair,asked,observed,rate,age,rule
| EUR/USD@nbkr,2025-12-02,2025-12-02,1.12,0d,exact
$ kurs get --at 2025-12-02 -f csv
| pair,asked,observed,rate,age,rule
| EUR/USD@ecb,2025-12-02,2025-12-02,1.11,0d,exact
| EUR/USD@nbkr,2025-12-02,2025-12-02,1.12,0d,exact
$ kurs change EUR/USD --compare @ecb,@nbkr --from 2025-12-01 -f csv
| pair,window,first,first_from,first_start,first_to,first_end,first_percent,second,second_from,second_start,second_to,second_end,second_percent,difference
| EUR/USD,range,@ecb,2025-12-01,1.10,2025-12-02,1.11,0.91,@nbkr,2025-12-01,1.10,2025-12-02,1.12,1.82,-0.91
$ kurs change EUR/USD --compare ecb,nbkr --windows 1d,1w
| pair     window  first  from        start  to           end     %  second  from        start  to           end     %  difference %
| EUR/USD  1d      @ecb   2025-12-01   1.10  2025-12-02  1.11  0.91  @nbkr   2025-12-01   1.10  2025-12-02  1.12  1.82         -0.91
| EUR/USD  1w      @ecb                      2025-12-02  1.11        @nbkr                      2025-12-02  1.12
$ kurs change --compare @ecb,@nbkr
! kurs: cannot use --compare: no pair is named
! hint: kurs change EUR/USD --compare @ecb,@nbkr
= 2
$ kurs change EUR/USD --compare @ecb
! kurs: cannot use --compare '@ecb': it must be two labels, as in @ecb,@nbkr
= 2
$ kurs change EUR/USD --compare @ecb,@none
! kurs: no rates of 'EUR/USD@none': neither it, nor its inverse, nor two series that share a currency are stored
! hint: stored for that pair: EUR/USD@ecb, EUR/USD@nbkr
= 1
$ kurs export -f ledger
! kurs: cannot export both 'EUR/USD@ecb' and 'EUR/USD@nbkr': price lines have no room for the label that tells them apart
! hint: name the pairs to export, one source of each
= 1
$ kurs import -q --label 'two words' a.csv
! kurs: cannot use --label 'two words': it must be 1 to 32 of a-z, 0-9, '.', '_' and '-'
= 2
$ kurs pairs -f csv | wc -l | tr -d ' '
| 3

A pair with what can be no label is a reject, never the pair without one.

$ printf 'date,pair,rate\n2025-01-01,EUR/JPY@%038d,1.1\n2025-01-02,EUR/JPY@%032d,1.1\n2025-01-03,EUR/JPY@b d,1.1\n2025-01-04,EUR/JPY@,1.1\n2025-01-05,EURJPY@é,1.1\n' 1 1 > l.csv; kurs import l.csv
! l.csv:2: rejected: 'EUR/JPY@00000000000000000000000000000000': no label of 1 to 32 a-z, 0-9, . _ -: 2025-01-01,EUR/JPY@00000000000000000000000000000000000001,1.1
! l.csv:4: rejected: 'EUR/JPY@b d': no label of 1 to 32 a-z, 0-9, . _ -: 2025-01-03,EUR/JPY@b d,1.1
! l.csv:5: rejected: 'EUR/JPY@': no label of 1 to 32 a-z, 0-9, . _ -: 2025-01-04,EUR/JPY@,1.1
! l.csv:6: rejected: 'EURJPY@é': no label of 1 to 32 a-z, 0-9, . _ -: 2025-01-05,EURJPY@é,1.1
! l.csv: long, oldest first, dates YYYY-MM-DD, 2025-01-02…2025-01-02
! l.csv: 5 rows read = 1 new + 0 identical + 0 replaced + 0 kept + 0 blank + 4 rejected
= 3
$ kurs pairs -f csv | grep JPY
| EUR/JPY@00000000000000000000000000000001,daily,1,2025-01-02,2025-01-02,1.1,39

A --label that leaves no room for .bid and .ask is refused: cut, both would be one series.

$ printf 'time,bid,ask\n2025-01-01T10:00:00Z,1.1,1.2\n2025-01-01T10:01:00Z,1.15,1.25\n' > EURGBP.csv
$ kurs import -q EURGBP.csv --label bbbbbbbbbbbbbbbbbbbbbbbbbbbbb
! kurs: cannot import 'EURGBP.csv': the label 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbb.bid' is longer than 32 characters
! hint: choose a shorter --label
= 2
$ kurs import -q EURGBP.csv --label bbbbbbbbbbbbbbbbbbbbbbbbbbbb; kurs pairs -f csv | grep GBP
| EUR/GBP@bbbbbbbbbbbbbbbbbbbbbbbbbbbb.ask,instant,2,2025-01-01T10:00:00Z,2025-01-01T10:01:00Z,1.25,50
| EUR/GBP@bbbbbbbbbbbbbbbbbbbbbbbbbbbb.bid,instant,2,2025-01-01T10:00:00Z,2025-01-01T10:01:00Z,1.15,50

Heads of a wide file may have labels, as export --wide writes them: the store made from it is the same.

$ mkdir w; cd w; printf 'date,pair,rate\n2025-01-01,EUR/USD,1.1\n2025-01-01,EUR/USD@ecb,1.2\n2025-01-02,EUR/USD@nbkr,1.3\n2025-01-02,KGS/USD@nbkr,0.01\n' > l.csv
$ cd w; kurs import -q l.csv --store a.kurs; kurs export --wide --store a.kurs | tee wide.csv; kurs import -q wide.csv --store b.kurs; kurs export --store b.kurs
| time,EUR/USD,EUR/USD@ecb,EUR/USD@nbkr,KGS/USD@nbkr
| 2025-01-01,1.1,1.2,,
| 2025-01-02,,,1.3,0.01
| time,pair,rate
| 2025-01-01,EUR/USD,1.1
| 2025-01-01,EUR/USD@ecb,1.2
| 2025-01-02,EUR/USD@nbkr,1.3
| 2025-01-02,KGS/USD@nbkr,0.01
$ printf 'date,EUR/USD@two words\n2025-01-01,1.1\n' > h.csv; kurs import -q h.csv
! kurs: cannot import 'h.csv': column 2, 'EUR/USD@two words', has no label of 1 to 32 of a-z, 0-9, '.', '_' and '-'
! hint: mend the head, or take another column by --value-column
= 1
