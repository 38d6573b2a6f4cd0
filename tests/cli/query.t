$ kurs import -q samples/central-asia.csv

pairs

$ kurs pairs
| pair     kind   points  first       last                  rate  history           bytes
| KGS/USD  daily      29  2024-03-02  2025-12-31  0.011435138     ▁▂▃█▇▆▄▄▃▅▃▄▃▃▃▃    185
| KZT/USD  daily      29  2024-03-02  2025-12-31  0.0019892583    ███▆▅▄▃▂▄▃▃▂▁▁▂▃    209
| TJS/USD  daily      29  2024-03-02  2025-12-31  0.10806459      ▁▁▁▂▂▂▁▁▁▁▅▅▇███    207
| TMT/USD  daily      29  2024-03-02  2025-12-31  0.28581429      ▁▃▃█▅▂▄▁▁▅▄▁▁▂▄▅    183
| UZS/USD  daily      29  2024-03-02  2025-12-31  0.000083134776  ▃▃▃▄▃▂▁▁▁▁▂▃▂███    210
$ kurs pairs -f csv
| pair,kind,points,first,last,rate,bytes
| KGS/USD,daily,29,2024-03-02,2025-12-31,0.011435138,185
| KZT/USD,daily,29,2024-03-02,2025-12-31,0.0019892583,209
| TJS/USD,daily,29,2024-03-02,2025-12-31,0.10806459,207
| TMT/USD,daily,29,2024-03-02,2025-12-31,0.28581429,183
| UZS/USD,daily,29,2024-03-02,2025-12-31,0.000083134776,210
$ kurs pairs -f json
| [
| {"pair":"KGS/USD","kind":"daily","points":29,"first":"2024-03-02","last":"2025-12-31","rate":"0.011435138","bytes":185},
| {"pair":"KZT/USD","kind":"daily","points":29,"first":"2024-03-02","last":"2025-12-31","rate":"0.0019892583","bytes":209},
| {"pair":"TJS/USD","kind":"daily","points":29,"first":"2024-03-02","last":"2025-12-31","rate":"0.10806459","bytes":207},
| {"pair":"TMT/USD","kind":"daily","points":29,"first":"2024-03-02","last":"2025-12-31","rate":"0.28581429","bytes":183},
| {"pair":"UZS/USD","kind":"daily","points":29,"first":"2024-03-02","last":"2025-12-31","rate":"0.000083134776","bytes":210}
| ]
$ kurs pairs -f markdown
| | pair | kind | points | first | last | rate | history | bytes |
| | --- | --- | ---: | --- | --- | ---: | --- | ---: |
| | KGS/USD | daily | 29 | 2024-03-02 | 2025-12-31 | 0.011435138 | ▁▂▃█▇▆▄▄▃▅▃▄▃▃▃▃ | 185 |
| | KZT/USD | daily | 29 | 2024-03-02 | 2025-12-31 | 0.0019892583 | ███▆▅▄▃▂▄▃▃▂▁▁▂▃ | 209 |
| | TJS/USD | daily | 29 | 2024-03-02 | 2025-12-31 | 0.10806459 | ▁▁▁▂▂▂▁▁▁▁▅▅▇███ | 207 |
| | TMT/USD | daily | 29 | 2024-03-02 | 2025-12-31 | 0.28581429 | ▁▃▃█▅▂▄▁▁▅▄▁▁▂▄▅ | 183 |
| | UZS/USD | daily | 29 | 2024-03-02 | 2025-12-31 | 0.000083134776 | ▃▃▃▄▃▂▁▁▁▁▂▃▂███ | 210 |

get

