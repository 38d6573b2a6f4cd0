Every form of the points.

$ kurs import -q samples/two-days.csv
$ kurs export
| time,pair,rate
| 2025-12-11,KGS/USD,0.01144
| 2025-12-12,KGS/USD,0.01144
| 2025-12-11,KZT/USD,0.00192005
| 2025-12-12,KZT/USD,0.00192
| 2025-12-11,TJS/USD,0.108465
| 2025-12-12,TJS/USD,0.10866
| 2025-12-11,TMT/USD,0.285714
| 2025-12-12,TMT/USD,0.285714
| 2025-12-11,UZS/USD,0.000083
| 2025-12-12,UZS/USD,0.000083
$ kurs export KGS/USD TMT/USD --to 2025-12-11 -f json
| [
| {"time":"2025-12-11","pair":"KGS/USD","rate":"0.01144"},
| {"time":"2025-12-11","pair":"TMT/USD","rate":"0.285714"}
| ]
$ kurs export KGS/USD --from 2026 -f json
| []
! kurs: cannot answer from 'store.kurs': 'KGS/USD' has no point in the range
! hint: 'kurs pairs' shows when each series starts and ends
= 1
$ kurs export KGS/USD -f ledger
| P 2025-12-11 KGS 0.01144 USD
| P 2025-12-12 KGS 0.01144 USD
$ kurs export KGS/USD -f beancount
| 2025-12-11 price KGS 0.01144 USD
| 2025-12-12 price KGS 0.01144 USD
$ kurs export KGS/USD -f xml
! kurs: cannot use --format 'xml': it must be csv, json, ledger or beancount
= 2
$ kurs export KGS/USD USD/KGS KGS/KZT --to 2025-12-11
| time,pair,rate
| 2025-12-11,KGS/USD,0.01144
| 2025-12-11,USD/KGS,87.41258741
| 2025-12-11,KGS/KZT,5.958178172
$ kurs export --wide
| time,KGS/USD,KZT/USD,TJS/USD,TMT/USD,UZS/USD
| 2025-12-11,0.01144,0.00192005,0.108465,0.285714,0.000083
| 2025-12-12,0.01144,0.00192,0.10866,0.285714,0.000083
$ kurs export --wide KGS/USD KZT/USD -f table
| time        KGS/USD     KZT/USD
| 2025-12-11  0.01144  0.00192005
| 2025-12-12  0.01144  0.00192
$ kurs export EUR/USD
! kurs: no rates of 'EUR/USD': neither it, nor its inverse, nor two series that share a currency are stored
! hint: 'kurs pairs' lists what is stored
= 1

It comes back identical: labels, digits, instants to the microsecond.

$ cat > mixed.csv <<END
> time,pair,rate
> 2025-12-01T10:00:00Z,EUR/USD@bid,1.10
> 2025-12-01T10:00:00.295Z,EUR/USD@bid,1.1000
> 2025-12-01T23:59:59.000001Z,EUR/USD@bid,1.2
> 2025-12-02T00:00:00Z,EUR/USD@bid,123456789012345678
> 2025-12-02T00:00:00Z,EUR/USD@ask,0.000000000000000000000000000001
> END
$ kurs import mixed.csv --store a.kurs
! mixed.csv: warning: EUR/USD@bid jumps over 20-fold on line 5
! mixed.csv: long, oldest first, dates YYYY-MM-DDTHH:MM:SS.fffZ, 2025-12-01T10:00:00Z…2025-12-02T00:00:00Z
! mixed.csv: 5 rows read = 5 new + 0 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
$ kurs export --store a.kurs | tee a.csv
| time,pair,rate
| 2025-12-02T00:00:00Z,EUR/USD@ask,0.000000000000000000000000000001
| 2025-12-01T10:00:00Z,EUR/USD@bid,1.10
| 2025-12-01T10:00:00.295Z,EUR/USD@bid,1.1000
| 2025-12-01T23:59:59.000001Z,EUR/USD@bid,1.2
| 2025-12-02T00:00:00Z,EUR/USD@bid,123456789012345678
$ kurs import -q a.csv --store b.kurs; kurs export --store b.kurs | cmp - a.csv && kurs pairs --store b.kurs -f csv
| pair,kind,points,first,last,rate,bytes
| EUR/USD@ask,instant,1,2025-12-02T00:00:00Z,2025-12-02T00:00:00Z,0.000000000000000000000000000001,39
| EUR/USD@bid,instant,4,2025-12-01T10:00:00Z,2025-12-02T00:00:00Z,123456789012345678,125
$ kurs export > two.csv; kurs import -q two.csv --store c.kurs; kurs export --store c.kurs | cmp - two.csv
$ kurs export --wide > wide.csv; kurs import -q wide.csv --store d.kurs; kurs export --store d.kurs | cmp - two.csv
$ kurs export -f ledger > prices.ledger; kurs import -q prices.ledger --store e.kurs; kurs export --store e.kurs | cmp - two.csv
$ kurs export -f beancount > prices.beancount; kurs import -q prices.beancount --store f.kurs; kurs export --store f.kurs | cmp - two.csv
$ kurs export --store a.kurs -f ledger EUR/USD@bid
| P 2025-12-01 10:00:00 EUR 1.10 USD
| P 2025-12-01 10:00:00 EUR 1.1000 USD
| P 2025-12-01 23:59:59 EUR 1.2 USD
| P 2025-12-02 00:00:00 EUR 123456789012345678 USD
$ kurs export --store a.kurs -f ledger
! kurs: cannot export both 'EUR/USD@ask' and 'EUR/USD@bid': price lines have no room for the label that tells them apart
! hint: name the pairs to export, one source of each
= 1
$ kurs export --store a.kurs -f beancount EUR/USD@bid
! kurs: cannot export 'EUR/USD@bid' as beancount: its points have a time of day, and beancount prices have only dates
! hint: -f ledger keeps the time to the second
= 1
$ kurs export --store a.kurs | head -1
| time,pair,rate
