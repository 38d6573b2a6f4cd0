Charts and reports. What the pictures look like is for eyes (make gallery); here is what the commands write and refuse.

$ kurs -q import samples/central-asia.csv

Without -o the chart is drawn in the terminal.

$ kurs chart KGS/USD --to 2025
| Kyrgyz som against the US dollar
| US dollars per som, 2 Mar 2024 – 31 Dec 2025
|  0.01200 +....................................................+
|
|                      *
|                     * *
|  0.01175 +..........*..**.....................................+
|                    *     **
|                    *       **
|                   *          **         *
|  0.01150 +.......*.............****....*.**...................+
|                  *                 ****    ******************** 0.011435 +2.2%
|                 *
|                *
|  0.01125 +...**...............................................+
|          ****
|
|
|  0.01100 +.+.......+......+......+......+.......+......+......+
|           Apr     Jul    Oct    Jan    Apr     Jul    Oct
|          2024                  2025
| KGS/USD · Last observation 31 Dec 2025

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
$ kurs chart KGS/USD --type heatmap
! kurs: cannot draw the chart: this type needs a picture
! hint: add -o FILE.svg
= 2
$ kurs chart KGS/USD KZT/USD --type heatmap -o c.svg
! kurs: cannot draw the chart: a heat map shows one pair
! hint: draw one file a pair
= 2
$ kurs chart KGS/USD --log --type drawdown -o c.svg
! kurs: cannot draw the chart: percentages have no logarithmic scale
! hint: leave out --log
= 2
$ kurs chart KGS/USD --mark 1990-01-01:early -o c.svg
! kurs: cannot draw the chart: the mark 'early' is outside the chart
! hint: marks stand between the first and the last point drawn
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

Reports.

$ kurs report KGS/USD USD/KZT --from 2025 --windows 1m,ytd -o a.html && kurs report KGS/USD USD/KZT --from 2025 --windows 1m,ytd >b.html && cmp a.html b.html && grep -c '<svg' a.html
| 5
$ kurs report KGS/USD --from 2025 --by quarter -o a.md && cat a.md && ls a-*
| # Kyrgyz som against the US dollar
|
| 1 pair, 1 Jan 2025 – 31 Dec 2025. As of 31 Dec 2025.
|
| ## Changes
|
| | Pair | Last | Date | 1d | 1w | 1m | 3m | 6m | ytd | 1y |
| |:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|
| | KGS/USD | 0.011435 | 31 Dec 2025 | +0.02% | +0.02% | +0.02% | −0.08% | +0.00% | −0.74% | −0.74% |
|
| ## KGS/USD
|
| US dollars per som
|
| ![US dollars per som, 1 Jan 2025 – 31 Dec 2025. KGS/USD: from 0.011520 to 0.011435 (−0.74%), low 0.011430, high 0.011570.](<a-kgs-usd.svg>)
|
| * Last: 0.011435 on 31 Dec 2025
| * Change over the range: −0.74%
| * High: 0.011570 on 1 Apr 2025
| * Low: 0.011430 on 8 Dec 2025
| * Mean of the points: 0.011445
| * A year, compounded: −0.74%
| * Volatility a year: not given: rates are more than 3 days apart
| * Deepest drawdown: −1.2% on 8 Dec 2025
| * Largest rise between closes: +1.2% on 1 Apr 2025
| * Largest fall between closes: −1.2% on 1 May 2025
|
| ![US dollars per som, % below the highest so far, 1 Jan 2025 – 31 Dec 2025. KGS/USD: from 0.011520 to 0.011435 (−0.74%), low 0.011430, high 0.011570. Deepest: −1.2% on 8 Dec 2025.](<a-kgs-usd-drawdown.svg>)
|
| | Period | Change on the quarter before |
| |:--|--:|
| | 2025-Q4 | −0.08% |
| | 2025-Q3 | +0.08% |
| | 2025-Q2 | +0.02% |
| | 2025-Q1 | −0.77% |
|
| ## Sources and notes
|
| Files imported into the store:
|
| * central-asia.csv
|
| | Pair | First | Last | Points | Rates |
| |:--|:--|:--|--:|:--|
| | KGS/USD | 2025-01-01 | 2025-12-31 | 21 | as published |
| a-kgs-usd-drawdown.svg
| a-kgs-usd.svg
$ kurs report KGS/USD --windows 1q -o c.html
! kurs: not a window: '1q': a window is a count of d, w, m or y, or ytd, or max
! hint: write it as 1d, 1w, 6m, 10y, ytd or max
= 2
$ kurs report KGS/USD --intro missing.txt -o c.html
! kurs: cannot read 'missing.txt': No such file or directory
= 4