$ kurs get KGS/USD
| pair     asked       observed           rate  age  rule
| KGS/USD  2026-01-02  2025-12-31  0.011435138  2d   prior
$ kurs get KGS/USD UZS/USD --at 2025-12-12 -f csv
| pair,asked,observed,rate,age,rule
| KGS/USD,2025-12-12,2025-12-12,0.011432683,0d,exact
| UZS/USD,2025-12-12,2025-12-12,0.000083133911,0d,exact
$ kurs get USD/KGS KGS/KZT --at 2025-06-30 -f csv
| pair,asked,observed,rate,age,rule
| USD/KGS,2025-06-30,2025-06-01,87.45002122,29d,inverse
| KGS/KZT,2025-06-30,2025-06-01,5.839290190,29d,via USD
$ kurs get --at 2025-06-30 -f json
| [
| {"pair":"KGS/USD","asked":"2025-06-30","observed":"2025-06-01","rate":"0.011435103","age":"29d","rule":"prior"},
| {"pair":"KZT/USD","asked":"2025-06-30","observed":"2025-06-01","rate":"0.0019583036","age":"29d","rule":"prior"},
| {"pair":"TJS/USD","asked":"2025-06-30","observed":"2025-06-01","rate":"0.10052989","age":"29d","rule":"prior"},
| {"pair":"TMT/USD","asked":"2025-06-30","observed":"2025-06-01","rate":"0.28569898","age":"29d","rule":"prior"},
| {"pair":"UZS/USD","asked":"2025-06-30","observed":"2025-06-01","rate":"0.00007831592","age":"29d","rule":"prior"}
| ]
$ kurs get KGS/USD --at 2020-01-01 -f csv
| pair,asked,observed,rate,age,rule
| KGS/USD,2020-01-01,,,,
! kurs: no rate of 'KGS/USD' at 2020-01-01: the series starts later
! hint: 'kurs pairs' shows when each series starts
= 1
$ kurs get KGS/USD --max-age 1d --now 2026-06-01 -f csv
| pair,asked,observed,rate,age,rule
| KGS/USD,2026-06-01,,,,
! kurs: no rate of 'KGS/USD' at 2026-06-01: the newest one is older than --max-age allows
= 1
$ kurs get KGS/USD KGS/KZT --at 2025-06-30 --explain
| KGS/USD = 0.011435103 at 2025-06-30
|   from     KGS/USD = 0.011435103 observed 2025-06-01
|   rule     prior
| KGS/KZT = 5.839290190 at 2025-06-30
|   from     KGS/USD = 0.011435103 observed 2025-06-01
|   from     KZT/USD = 0.0019583036 observed 2025-06-01, used as 1/rate
|   rule     via USD: 0.011435103 / 0.0019583036, rounded to 10 significant digits
$ kurs get EUR/USD
! kurs: no rates of 'EUR/USD': neither it, nor its inverse, nor two series that share a currency are stored
! hint: 'kurs pairs' lists what is stored
= 1
$ kurs get KGS/USS
! kurs: no rates of 'KGS/USS': neither it, nor its inverse, nor two series that share a currency are stored
! hint: did you mean KGS/USD?
= 1
$ kurs get dollars
! kurs: not a pair: 'dollars': a pair is two codes of 2 to 10 letters or digits
! hint: write it as EUR/USD, EURUSD, eur-usd or EUR_USD
= 2
$ kurs get KGS/USD --at 2025-06-30 --decimals 4 -f csv
| pair,asked,observed,rate,age,rule
| KGS/USD,2025-06-30,2025-06-01,0.0114,29d,prior
$ kurs get KGS/KZT --via EUR
! kurs: no rates of 'KGS/KZT': neither it, nor its inverse, nor two series that share EUR are stored
! hint: 'kurs pairs' lists what is stored
= 1

change

