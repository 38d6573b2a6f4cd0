What a signal that ends the program leaves behind: nothing.

$ kurs import -q samples/two-days.csv
$ printf '#!/bin/sh\nls out >listed\necho $$ >pid\nkill -$(cat signal) $PPID\nexec sleep 20\n' >gnuplot; chmod +x gnuplot; mkdir out
$ echo TERM >signal; (PATH=.:$PATH kurs chart KGS/USD -o out/a.svg) 2>/dev/null
! Terminated
= 143
$ sed 's/-[0-9]*//' listed; ls out
| a.svg.part.1
$ kill -0 $(cat pid) 2>/dev/null || echo gnuplot is gone
| gnuplot is gone
$ echo HUP >signal; (PATH=.:$PATH kurs chart KGS/USD -o out/a.svg) 2>/dev/null
! Hangup
= 129
$ ls out; kill -0 $(cat pid) 2>/dev/null || echo gnuplot is gone
| gnuplot is gone
