The model output, byte for byte.

$ kurs import samples/two-days.csv
! samples/two-days.csv: long, oldest first, dates YYYY-MM-DD, 2025-12-11…2025-12-12
! samples/two-days.csv: 10 rows read = 10 new + 0 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
$ kurs ticker KGS/USD KZT/USD TJS/USD UZS/USD TMT/USD
| • KGS/USD = 0.01144 0%
| • KZT/USD = 0.00192 -0%
| • TJS/USD = 0.10866 0.18%
| • UZS/USD = 0.00008 0%
| • TMT/USD = 0.28571 0%

The order asked for; no pair is every pair by name.

$ kurs ticker tmt-usd KGSUSD
| • TMT/USD = 0.28571 0%
| • KGS/USD = 0.01144 0%
$ kurs ticker
| • KGS/USD = 0.01144 0%
| • KZT/USD = 0.00192 -0%
| • TJS/USD = 0.10866 0.18%
| • TMT/USD = 0.28571 0%
| • UZS/USD = 0.00008 0%
$ kurs ticker -f csv
| pair,time,rate,percent
| KGS/USD,2025-12-12,0.01144,0
| KZT/USD,2025-12-12,0.00192,-0
| TJS/USD,2025-12-12,0.10866,0.18
| TMT/USD,2025-12-12,0.28571,0
| UZS/USD,2025-12-12,0.00008,0
$ kurs ticker -f json
| [
| {"pair":"KGS/USD","time":"2025-12-12","rate":"0.01144","percent":"0"},
| {"pair":"KZT/USD","time":"2025-12-12","rate":"0.00192","percent":"-0"},
| {"pair":"TJS/USD","time":"2025-12-12","rate":"0.10866","percent":"0.18"},
| {"pair":"TMT/USD","time":"2025-12-12","rate":"0.28571","percent":"0"},
| {"pair":"UZS/USD","time":"2025-12-12","rate":"0.00008","percent":"0"}
| ]
$ kurs ticker -f markdown
| | pair | time | rate | % |
| | --- | --- | ---: | ---: |
| | KGS/USD | 2025-12-12 | 0.01144 | 0 |
| | KZT/USD | 2025-12-12 | 0.00192 | -0 |
| | TJS/USD | 2025-12-12 | 0.10866 | 0.18 |
| | TMT/USD | 2025-12-12 | 0.28571 | 0 |
| | UZS/USD | 2025-12-12 | 0.00008 | 0 |
$ kurs ticker KGS/USD --decimals 2
| • KGS/USD = 0.01 0%

One day earlier nothing is known: no percent. Before the series begins: no line.

$ kurs ticker KGS/USD --at 2025-12-11
| • KGS/USD = 0.01144
$ kurs ticker KGS/USD --at 2025-12-10
! kurs: no rate of 'KGS/USD' at 2025-12-10: the series starts later
! hint: 'kurs pairs' shows when each series starts
= 1
$ kurs ticker USD/KGS KGS/KZT
| • USD/KGS = 87.41259 0%
| • KGS/KZT = 5.95833 0%

Its lines are read back.

$ kurs ticker > lines.txt; kurs import --store other.kurs --at 2025-12-12 lines.txt; kurs export --store other.kurs
| time,pair,rate
| 2025-12-12,KGS/USD,0.01144
| 2025-12-12,KZT/USD,0.00192
| 2025-12-12,TJS/USD,0.10866
| 2025-12-12,TMT/USD,0.28571
| 2025-12-12,UZS/USD,0.00008
! lines.txt: ticker lines, 2025-12-12…2025-12-12
! lines.txt: 5 rows read = 5 new + 0 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
$ kurs import samples/ticker.txt --store third.kurs
! samples/ticker.txt: ticker lines, 2025-12-12…2025-12-12
! samples/ticker.txt: 10 rows read = 5 new + 5 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
A line says a rate rounded: the finer one that is stored stays, another one is replaced.

$ printf 'date,pair,rate\n2025-12-12,UZS/USD,0.000083\n2025-12-12,KGS/USD,0.011437\n' > fine.csv; kurs import fine.csv --store fourth.kurs
! fine.csv: long, oldest first, dates YYYY-MM-DD, 2025-12-12…2025-12-12
! fine.csv: 2 rows read = 2 new + 0 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
$ printf 'UZS/USD = 0.00008\nKGS/USD = 0.01143\n' | kurs import - --at 2025-12-12 --store fourth.kurs; kurs export --store fourth.kurs
| time,pair,rate
| 2025-12-12,KGS/USD,0.01143
| 2025-12-12,UZS/USD,0.000083
! stdin: ticker lines, 2025-12-12…2025-12-12
! stdin: 2 rows read = 0 new + 1 identical + 1 replaced + 0 kept + 0 blank + 0 rejected