$ kurs change KGS/USD --from 2025-01-01 --to 2025-12-12
| pair     from              start  to                  end        change      %
| KGS/USD  2025-01-01  0.011520382  2025-12-12  0.011432683  -0.000087699  -0.76
$ kurs change --from 2025-01-01 --to 2025-12-12 -f csv
| pair,from,start,to,end,change,percent
| KGS/USD,2025-01-01,0.011520382,2025-12-12,0.011432683,-0.000087699,-0.76
| KZT/USD,2025-01-01,0.0019050086,2025-12-12,0.0019232531,0.0000182445,0.96
| TJS/USD,2025-01-01,0.091738408,2025-12-12,0.10861138,0.016872972,18.39
| TMT/USD,2025-01-01,0.28494669,2025-12-12,0.2858064,0.00085971,0.30
| UZS/USD,2025-01-01,0.000077829431,2025-12-12,0.000083133911,0.000005304480,6.82
$ kurs change KGS/USD KGS/KZT -f csv
| pair,window,from,start,to,end,change,percent
| KGS/USD,1d,2025-12-19,0.011433386,2025-12-31,0.011435138,0.000001752,0.02
| KGS/USD,1w,2025-12-19,0.011433386,2025-12-31,0.011435138,0.000001752,0.02
| KGS/USD,1m,2025-11-01,0.011433381,2025-12-31,0.011435138,0.000001757,0.02
| KGS/USD,3m,2025-09-01,0.011444746,2025-12-31,0.011435138,-0.000009608,-0.08
| KGS/USD,6m,2025-06-01,0.011435103,2025-12-31,0.011435138,0.000000035,0.00
| KGS/USD,ytd,2024-12-01,0.011520737,2025-12-31,0.011435138,-0.000085599,-0.74
| KGS/USD,1y,2024-12-01,0.011520737,2025-12-31,0.011435138,-0.000085599,-0.74
| KGS/KZT,1d,2025-12-19,5.899788207,2025-12-31,5.748443025,-0.151345182,-2.57
| KGS/KZT,1w,2025-12-19,5.899788207,2025-12-31,5.748443025,-0.151345182,-2.57
| KGS/KZT,1m,2025-11-01,6.054494673,2025-12-31,5.748443025,-0.306051648,-5.05
| KGS/KZT,3m,2025-09-01,6.158208506,2025-12-31,5.748443025,-0.409765481,-6.65
| KGS/KZT,6m,2025-06-01,5.839290190,2025-12-31,5.748443025,-0.090847165,-1.56
| KGS/KZT,ytd,2024-12-01,5.926747108,2025-12-31,5.748443025,-0.178304083,-3.01
| KGS/KZT,1y,2024-12-01,5.926747108,2025-12-31,5.748443025,-0.178304083,-3.01
$ kurs change KGS/USD
| pair     window  from              start  to                  end        change      %
| KGS/USD  1d      2025-12-19  0.011433386  2025-12-31  0.011435138   0.000001752   0.02  start 11d stale
| KGS/USD  1w      2025-12-19  0.011433386  2025-12-31  0.011435138   0.000001752   0.02
| KGS/USD  1m      2025-11-01  0.011433381  2025-12-31  0.011435138   0.000001757   0.02  start 29d stale
| KGS/USD  3m      2025-09-01  0.011444746  2025-12-31  0.011435138  -0.000009608  -0.08  start 29d stale
| KGS/USD  6m      2025-06-01  0.011435103  2025-12-31  0.011435138   0.000000035   0.00  start 29d stale
| KGS/USD  ytd     2024-12-01  0.011520737  2025-12-31  0.011435138  -0.000085599  -0.74  start 30d stale
| KGS/USD  1y      2024-12-01  0.011520737  2025-12-31  0.011435138  -0.000085599  -0.74  start 30d stale
$ kurs change KGS/USD --windows 1d,1m,ytd,1y,3y,max -f json
| [
| {"pair":"KGS/USD","window":"1d","from":"2025-12-19","start":"0.011433386","to":"2025-12-31","end":"0.011435138","change":"0.000001752","percent":"0.02"},
| {"pair":"KGS/USD","window":"1m","from":"2025-11-01","start":"0.011433381","to":"2025-12-31","end":"0.011435138","change":"0.000001757","percent":"0.02"},
| {"pair":"KGS/USD","window":"ytd","from":"2024-12-01","start":"0.011520737","to":"2025-12-31","end":"0.011435138","change":"-0.000085599","percent":"-0.74"},
| {"pair":"KGS/USD","window":"1y","from":"2024-12-01","start":"0.011520737","to":"2025-12-31","end":"0.011435138","change":"-0.000085599","percent":"-0.74"},
| {"pair":"KGS/USD","window":"3y","from":null,"start":null,"to":"2025-12-31","end":"0.011435138","change":null,"percent":null},
| {"pair":"KGS/USD","window":"max","from":"2024-03-02","start":"0.011184904","to":"2025-12-31","end":"0.011435138","change":"0.000250234","percent":"2.24"}
| ]
$ kurs change KGS/USD --windows 1d --at 2025-03-01 -f csv
| pair,window,from,start,to,end,change,percent
| KGS/USD,1d,2025-02-01,0.011434987,2025-03-01,0.011432502,-0.000002485,-0.02
$ kurs change KGS/USD --windows 3m --convention tradingview -f csv
| pair,window,from,start,to,end,change,percent
| KGS/USD,3m,2025-09-01,0.011444746,2025-12-31,0.011435138,-0.000009608,-0.08
$ kurs change KGS/USD --by quarter
| pair     period   from              start  to                  end        change      %
| KGS/USD  2024-Q1                           2024-03-02  0.011184904
| KGS/USD  2024-Q2  2024-03-02  0.011184904  2024-06-01  0.011402506   0.000217602   1.95
| KGS/USD  2024-Q3  2024-06-01  0.011402506  2024-09-01  0.011776455   0.000373949   3.28
| KGS/USD  2024-Q4  2024-09-01  0.011776455  2024-12-01  0.011520737  -0.000255718  -2.17
| KGS/USD  2025-Q1  2024-12-01  0.011520737  2025-03-01  0.011432502  -0.000088235  -0.77
| KGS/USD  2025-Q2  2025-03-01  0.011432502  2025-06-01  0.011435103   0.000002601   0.02
| KGS/USD  2025-Q3  2025-06-01  0.011435103  2025-09-01  0.011444746   0.000009643   0.08
| KGS/USD  2025-Q4  2025-09-01  0.011444746  2025-12-31  0.011435138  -0.000009608  -0.08
$ kurs change KGS/USD --by quarter --from 2025-08 -f csv
| pair,period,from,start,to,end,change,percent
| KGS/USD,2025-Q3,2025-06-01,0.011435103,2025-09-01,0.011444746,0.000009643,0.08
| KGS/USD,2025-Q4,2025-09-01,0.011444746,2025-12-31,0.011435138,-0.000009608,-0.08
$ kurs change KGS/USD --by month --from 2025-10 -f csv
| pair,period,from,start,to,end,change,percent
| KGS/USD,2025-10,2025-09-01,0.011444746,2025-10-04,0.011434026,-0.000010720,-0.09
| KGS/USD,2025-11,2025-10-04,0.011434026,2025-11-01,0.011433381,-0.000000645,-0.01
| KGS/USD,2025-12,2025-11-01,0.011433381,2025-12-31,0.011435138,0.000001757,0.02
$ kurs change KGS/USD --last 1m -f csv
| pair,from,start,to,end,change,percent
| KGS/USD,2025-11-01,0.011433381,2025-12-31,0.011435138,0.000001757,0.02
$ kurs change KGS/USD --last 1m --to 2025-06-30 --decimals 5 -f csv
| pair,from,start,to,end,change,percent
| KGS/USD,2025-05-01,0.011431481,2025-06-01,0.011435103,0.000003622,0.03168
$ kurs change KGS/USD --from 2020 -f csv
| pair,from,start,to,end,change,percent
| KGS/USD,,,2025-12-31,0.011435138,,
$ kurs change KGS/USD --to 2025-01 -f markdown
| | pair | from | start | to | end | change | % |
| | --- | --- | ---: | --- | ---: | ---: | ---: |
| | KGS/USD | 2024-03-02 | 0.011184904 | 2025-01-01 | 0.011520382 | 0.000335478 | 3.00 |
$ kurs change KGS/USD KGS/KZT --from 2025-01-01 --explain
| KGS/USD from 2025-01-01 to 2025-12-31
|   start    KGS/USD = 0.011520382 observed 2025-01-01
|   end      KGS/USD = 0.011435138 observed 2025-12-31
|   asked    start at 2025-01-01, answered by the newest point at or before it
|   change   0.011435138 - 0.011520382 = -0.000085244
|   percent  (0.011435138 / 0.011520382 - 1) * 100 = -0.74, rounded once, half away from zero
| KGS/KZT from 2025-01-01 to 2025-12-31
|   start    KGS/USD = 0.011520382 observed 2025-01-01
|   start    KZT/USD = 0.0019050086 observed 2025-01-01, used as 1/rate
|   end      KGS/USD = 0.011435138 observed 2025-12-31
|   end      KZT/USD = 0.0019892583 observed 2025-12-31, used as 1/rate
|   asked    start at 2025-01-01, answered by the newest point at or before it
|   change   5.748443025 - 6.047417319 = -0.298974294
|   percent  ((0.011435138 * 0.0019050086) / (0.011520382 * 0.0019892583) - 1) * 100 = -4.94, rounded once, half away from zero
$ kurs change KGS/USD --from 2020 --explain
| KGS/USD: the start is not known
|   end      KGS/USD = 0.011435138 observed 2025-12-31
$ kurs change KGS/USD --windows 1q
! kurs: not a window: '1q': a window is a count of d, w, m or y, or ytd, or max
! hint: write it as 1d, 1w, 6m, 10y, ytd or max
= 2
$ kurs change KGS/USD --windows 1d,,1w
! kurs: cannot use --windows '1d,,1w': it must be names such as 1d,1w,1m,3m,6m,ytd,1y,max with commas between
= 2
$ kurs change KGS/USD --by month --windows 1d
! kurs: cannot use --by with --windows: one change is asked for at a time
= 2
$ kurs change KGS/USD --from 2025 --last 1m
! kurs: cannot use --from with --last: both name the start
= 2
$ kurs change KGS/USD --from 2025 --to 2024
! kurs: cannot use --from '2025' with --to '2024': the range ends before it starts
= 2
$ kurs change KGS/USD --by fortnight
! kurs: cannot use --by 'fortnight': it must be day, week, month, quarter or year, 1h to 24h, or minutes 1m to 90m
= 2
$ kurs change KGS/USD KZT/USD --from 2025-01-01
| pair     from               start  to                   end         change      %
| KGS/USD  2025-01-01  0.011520382   2025-12-31  0.011435138   -0.000085244   -0.74
| KZT/USD  2025-01-01  0.0019050086  2025-12-31  0.0019892583   0.0000842497   4.42

