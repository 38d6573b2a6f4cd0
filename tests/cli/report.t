Reports. How the pages look is for eyes and browsers; here is what is written, what is refused, and what is left behind.

$ kurs -q import samples/central-asia.csv
$ kurs report KGS/USD USD/KZT --from 2025 --windows 1m,ytd -o a.html && kurs report KGS/USD USD/KZT --from 2025 --windows 1m,ytd >b.html && cmp a.html b.html && grep -c '<svg' a.html
| 5
$ kurs report KGS/USD --from 2025 -o a.md && cat a.md && ls a-*
| # Kyrgyz som against the US dollar
|
| 1 pair, 1 Jan 2025 – 31 Dec 2025. As of 31 Dec 2025.
|
| ## Changes
|
| | Pair | Last | Date | 1 day | 1 week | 1 month | 3 months | 6 months | YTD | 1 year |
| |:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|
| | KGS/USD | 0.011435 | 31 Dec 2025 | +0.02%\* | +0.02% | +0.02%\* | −0.08%\* | +0.00%\* | −0.74%\* | −0.74%\* |
|
| \* The rate at the start was more than 7 days old.
|
| ## KGS/USD
|
| US dollars per som, 1 Jan 2025 – 31 Dec 2025
|
| ![US dollars per som, 1 Jan 2025 – 31 Dec 2025. KGS/USD: from 0.011520 to 0.011435 (−0.74%), low 0.011430, high 0.011570.](a-kgs-usd.svg)
|
| * Last: 0.011435 (31 Dec 2025)
| * Change: −0.74%
| * High: 0.011570 (1 Apr 2025)
| * Low: 0.011430 (8 Dec 2025)
| * Mean: 0.011445
| * Change a year: −0.74%
| * Volatility a year: – (rates over 3 days apart)
| * Deepest drawdown: −1.2% (8 Dec 2025)
| * Largest rise: +1.2% (1 Apr 2025)
| * Largest fall: −1.2% (1 May 2025)
|
| ### Drawdown
|
| Below the highest rate so far, %
|
| ![US dollars per som, % below the highest so far, 1 Jan 2025 – 31 Dec 2025. KGS/USD: from 0.011520 to 0.011435 (−0.74%), low 0.011430, high 0.011570. Deepest: −1.2% on 8 Dec 2025.](a-drawdown.kgs-usd.svg)
|
| ### Month by month
|
| Change on the month before, %
|
| | Year | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec | Jan–Dec |
| |:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
| | 2025 | −0.0 | −0.7 | −0.0 | 1.2 | −1.2 | 0.0 | 0.2 | −0.2 | 0.1 | −0.1 | −0.0 | 0.0 | −0.7 |
|
| ## Sources and notes
|
| Files imported into the store:
|
| * central-asia.csv
|
| | Pair | First | Last | Points | Rates |
| |:--|--:|--:|--:|:--|
| | KGS/USD | 1 Jan 2025 | 31 Dec 2025 | 21 | as published |
|
| The table of changes compares the last rate with the newest one known at the start of each window; an empty cell means that the series begins later. Missing days are left missing.
|
| Mean is that of the points. Change a year is compounded. Volatility is the standard deviation of the log returns of daily closes, times the square root of 252. Drawdown is the fall below the highest rate so far. The largest rise and fall are those from one close to the next.
|
| Each month is compared with the last rate before it. Jan–Dec is the year against the last rate before it.
| a-drawdown.kgs-usd.svg
| a-kgs-usd.svg

The same bytes wherever and whenever it is made.

$ TZ=Asia/Kolkata LC_ALL=de_DE.UTF-8 HOME=/nonexistent SOURCE_DATE_EPOCH=1 kurs report KGS/USD --from 2025 -o c.md && cmp a-kgs-usd.svg c-kgs-usd.svg && sed 's/(c-/(a-/' c.md | cmp - a.md

The change of a month is one on the month before; where that has no rate the cell is empty.

