Instants: times of day, ages, zones.

$ cat > ticks.csv <<END
> time,pair,rate
> 2025-12-01T22:30:00Z,EUR/USD,1.1000
> 2025-12-01T22:30:00.250Z,EUR/USD,1.1010
> 2025-12-02T09:00:00.000001Z,EUR/USD,1.1020
> 2025-12-02T09:04:59Z,EUR/USD,1.0990
> 2025-12-02T09:05:00Z,EUR/USD,1.1030
> END
$ kurs import ticks.csv
! ticks.csv: long, oldest first, dates YYYY-MM-DDTHH:MM:SS.fffZ, 2025-12-01T22:30:00Z…2025-12-02T09:05:00Z
! ticks.csv: 5 rows read = 5 new + 0 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
$ kurs get EUR/USD --at 2025-12-02T09:30 -f csv
| pair,asked,observed,rate,age,rule
| EUR/USD,2025-12-02T09:30:00Z,2025-12-02T09:05:00Z,1.1030,25m,prior
$ kurs get EUR/USD --at 2025-12-02T09:30
| pair     asked                 observed                rate  age  rule
| EUR/USD  2025-12-02T09:30:00Z  2025-12-02T09:05:00Z  1.1030  25m  prior
$ kurs get EUR/USD --at 2025-12-02T09:05:00Z -f csv
| pair,asked,observed,rate,age,rule
| EUR/USD,2025-12-02T09:05:00Z,2025-12-02T09:05:00Z,1.1030,0s,exact
$ kurs get EUR/USD --at 2025-12-02T09:04:59.5Z -f csv
| pair,asked,observed,rate,age,rule
| EUR/USD,2025-12-02T09:04:59.500Z,2025-12-02T09:04:59Z,1.0990,0.500s,prior
$ kurs get EUR/USD --at 2025-12-02T09:04:59.5Z
| pair     asked                     observed                rate  age     rule
| EUR/USD  2025-12-02T09:04:59.500Z  2025-12-02T09:04:59Z  1.0990  0.500s  prior
$ kurs get EUR/USD --at 2025-12-02T10:05 --tz Europe/Paris -f csv
| pair,asked,observed,rate,age,rule
| EUR/USD,2025-12-02T09:05:00Z,2025-12-02T09:05:00Z,1.1030,0s,exact
$ kurs get EUR/USD --at 2025-12-05 -f csv
| pair,asked,observed,rate,age,rule
| EUR/USD,2025-12-05T23:59:59.999999Z,2025-12-02T09:05:00Z,1.1030,3d14h54m59.999999s,prior
$ kurs get EUR/USD --at 2025-12-05
| pair     asked                        observed                rate  age    rule
| EUR/USD  2025-12-05T23:59:59.999999Z  2025-12-02T09:05:00Z  1.1030  3d14h  prior
$ kurs ohlc EUR/USD --every 5m -f csv
| pair,period,open,high,low,close,mean,points
| EUR/USD,2025-12-01T22:30Z,1.1000,1.1010,1.1000,1.1010,1.100500,2
| EUR/USD,2025-12-02T09:00Z,1.1020,1.1020,1.0990,1.0990,1.100500,2
| EUR/USD,2025-12-02T09:05Z,1.1030,1.1030,1.1030,1.1030,1.103000,1
$ kurs ohlc EUR/USD --every day -f csv
| pair,period,open,high,low,close,mean,points
| EUR/USD,2025-12-01,1.1000,1.1010,1.1000,1.1010,1.100500,2
| EUR/USD,2025-12-02,1.1020,1.1030,1.0990,1.1030,1.101333,3
$ kurs ohlc EUR/USD --every day --tz Asia/Tokyo -f csv
| pair,period,open,high,low,close,mean,points
| EUR/USD,2025-12-02,1.1000,1.1030,1.0990,1.1030,1.101000,5
$ kurs change EUR/USD --from 2025-12-02 -f csv
| pair,from,start,to,end,change,percent
| EUR/USD,2025-12-01T22:30:00.250Z,1.1010,2025-12-02T09:05:00Z,1.1030,0.0020,0.18
$ kurs change EUR/USD --by day --tz Asia/Tokyo -f csv
| pair,period,from,start,to,end,change,percent
| EUR/USD,2025-12-02,,,2025-12-02T09:05:00Z,1.1030,,
$ kurs export EUR/USD --from 2025-12-02
| time,pair,rate
| 2025-12-02T09:00:00.000001Z,EUR/USD,1.1020
| 2025-12-02T09:04:59Z,EUR/USD,1.0990
| 2025-12-02T09:05:00Z,EUR/USD,1.1030
$ kurs stats EUR/USD -f csv
| pair,from,to,points,first,last,low,low_time,high,high_time,mean,percent,cagr,volatility,drawdown,drawdown_from,drawdown_to
| EUR/USD,2025-12-01T22:30:00Z,2025-12-02T09:05:00Z,5,1.1000,1.1030,1.0990,2025-12-02T09:04:59Z,1.1030,2025-12-02T09:05:00Z,1.101000,0.27,854.37,,-0.27,2025-12-02T09:00:00.000001Z,2025-12-02T09:04:59Z

A start more than 7 days older than asked is flagged in the table, and emptied by --max-age.

$ kurs add EUR/USD 1.2 2025-12-30T00:00Z -q
$ kurs change EUR/USD --windows 1d,1m
| pair     window  from                   start  to                    end  change     %
| EUR/USD  1d      2025-12-02T09:05:00Z  1.1030  2025-12-30T00:00:00Z  1.2  0.0970  8.79  start 26d stale
| EUR/USD  1m                                    2025-12-30T00:00:00Z  1.2
$ kurs change EUR/USD --windows 1d,1m --max-age 7d -f csv
| pair,window,from,start,to,end,change,percent
| EUR/USD,1d,,,2025-12-30T00:00:00Z,1.2,,
| EUR/USD,1m,,,2025-12-30T00:00:00Z,1.2,,
