What an option can never mean is told before the file is looked at, here an ambiguous one.

$ printf 'date,EUR/USD\n03/04/2024,1.1\n05/06/2024,1.2\n' > rates.csv
$ for n in x 0 1.5 -1 12345678901; do kurs import rates.csv --nominal=$n; done
! kurs: cannot use --nominal 'x': it must be a whole number from 1 to 1000000000
! kurs: cannot use --nominal '0': it must be a whole number from 1 to 1000000000
! kurs: cannot use --nominal '1.5': it must be a whole number from 1 to 1000000000
! kurs: cannot use --nominal '-1': it must be a whole number from 1 to 1000000000
! kurs: cannot use --nominal '12345678901': it must be a whole number from 1 to 1000000000
= 2
$ kurs import rates.csv --date 2024-13-01
! kurs: cannot use --date '2024-13-01': it must be a date that exists, written YYYY-MM-DD
= 2
$ kurs import rates.csv --date 2024-12-01 --at 2024-12-02
! kurs: cannot use --date with --at: both give the date of rows without one
= 2
$ kurs import rates.csv --date-format QQQ
! kurs: cannot use --date-format 'QQQ': it has no year
! hint: write it like YYYY-MM-DD, DD.MM.YYYY HH:MM:SS or epoch-ms
= 2
$ kurs import rates.csv --tz Mars/Olympus
! kurs: cannot use --tz 'Mars/Olympus': it must be a time zone of this system, such as Asia/Almaty or UTC
= 2
$ kurs import rates.csv --encoding klingon
! kurs: cannot use --encoding 'klingon': it must be one that iconv knows, such as UTF-8, CP1251 or UTF-16LE
= 2
$ kurs import rates.csv --delimiter ab
! kurs: cannot use --delimiter 'ab': it must be , ; | tab or space
= 2
$ kurs import rates.csv --decimal x
! kurs: cannot use --decimal 'x': it must be . or ,
= 2
$ kurs import rates.csv --thousands x
! kurs: cannot use --thousands 'x': it must be , . ' space or none
= 2
$ kurs import rates.csv --decimal , --thousands comma
! kurs: cannot use --decimal with --thousands: one mark cannot be both
= 2
$ kurs import rates.csv --decimal , --delimiter comma
! kurs: cannot import 'rates.csv': --delimiter and --decimal are the same mark, and no cell of it is quoted
= 2
$ kurs import rates.csv --base EURO1234567890
! kurs: cannot use --base 'EURO1234567890': it must be a code of 2 to 10 letters or digits
= 2
$ kurs import rates.csv --quote E/D
! kurs: cannot use --quote 'E/D': it must be a code of 2 to 10 letters or digits
= 2
$ kurs import rates.csv --base eur --quote EUR
! kurs: cannot use --base with --quote: both are the same currency
= 2
$ kurs import rates.csv --pair EURO
! kurs: cannot use --pair 'EURO': it must be two different codes of 2 to 10 letters or digits: EUR/USD
= 2
$ kurs import rates.csv --pair EUR/USD --base GBP
! kurs: cannot use --pair with --base: they name different bases
= 2
$ kurs import rates.csv --pair EUR/USD --quote GBP
! kurs: cannot use --pair with --quote: they name different quotes
= 2
$ kurs import rates.csv --pair EUR/USD@a --label b
! kurs: cannot use --pair with --label: they name different labels
= 2
$ kurs import rates.csv --layout tall
! kurs: cannot use --layout 'tall': it must be long, wide, transposed, single, ohlc, ticks, ticker, ledger or beancount
= 2
$ kurs import rates.csv --price last
! kurs: cannot use --price 'last': it must be bid, ask or mid
= 2
$ kurs import - --follow --dry-run < /dev/null
! kurs: cannot use --follow with --dry-run: what has been followed is committed every second
= 2
$ kurs import - --follow --strict < /dev/null
! kurs: cannot use --follow with --strict: what has been followed is committed every second
= 2
Whether a word tells rates apart is known only with the file.

$ kurs import rates.csv --date-format DD/MM/YYYY --column x
! kurs: cannot import 'rates.csv': --column 'x' is no word that tells its rates apart
! hint: columns of bars are open, high, low and close
= 2
Names for marks; any case of codes; a pair's label.

$ tr , ';' < rates.csv | kurs import - --delimiter semicolon --pair eur-usd@Ecb --base eur --date-format DD/MM/YYYY -q; kurs pairs -f csv | cut -d, -f1-3
| pair,kind,points
| EUR/USD@ecb,daily,2