ohlc

$ kurs ohlc KGS/USD --every quarter
| pair     period          open         high          low        close           mean  points
| KGS/USD  2024-Q1  0.011184904  0.011184904  0.011184904  0.011184904  0.01118490400       1
| KGS/USD  2024-Q2  0.011176831  0.011402506  0.011176831  0.011402506  0.01128516200       3
| KGS/USD  2024-Q3  0.011900459  0.011900459  0.011776455  0.011776455  0.01183845700       2
| KGS/USD  2024-Q4  0.011654902  0.011654902  0.011520737  0.011520737  0.01158781950       2
| KGS/USD  2025-Q1  0.011520382  0.011520382  0.011432502  0.011432502  0.01146262367       3
| KGS/USD  2025-Q2  0.011570437  0.011570437  0.011431481  0.011435103  0.01147900700       3
| KGS/USD  2025-Q3  0.011452801  0.011452801  0.011434804  0.011444746  0.01144411700       3
| KGS/USD  2025-Q4  0.011434026  0.011435138  0.011429683  0.011435138  0.01143257792      12
$ kurs ohlc KGS/USD --every year -f csv
| pair,period,open,high,low,close,mean,points
| KGS/USD,2024,0.011184904,0.011900459,0.011176831,0.011520737,0.01148661788,8
| KGS/USD,2025,0.011520382,0.011570437,0.011429683,0.011435138,0.01144515133,21
$ kurs ohlc KGS/USD --every month --from 2025-11 --decimals 5 -f json
| [
| {"pair":"KGS/USD","period":"2025-11","open":"0.01143","high":"0.01143","low":"0.01143","close":"0.01143","mean":"0.01143","points":1},
| {"pair":"KGS/USD","period":"2025-12","open":"0.01143","high":"0.01144","low":"0.01143","close":"0.01144","mean":"0.01143","points":10}
| ]
$ kurs ohlc KGS/USD --every 1w --last 1w -f csv
| pair,period,open,high,low,close,mean,points
| KGS/USD,2026-W01,0.011435138,0.011435138,0.011435138,0.011435138,0.01143513800,1
$ kurs ohlc KGS/USD --every 6h --last 1d -f csv
| pair,period,open,high,low,close,mean,points
| KGS/USD,2025-12-31,0.011435138,0.011435138,0.011435138,0.011435138,0.01143513800,1
$ kurs ohlc KGS/USD --every 7x
! kurs: cannot use --every '7x': it must be day, week, month, quarter or year, 1h to 24h, or minutes 1m to 90m
= 2

