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

A closed standard stream is no place for the store: talk does not go into it.

$ kurs add EUR/USD 1.9 2025-02-09 0<&- 1>&- 2>&-
$ kurs export 1>&-
! kurs: cannot write to standard output: Bad file descriptor
= 4
$ kurs import - 0<&-
! kurs: cannot read 'stdin': Bad file descriptor
= 4
$ kurs verify -q -f csv
| series,blocks,points,summaries,revisions,imports
| 1,1,3,0,0,3

A reader that leaves ends the program without a word.

$ mkfifo gone; { read _ <gone; kurs --help; echo $? >&2; } | { exec <&-; echo >gone; }
! 141
$ { read _ <gone; kurs export; echo $? >&2; } | { exec <&-; echo >gone; }
! 141

Strangers' text gives a terminal no orders (C0 and C1 in either spelling), and a page no markup.

$ name=$(printf 'c1\302\233\033[31m\233<img src=x>_*&amp;.csv'); printf 'date,EUR/USD\n2025-01-06,1.3\nx\233\302\2331m,1.4\n' > "$name"; kurs import "$name"
! c1??[31m?<img src=x>_*&amp;.csv:3: rejected: 'x›В›1m' is no date of the form YYYY-MM-DD: x›В›1m,1.4
! c1??[31m?<img src=x>_*&amp;.csv: single series, EUR/USD, oldest first, dates YYYY-MM-DD, 2025-01-06…2025-01-06
! c1??[31m?<img src=x>_*&amp;.csv: 2 rows read = 1 new + 0 identical + 0 replaced + 0 kept + 0 blank + 1 rejected
= 3
$ kurs imports | tail -1 | grep -o 'c1.*csv'
| c1??[31m?<img src=x>_*&amp;.csv
$ kurs imports -f markdown | tail -1 | grep -o 'c1.*csv'
| c1??\[31m?\<img src=x\>\_\*\&amp;.csv
$ kurs imports -f json | tail -2 | grep -o 'c1.*csv'
| c1\u009b\u001b[31m�<img src=x>_*&amp;.csv

A dry run fails where the import would, and says why it has no room.

$ : > file; kurs import -q --dry-run in.csv --store file/e.kurs; kurs import -q in.csv --store file/e.kurs
! kurs: cannot open 'file/e.kurs': Not a directory
! kurs: cannot open 'file/e.kurs': Not a directory
= 4
$ TMPDIR=nowhere kurs import -q --dry-run in.csv --store none.kurs
! kurs: cannot make a temporary folder in 'nowhere': No such file or directory
! hint: TMPDIR names another
= 4
