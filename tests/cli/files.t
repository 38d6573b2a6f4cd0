A file that cannot be read is named, with what it is.

$ printf 'date,EUR/USD\n2024-03-14,1.1\n2024-03-15,1.2\n' > rates.csv
$ gzip -c rates.csv | head -c 30 > cut.csv.gz; kurs import cut.csv.gz
! kurs: cannot unpack 'cut.csv.gz': truncated gzip input
= 1
$ yes 1.5 | head -n 5000 | tr '\n' , > wide.csv; echo >> wide.csv; kurs import wide.csv
! kurs: cannot import 'wide.csv': cannot read line 1: it has more than 4096 columns
= 1
$ yes 1.5 | head -n 300000 | tr '\n' , > line.csv; kurs import line.csv
! kurs: cannot import 'line.csv': its first 1048576 bytes hold no line end
= 1
$ for e in UTF-32LE UTF-32BE; do iconv -f UTF-8 -t $e rates.csv | kurs import - --dry-run 2>&1 | grep -e bytes: -e read; done
|   bytes: UTF-32LE
| stdin: 2 rows read = 2 new + 0 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
|   bytes: UTF-32BE
| stdin: 2 rows read = 2 new + 0 identical + 0 replaced + 0 kept + 0 blank + 0 rejected
A quote that is never closed, and one that is closed too late, take no row away unsaid.

$ printf 'date,rate\n2024-03-14,"1.1\n2024-03-15,1.2\n' > q.csv; kurs import --pair EUR/USD q.csv
! q.csv:2: rejected: a quote opened on line 2 is never closed: 2024-03-14,"1.1
! q.csv:3: rejected: a quote opened on line 2 is never closed: 2024-03-15,1.2
! q.csv: single series, EUR/USD, oldest first, dates YYYY-MM-DD
! kurs: no rates in 'q.csv': line 2: a quote opened on line 2 is never closed
! hint: kurs import --dry-run tells how the file was understood
= 1
$ printf 'date,rate\n2024-03-12,1.1\n2024-03-13,1.1\n2024-03-14,"1.1\n2024-03-15,1.2' > q.csv; kurs import --pair EUR/USD q.csv --rejects rejects.csv
! q.csv:4: rejected: a quote opened on line 4 is never closed: 2024-03-14,"1.1
! q.csv:5: rejected: a quote opened on line 4 is never closed: 2024-03-15,1.2
! q.csv: single series, EUR/USD, oldest first, dates YYYY-MM-DD, 2024-03-12…2024-03-13
! q.csv: 4 rows read = 2 new + 0 identical + 0 replaced + 0 kept + 0 blank + 2 rejected
= 3
$ cat rejects.csv
| file,line,byte,reason,row
| q.csv,4,40,a quote opened on line 4 is never closed,"2024-03-14,""1.1"
| q.csv,5,56,a quote opened on line 4 is never closed,"2024-03-15,1.2"
$ printf 'date,rate\n2024-03-12,1.1\n2024-03-13,1.1\n2024-03-14,"1.1\n2024-03-15,1.2\n2024-03-16,1.2"\n2024-03-17,"1.3"' > q.csv; kurs import --pair EUR/USD q.csv
! q.csv:4: rejected: '1.1?2024-03-15,1.2?2024-03-16,1.2' is no number; a quoted cell spans lines 4 to 6: 2024-03-14,"1.1?2024-03-15,1.2?2024-03-16,1.2"
! q.csv: single series, EUR/USD, oldest first, dates YYYY-MM-DD, 2024-03-12…2024-03-17
! q.csv: 4 rows read = 1 new + 2 identical + 0 replaced + 0 kept + 0 blank + 1 rejected
= 3
One bad cell in a short file is a reject, wherever it stands.

$ for row in 1 2 3 4; do seq 1 4 | awk -v row=$row 'BEGIN {print "date,rate"} {print "2024-04-0" $1 "," ($1 == row ? "abc" : "1.0" $1)}' | kurs import - --pair EUR/GBP 2>&1 | grep rejected:; done
| stdin:2: rejected: 'abc' is no number: 2024-04-01,abc
| stdin:3: rejected: 'abc' is no number: 2024-04-02,abc
| stdin:4: rejected: 'abc' is no number: 2024-04-03,abc
| stdin:5: rejected: 'abc' is no number: 2024-04-04,abc
