An answer without data is exit status 1 with a word about it, as a chart's; a table where some pairs have data is one.

$ kurs -q add EUR/USD 1.1 2025-01-02; kurs -q add EUR/USD 1.2 2025-02-03; kurs -q add GBP/USD 1.3 2025-02-03
$ kurs stats EUR/USD --from 2026
! kurs: cannot answer from 'store.kurs': 'EUR/USD' has no point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs change EUR/USD --to 1900
! kurs: cannot answer from 'store.kurs': 'EUR/USD' has no point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs change --at 1900 -f csv
| pair,window,from,start,to,end,change,percent
| EUR/USD,1d,,,,,,
| EUR/USD,1w,,,,,,
| EUR/USD,1m,,,,,,
| EUR/USD,3m,,,,,,
| EUR/USD,6m,,,,,,
| EUR/USD,ytd,,,,,,
| EUR/USD,1y,,,,,,
| GBP/USD,1d,,,,,,
| GBP/USD,1w,,,,,,
| GBP/USD,1m,,,,,,
| GBP/USD,3m,,,,,,
| GBP/USD,6m,,,,,,
| GBP/USD,ytd,,,,,,
| GBP/USD,1y,,,,,,
! kurs: cannot answer from 'store.kurs': no pair has a point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs change EUR/USD --by month --to 1900
! kurs: cannot answer from 'store.kurs': 'EUR/USD' has no point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs change EUR/USD --compare @,@ --to 1900
! kurs: cannot answer from 'store.kurs': 'EUR/USD' has no point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs change EUR/USD --to 1900 --explain
| EUR/USD: nothing is known by the end
! kurs: cannot answer from 'store.kurs': 'EUR/USD' has no point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs ohlc --from 2026
! kurs: cannot answer from 'store.kurs': no pair has a point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs get --at 1900
! kurs: cannot answer from 'store.kurs': no pair has a point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs ticker --at 1900
! kurs: cannot answer from 'store.kurs': no pair has a point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs ticker EUR/USD --at 1900
! kurs: no rate of 'EUR/USD' at 1900-12-31: the series starts later
! hint: 'kurs pairs' shows when each series starts
= 1
$ kurs export --from 2026 --wide -o none.csv
! kurs: cannot answer from 'store.kurs': no pair has a point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs export EUR/USD --from 2026 -o none.csv; ls none.csv
! kurs: cannot answer from 'store.kurs': 'EUR/USD' has no point in the range
! hint: 'kurs pairs' shows when each series starts and ends
! ls: cannot access 'none.csv': No such file or directory
= 2
$ kurs correlation
! kurs: cannot correlate the pairs: no two have 3 daily returns at the same dates
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs stats --to 2025-01 -f csv
| pair,from,to,points,first,last,low,low_time,high,high_time,mean,percent,cagr,volatility,drawdown,drawdown_from,drawdown_to
| EUR/USD,2025-01-02,2025-01-02,1,1.1,1.1,1.1,2025-01-02,1.1,2025-01-02,1.100,0.00,,,0.00,2025-01-02,2025-01-02
| GBP/USD,,,0,,,,,,,,,,,,,
$ kurs change EUR/USD GBP/USD --to 2025-01 -f csv
| pair,from,start,to,end,change,percent
| EUR/USD,2025-01-02,1.1,2025-01-02,1.1,0.0,0.00
| GBP/USD,,,,,,

--explain names the legs that the arithmetic used: those in force when asked, not when the older of them was observed.

$ kurs -q add AAA/USD 10 2025-01-06; kurs -q add AAA/USD 11 2025-01-11; kurs -q add BBB/USD 2 2025-01-05; kurs -q add BBB/USD 5 2025-01-07
$ kurs -q add BBB/USD 4 2025-01-10
$ kurs change AAA/BBB --from 2025-01-09 --to 2025-01-11 --explain
| AAA/BBB from 2025-01-06 to 2025-01-10
|   start    AAA/USD = 10 observed 2025-01-06
|   start    BBB/USD = 5 observed 2025-01-07, used as 1/rate
|   end      AAA/USD = 11 observed 2025-01-11
|   end      BBB/USD = 4 observed 2025-01-10, used as 1/rate
|   asked    start at 2025-01-09, answered by the newest point at or before it
|   change   2.750000000 - 2.000000000 = 0.750000000
|   percent  ((11 * 5) / (10 * 4) - 1) * 100 = 37.50, rounded once, half away from zero
$ kurs change AAA/BBB --windows 2d --at 2025-01-11 --explain
| AAA/BBB 2d from 2025-01-06 to 2025-01-10
|   start    AAA/USD = 10 observed 2025-01-06
|   start    BBB/USD = 5 observed 2025-01-07, used as 1/rate
|   end      AAA/USD = 11 observed 2025-01-11
|   end      BBB/USD = 4 observed 2025-01-10, used as 1/rate
|   asked    start at 2025-01-08, answered by the newest point at or before it
|   change   2.750000000 - 2.000000000 = 0.750000000
|   percent  ((11 * 5) / (10 * 4) - 1) * 100 = 37.50, rounded once, half away from zero

And --max-age counts.

$ kurs change AAA/BBB --from 2025-01-09 --max-age 1d --explain
| AAA/BBB: the start is older than --max-age allows
|   end      AAA/USD = 11 observed 2025-01-11
|   end      BBB/USD = 4 observed 2025-01-10, used as 1/rate
$ kurs change AAA/BBB --from 2025-01-09 --max-age 3d --explain | head -1
| AAA/BBB from 2025-01-06 to 2025-01-10