stats

$ kurs stats KGS/USD KZT/USD --from 2025
| pair                      KGS/USD         KZT/USD
| from                   2025-01-01      2025-01-01
| to                     2025-12-31      2025-12-31
| points                         21              21
| first                 0.011520382    0.0019050086
| last                  0.011435138    0.0019892583
| low                   0.011429683    0.0018286763
| low on                 2025-12-08      2025-10-04
| high                  0.011570437     0.002005994
| high on                2025-04-01      2025-03-01
| mean                0.01144515133  0.001932572029
| time-weighted mean  0.01145498385  0.001916768940
| change %                    -0.74            4.42
| cagr %                      -0.74            4.44
| volatility %                 6.81           35.01
| drawdown %                  -1.22           -8.84
| drawdown from          2025-04-01      2025-03-01
| drawdown to            2025-12-08      2025-10-04
| best day %                   1.21            4.67
| best day on            2025-04-01      2025-12-06
| worst day %                 -1.20           -4.33
| worst day on           2025-05-01      2025-08-02
$ kurs stats KGS/USD --from 2025 -f csv
| pair,from,to,points,first,last,low,low_time,high,high_time,mean,percent,cagr,volatility,drawdown,drawdown_from,drawdown_to
| KGS/USD,2025-01-01,2025-12-31,21,0.011520382,0.011435138,0.011429683,2025-12-08,0.011570437,2025-04-01,0.01144515133,-0.74,-0.74,6.81,-1.22,2025-04-01,2025-12-08
$ kurs stats KGS/USD --from 2025 -f json
| [
| {"pair":"KGS/USD","from":"2025-01-01","to":"2025-12-31","points":21,"first":"0.011520382","last":"0.011435138","low":"0.011429683","low_time":"2025-12-08","high":"0.011570437","high_time":"2025-04-01","mean":"0.01144515133","time_weighted_mean":0.01145498385,"percent":"-0.74","cagr":-0.74,"volatility":6.81,"drawdown":-1.22,"drawdown_from":"2025-04-01","drawdown_to":"2025-12-08","best_day":1.21,"best_day_time":"2025-04-01","worst_day":-1.20,"worst_day_time":"2025-05-01"}
| ]
$ kurs stats KGS/USD --from 2025 -f markdown
| | pair | KGS/USD |
| | --- | ---: |
| | from | 2025-01-01 |
| | to | 2025-12-31 |
| | points | 21 |
| | first | 0.011520382 |
| | last | 0.011435138 |
| | low | 0.011429683 |
| | low on | 2025-12-08 |
| | high | 0.011570437 |
| | high on | 2025-04-01 |
| | mean | 0.01144515133 |
| | time-weighted mean | 0.01145498385 |
| | change % | -0.74 |
| | cagr % | -0.74 |
| | volatility % | 6.81 |
| | drawdown % | -1.22 |
| | drawdown from | 2025-04-01 |
| | drawdown to | 2025-12-08 |
| | best day % | 1.21 |
| | best day on | 2025-04-01 |
| | worst day % | -1.20 |
| | worst day on | 2025-05-01 |
$ kurs stats KGS/USD --from 2025-12-12 -f csv
| pair,from,to,points,first,last,low,low_time,high,high_time,mean,percent,cagr,volatility,drawdown,drawdown_from,drawdown_to
| KGS/USD,2025-12-12,2025-12-31,5,0.011432683,0.011435138,0.011432683,2025-12-12,0.011435138,2025-12-31,0.01143355440,0.02,0.41,0.11,-0.00,2025-12-16,2025-12-19
$ kurs stats KGS/USD --to 2020 -f csv
| pair,from,to,points,first,last,low,low_time,high,high_time,mean,percent,cagr,volatility,drawdown,drawdown_from,drawdown_to
| KGS/USD,,,0,,,,,,,,,,,,,
! kurs: cannot answer from 'store.kurs': 'KGS/USD' has no point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1