$ cat >hole.csv <<'END'
> date,pair,rate
> 2023-12-29,HOL/USD,100
> 2024-01-31,HOL/USD,110
> 2024-05-31,HOL/USD,220
> 2024-06-28,HOL/USD,198
> 2024-12-31,HOL/USD,300
> 2025-03-31,HOL/USD,330
> 2025-03-31,ONE/USD,3.14
> 2004-12-31,USD/RED,1350000
> 2005-01-03,USD/RED,1.35
> END
$ kurs -q import hole.csv
$ kurs report HOL/USD -o h.md && grep -A5 '^| Year' h.md && grep 'is empty' h.md
| | Year | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec | Jan–Dec |
| |:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
| | 2024 | 10.0 |  |  |  |  | −10.0 |  |  |  |  |  |  | 200 |
|
| ## Sources and notes
|
| Each month is compared with the last rate before it; where the one before has no rate, the cell is empty. Jan–Dec is the year against the last rate before it.
$ kurs report HOL/USD --by quarter -o h.md && grep -A5 '^| Year' h.md
| | Year | Q1 | Q2 | Q3 | Q4 | Jan–Dec |
| |:--|--:|--:|--:|--:|--:|
| | 2024 | 10.0 | 80.0 |  |  | 200 |
| | 2025 | 10.0 |  |  |  | 10.0 |
|
| ## Sources and notes
$ kurs report HOL/USD --by year -o h.md && grep -A5 '^| Period' h.md
| | Period | Change |
| |:--|--:|
| | 2025 | +10.00% |
| | 2024 | +200.00% |
|
| ## Sources and notes
$ kurs report ONE/USD USD/RED --windows 1d,max -o o.md && sed -n '/^## Changes/,/^## Sources/p' o.md
| ## Changes
|
| | Pair | Last | Date | 1 day | all |
| |:--|--:|--:|--:|--:|
| | ONE/USD | 3.14 | 31 Mar 2025 |  | 0.00% |
| | USD/RED | 1.35 | 3 Jan 2005 | −100.00% | −100.00% |
|
| There is no chart of all pairs: no day is common to them.
|
| ## ONE/USD
|
| US dollars per ONE, 31 Mar 2025
|
| ![US dollars per ONE, 31 Mar 2025. ONE/USD: from 3.14 to 3.14 (0.00%), low 3.14, high 3.14.](o-one-usd.svg)
|
| * Last: 3.14 (31 Mar 2025)
|
| ## USD/RED
|
| RED per dollar, 31 Dec 2004 – 3 Jan 2005, log scale
|
| ![RED per dollar, 31 Dec 2004 – 3 Jan 2005, log scale. USD/RED: from 1,350,000 to 1.35 (−99.9999%), low 1.35, high 1,350,000.](o-usd-red.svg)
|
| * Last: 1.35 (3 Jan 2005)
| * Change: −99.9999%
| * High: 1,350,000 (31 Dec 2004)
| * Low: 1.35 (3 Jan 2005)
| * Mean: 675,001
| * Change a year: – (under a year)
| * Volatility a year: –
| * Deepest drawdown: −99.9999% (3 Jan 2005)
| * Largest rise: –
| * Largest fall: −99.9999% (3 Jan 2005)
|
| On 3 Jan 2005 the rate falls about 1,000,000-fold. That looks like a redenomination, or an error in the data: what is measured across that day is no change in value.
|
| ### Drawdown
|
| Below the highest rate so far, %
|
| ![RED per dollar, % below the highest so far, 31 Dec 2004 – 3 Jan 2005. USD/RED: from 1,350,000 to 1.35 (−99.9999%), low 1.35, high 1,350,000. Deepest: −99.9999% on 3 Jan 2005.](o-drawdown.usd-red.svg)
|
| ### Month by month
|
| Change on the month before, %
|
| | Year | Jan | Feb | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec | Jan–Dec |
| |:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
| | 2005 | −100.0 |  |  |  |  |  |  |  |  |  |  |  | −100.0 |
|
| ## Sources and notes

A pair named twice is shown once.

$ kurs report KGS/USD KZT/USD kgsusd -o a.html && grep -o '<section id="[^"]*"' a.html
| <section id="kgs-usd"
| <section id="kzt-usd"

Texts are shown as they are written; the intro of a page of Markdown is Markdown.

$ printf '\357\273\277One <b>&\r\nline.\r\n\r\nTwo.\r\n' >intro.txt
$ kurs report KGS/USD --title '</title><script>x</script>' --source '<img src=x>' --intro intro.txt -o 't <1>.html' && grep -E '<title>|<h1>|<p>' 't <1>.html'
| <title>&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;</title>
| <h1>&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;</h1>
| <p>One &lt;b&gt;&amp;
| <p>Two.
| <title>KGS/USD</title>
| <title>KGS/USD, drawdown</title>
| <p>Source: &lt;img src=x&gt;.</p>
$ grep -A1 '^<p>One' 't <1>.html'
| <p>One &lt;b&gt;&amp;
| line.</p>
$ kurs report KGS/USD --title '# <script> *x*' --intro intro.txt -o 't <1>.md' && sed -n '1p;5,8p' 't <1>.md' && grep -o '](.*)' 't <1>.md'
| # \# \<script\> \*x\*
| One <b>&
| line.
|
| Two.
| ](t%20%3C1%3E-kgs-usd.svg)
| ](t%20%3C1%3E-drawdown.kgs-usd.svg)

What is refused leaves nothing behind.

$ mkdir d
$ cd d && kurs --store ../store.kurs report KGS/USD --windows 1q -o c.html
! kurs: not a window: '1q': a window is a count of d, w, m or y, or ytd, or max
! hint: write it as 1d, 1w, 6m, 10y, ytd or max
= 2
$ cd d && kurs --store ../store.kurs report KGS/USD --intro missing.txt -o c.html
! kurs: cannot read 'missing.txt': No such file or directory
= 4
$ cd d && printf '\377' >bad.txt && kurs --store ../store.kurs report KGS/USD --intro bad.txt -o c.html; rm bad.txt
! kurs: cannot use --intro 'bad.txt': it must be a text in UTF-8 of at most 64 KiB
$ cd d && kurs --store ../store.kurs report KGS/USD -o c.pdf
! kurs: cannot use --output 'c.pdf': it must be a name that ends in .html or .md
= 2
$ cd d && kurs --store ../store.kurs report KGS/USD -o .md
! kurs: cannot use --output '.md': it must be a name that ends in .html or .md
= 2
$ cd d && kurs --store ../store.kurs report KGS/USD --by 2h -o none/c.md
! kurs: cannot write 'none/c.md': No such file or directory
= 4
$ cd d && mkdir c-kgs-usd.svg && kurs --store ../store.kurs report KGS/USD -o c.md
! kurs: cannot write 'c-kgs-usd.svg': Is a directory
= 4
$ cd d && kurs --store ../store.kurs report KGS/USD --from 1990 --to 1991 -o c.md
! kurs: cannot make the report: 'KGS/USD' has no point in the range
! hint: kurs pairs lists what is stored, with first and last dates
= 1
$ ls d
| c-kgs-usd.svg
