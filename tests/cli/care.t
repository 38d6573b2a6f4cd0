One point at a time.

$ kurs add KGS/USD 0.01144 2025-12-12
! KGS/USD 0.01144 at 2025-12-12: added
$ kurs add KGS/USD 0.01144 2025-12-12
! KGS/USD 0.01144 at 2025-12-12: nothing to change
$ kurs add KGS/USD 0.0115
! KGS/USD 0.0115 at 2026-01-02: added
$ kurs add KGS/USD 0.0116 2025-12-12T10:00
! kurs: KGS/USD holds one value a day, not times of day: daily and instant times do not mix in one series
! hint: keep them apart under a label, such as KGS/USD@ticks
= 1
$ kurs add KGS/USD 0.0117 2025-12-12 --on-conflict fail
! kurs: KGS/USD at 2025-12-12 is 0.01144, not 0.0117: another value is stored for that time
! hint: --on-conflict replace keeps the old value as a revision, keep ignores the new one
= 1
$ kurs add KGS/USD 0.0117 2025-12
! kurs: cannot add a rate at '2025-12': that is a span of days; a point needs a date or a time
= 2
$ kurs add KGS/USD 0.0117 2206-01-02
! kurs: cannot add a rate at '2206-01-02': that is more than 2 days ahead
= 2
$ kurs add KGS/USD -1 2025-12-12
! kurs: cannot add rate '-1': it must be a number over 0 with at most 18 digits
= 2
$ kurs add KGS/KGS 1
! kurs: not a pair: 'KGS/KGS': base and quote are the same
= 2
$ kurs add EUR/USD@live 1.1 2025-12-12T10:00:00.5+02:00
! EUR/USD@live 1.1 at 2025-12-12T08:00:00.500Z: added
$ kurs add EUR/USD@live 1.2
! EUR/USD@live 1.2 at 2026-01-02T12:00:00Z: added
$ kurs pairs -f csv
| pair,kind,points,first,last,rate,bytes
| EUR/USD@live,instant,2,2025-12-12T08:00:00.500Z,2026-01-02T12:00:00Z,1.2,53
| KGS/USD,daily,2,2025-12-12,2026-01-02,0.0115,60

Corrections, and what was known when.

$ kurs add KGS/USD 0.0120 2025-12-12 --now 2026-01-20
! KGS/USD 0.0120 at 2025-12-12: added
$ kurs stats --as-known 2020
! kurs: cannot answer from 'store.kurs': it held no series then
! hint: 'kurs imports' lists when it was written
= 1
$ kurs get KGS/USD --at 2025-12-12 -f csv
| pair,asked,observed,rate,age,rule
| KGS/USD,2025-12-12,2025-12-12,0.0120,0d,exact
$ kurs get KGS/USD --at 2025-12-12 -f csv --as-known 2026-01-10
| pair,asked,observed,rate,age,rule
| KGS/USD,2025-12-12,2025-12-12,0.01144,0d,exact
$ kurs export KGS/USD --as-known 2026-01-10
| time,pair,rate
| 2025-12-12,KGS/USD,0.01144
| 2026-01-02,KGS/USD,0.0115
$ kurs revisions -f csv
| pair,time,sequence,old,new,when,old_import,new_import
| KGS/USD,2025-12-12,0,0.01144,0.0120,2026-01-20T00:00:00Z,1,5
$ kurs imports -f csv
| id,when,source,bytes,crc32c,rows,added,identical,replaced,kept,blank,rejected,format
| 1,2026-01-02T12:00:00Z,add,0,00000000,1,1,0,0,0,0,0,one point
| 2,2026-01-02T12:00:00Z,add,0,00000000,1,1,0,0,0,0,0,one point
| 3,2026-01-02T12:00:00Z,add,0,00000000,1,1,0,0,0,0,0,one point
| 4,2026-01-02T12:00:00Z,add,0,00000000,1,1,0,0,0,0,0,one point
| 5,2026-01-20T00:00:00Z,add,0,00000000,1,0,0,1,0,0,0,one point
$ kurs imports -f csv --as-known 2026-01-10
| id,when,source,bytes,crc32c,rows,added,identical,replaced,kept,blank,rejected,format
| 1,2026-01-02T12:00:00Z,add,0,00000000,1,1,0,0,0,0,0,one point
| 2,2026-01-02T12:00:00Z,add,0,00000000,1,1,0,0,0,0,0,one point
| 3,2026-01-02T12:00:00Z,add,0,00000000,1,1,0,0,0,0,0,one point
| 4,2026-01-02T12:00:00Z,add,0,00000000,1,1,0,0,0,0,0,one point
$ kurs diff --from 2026-01-10 --to 2026-01-31
| pair     time            old     new   change     %  when                  import
| KGS/USD  2025-12-12  0.01144  0.0120  0.00056  4.90  2026-01-20T00:00:00Z       5
$ kurs diff KGS/USD --from 2026-01-10 -f csv --now 2026-01-31
| pair,time,old,new,change,percent,when,import
| KGS/USD,2025-12-12,0.01144,0.0120,0.00056,4.90,2026-01-20T00:00:00Z,5
$ kurs diff
! kurs: cannot compare two moments: --from names the earlier one and is missing
! hint: --from -7d is the store of a week ago
= 2
$ kurs diff --from 2025 --to 2024
! kurs: cannot use --from '2025' with --to '2024': the range ends before it starts
= 2

Care.

$ kurs verify
| series  blocks  points  summaries  revisions  imports
|      2       2       4          0          1        5
! store.kurs: sound
$ kurs verify -f csv -q
| series,blocks,points,summaries,revisions,imports
| 2,2,4,0,1,5
$ kurs backup copy.kurs
! copy.kurs: a copy of store.kurs
$ kurs backup copy.kurs
! kurs: cannot write 'copy.kurs': it is there already
! hint: name a new file, or remove that one first
= 1
$ kurs export --store copy.kurs > copy.csv; kurs export | cmp - copy.csv
$ kurs compact | wc -l; kurs verify -q -f csv
| 0
| series,blocks,points,summaries,revisions,imports
| 2,2,4,0,1,5
! store.kurs: 32768 bytes, 77824 before
$ kurs drop EUR/USD@live
! drop EUR/USD@live with 2 points, 2025-12-12T08:00:00.500Z to 2026-01-02T12:00:00Z? [y/N] 
! kurs: did not drop 'EUR/USD@live': the answer was not yes
! hint: --yes drops without asking
= 1
$ echo y | kurs drop EUR/USD@live
! drop EUR/USD@live with 2 points, 2025-12-12T08:00:00.500Z to 2026-01-02T12:00:00Z? [y/N] EUR/USD@live: dropped, 2 points
$ kurs drop EUR/USD@live --yes
! kurs: cannot drop 'EUR/USD@live': the store holds no series of exactly that name
! hint: 'kurs pairs' lists the names, each with its label
= 1
$ kurs drop KGS/USD --yes; kurs pairs; kurs get
| pair  kind  points  first  last  rate  bytes
! KGS/USD: dropped, 2 points
! kurs: cannot answer from 'store.kurs': it holds no series
! hint: start one with: kurs import FILE
= 1