correlation

$ kurs correlation KGS/USD KZT/USD UZS/USD
| pair     KGS/USD  KZT/USD  UZS/USD
| KGS/USD   1.0000  -0.2384   0.2307
| KZT/USD  -0.2384   1.0000   0.0726
| UZS/USD   0.2307   0.0726   1.0000
$ kurs add AAA/BBB 1.00 2024-01-01 -q; kurs add AAA/BBB 1.02 2024-01-02 -q; kurs add AAA/BBB 1.01 2024-01-03 -q; kurs add AAA/BBB 1.03 2024-01-04 -q
$ kurs add CCC/BBB 1 2024-01-01 -q; kurs add CCC/BBB 3 2024-01-02 -q; kurs add CCC/BBB 2 2024-01-03 -q; kurs add CCC/BBB 4 2024-01-04 -q; kurs add CCC/BBB 4 2024-01-05 -q
$ kurs correlation AAA/BBB CCC/BBB --last 3d -f csv
| pair,AAA/BBB,CCC/BBB
| AAA/BBB,1.0000,
| CCC/BBB,,1.0000
$ kurs stats AAA/BBB --last 2d --to 2024-01-03 -f csv
| pair,from,to,points,first,last,low,low_time,high,high_time,mean,percent,cagr,volatility,drawdown,drawdown_from,drawdown_to
| AAA/BBB,2024-01-01,2024-01-03,3,1.00,1.01,1.00,2024-01-01,1.02,2024-01-02,1.0100,1.00,515.45,33.29,-0.98,2024-01-02,2024-01-03
$ kurs drop AAA/BBB --yes -q; kurs drop CCC/BBB --yes -q
$ kurs correlation KGS/USD KZT/USD -f csv --decimals 2
| pair,KGS/USD,KZT/USD
| KGS/USD,1.00,-0.24
| KZT/USD,-0.24,1.00

Output to a file, whole or not at all.

$ kurs pairs -f csv -o out.csv; wc -l < out.csv; ls
| 6
| out.csv
| samples
| store.kurs
| store.kurs-lock
$ kurs pairs -o no/such/folder.csv
! kurs: cannot write 'no/such/folder.csv': No such file or directory
= 4
$ kurs get EUR/USD -o out2.csv; ls
| out.csv
| samples
| store.kurs
| store.kurs-lock
! kurs: no rates of 'EUR/USD': neither it, nor its inverse, nor two series that share a currency are stored
! hint: 'kurs pairs' lists what is stored
$ kurs pairs >/dev/full
! kurs: cannot write to standard output: No space left on device
= 4
