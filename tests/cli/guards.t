What must not happen, whoever asks.

The store and its lock are not written over.

$ kurs -q add EUR/USD 1.1 2025-01-02; kurs -q add EUR/USD 1.2 2025-01-03; ln -s store.kurs link.csv
$ kurs export -o store.kurs
! kurs: cannot write to 'store.kurs': it is the store, or its lock
! hint: name another file
= 2
$ kurs export -o link.csv
! kurs: cannot write to 'link.csv': it is the store, or its lock
! hint: name another file
= 2
$ kurs pairs -o store.kurs-lock
! kurs: cannot write to 'store.kurs-lock': it is the store, or its lock
! hint: name another file
= 2
$ echo 'date,EUR/USD' > in.csv; kurs import in.csv --rejects store.kurs-lock
! kurs: cannot write rejects to 'store.kurs-lock': it is the store, or its lock
= 2
$ kurs export; kurs verify -q -f csv
| time,pair,rate
| 2025-01-02,EUR/USD,1.1
| 2025-01-03,EUR/USD,1.2
| series,blocks,points,summaries,revisions,imports
| 1,1,2,0,0,2
