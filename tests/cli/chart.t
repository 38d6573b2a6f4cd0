Charts and reports. What the pictures look like is for eyes (make gallery); here is what the commands write and refuse.

$ kurs -q import samples/central-asia.csv

A picture is a file of its suffix; the same twice is the same to the byte.

$ kurs chart KGS/USD -o a.svg && kurs chart KGS/USD -o b.svg && cmp a.svg b.svg && head -c 109 a.svg; echo
| <svg xmlns="http://www.w3.org/2000/svg" width="960" height="540" viewBox="0 0 960 540" role="img" aria-label=

The suffix may be in capitals, and -f stands in for one.

$ kurs chart KGS/USD -o C.PNG && head -c 4 C.PNG | tail -c 3; echo; kurs chart KGS/USD -f pdf -o c && head -c 4 c; echo; rm c
| PNG
| %PDF

The script draws the same by hand, and holds its data.

$ kurs chart KGS/USD --last 3m --script -o a.gp && head -2 a.gp && gnuplot -d a.gp | head -c 5; echo; grep -c KGS a.gp
| # Drawn by kurs. Run: gnuplot -d THIS_FILE > picture.svg
| set encoding utf8
| <?xml
| 1

Titles are text, whatever they hold.

$ kurs chart KGS/USD --title '`touch ran` $(touch ran) '"''"'.system("touch ran")' --source '<script>' -o a.svg; ls ran; grep -c '<script' a.svg
| 0
! ls: cannot access 'ran': No such file or directory
= 1

What cannot be drawn is said before anything is written.

$ kurs chart KGS/USD -o chart.gif
! kurs: cannot use --output 'chart.gif': it must be a name that ends in .svg, .png or .pdf
= 2
$ kurs chart KGS/USD -f png -o c.svg
! kurs: cannot use --format 'png': it must be that of the suffix of --output; give one of the two
= 2
$ kurs chart KGS/USD --script -o c.svg
! kurs: cannot use --output 'c.svg': it must be a name for a script, such as chart.gp; -f says what it draws
= 2
$ kurs chart KGS/USD --type candle --every 1d -o c.svg
! kurs: cannot draw the chart: no period of 'KGS/USD' has two rates, and so a low and a high
! hint: choose longer periods with --every, or --type line
= 2
$ kurs chart KGS/USD --type pie -o c.svg
! kurs: cannot use --type 'pie': it must be line, candle, change, heatmap, drawdown or band
= 2
$ kurs chart KGS/USD KZT/USD --type heatmap -o c.svg
! kurs: cannot draw the chart: a heat map shows one pair
! hint: draw one file a pair
= 2
$ kurs chart KGS/USD --log --type drawdown -o c.svg
! kurs: cannot use --log: percentages have no logarithmic scale
! hint: leave it out, or choose another --type
= 2
$ kurs chart KGS/USD --mark 1990-01-01:early -o c.svg
! kurs: cannot draw the chart: the mark 'early' is outside the chart
! hint: they stand between the first and the last point drawn
= 2
$ kurs chart KGS/USD --mark early -o c.svg
! kurs: cannot use --mark 'early': it must be DATE:TEXT, at most 32 times
= 2
$ kurs chart KGS/USD --size 10x10 -o c.svg
! kurs: cannot use --size '10x10': it must be two sides of 160 to 8000 pixels, such as 960x540
= 2
$ kurs chart KGS/USD --from 1990 --to 1991 -o c.svg
! kurs: cannot draw the chart: 'KGS/USD' has no point in the range
! hint: kurs pairs lists what is stored, with first and last dates
= 1
$ kurs chart KGS/USD -o nowhere/c.svg
! kurs: cannot write 'nowhere/c.svg': No such file or directory
= 4
$ ls | grep -E '^c\.|part'
= 1

No gnuplot.

$ k=$(sed -n 's/^exec "\([^"]*\)".*/\1/p' "$(command -v kurs)"); PATH=/nonexistent "$k" chart KGS/USD -o c.svg
! kurs: cannot draw: cannot start 'gnuplot': No such file or directory
! hint: install gnuplot 5.4 or newer (Debian: gnuplot-nox)
= 4
