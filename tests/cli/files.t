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
