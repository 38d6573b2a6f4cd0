What options cannot mean is refused, with the next step.

$ kurs -q add EUR/USD 1.1 2025-01-02; kurs -q add EUR/USD 1.2 2025-02-03; kurs -q add GBP/USD 1.3 2025-02-03
$ kurs chart EUR/USD --band 2025-03..2024-01:x --script | head -1
! kurs: cannot use --band '2025-03..2024-01:x': it must be FROM..TO:TEXT, FROM before TO, at most 32 times
$ kurs chart EUR/USD --gap 90m --script | head -1
! kurs: cannot use --gap '90m': it must be a span such as 10d, 4h or 3m (months, up to 12), or none
$ kurs chart EUR/USD --gap 12m --script | head -1
| # Drawn by kurs. Run: gnuplot -d THIS_FILE > picture.svg
$ kurs diff
! kurs: cannot compare two moments: --from names the earlier one and is missing
! hint: --from -7d is the store of a week ago
= 2
$ kurs diff --from 2027
! kurs: cannot use --from '2027': it is later than the end, which is now
= 2
$ kurs diff --from 9999-12-31T23:59:59.999999
! kurs: cannot use --from '9999-12-31T23:59:59.999999': it is later than the end, which is now
= 2
$ kurs completion zsh
! kurs: cannot complete in shell 'zsh': only bash and fish are known
! hint: usage: kurs completion bash|fish
= 2
$ kurs change EUR/USD --from
! kurs: cannot use option '--from': its value is missing
! hint: 'kurs change --help' says what it takes
= 2
$ kurs change --compare @a,@b
! kurs: cannot use --compare: no pair is named
! hint: kurs change EUR/USD --compare @ecb,@nbkr
= 2

diff ends now: what was corrected later is not part of it.

$ kurs -q add EUR/JPY 150 2025-01-02; kurs -q add EUR/JPY 151 2025-01-02 --now 2026-03-01
$ kurs diff --from 2026-01-15 -f csv --now 2026-02-15
| pair,time,old,new,change,percent,when,import
$ kurs diff --from 2026-01-15 -f csv --now 2026-03-02
| pair,time,old,new,change,percent,when,import
| EUR/JPY,2025-01-02,150,151,1,0.67,2026-03-01T00:00:00Z,5

COLUMNS has no say in what goes to a file or a pipe, but for charts of characters.

$ COLUMNS=20 kurs change EUR/USD --from 2025-01 --to 2025-02 -o a.txt; kurs change EUR/USD --from 2025-01 --to 2025-02 | cmp - a.txt && wc -l < a.txt | tr -d ' '
| 2
$ COLUMNS=20 kurs change EUR/USD --from 2025-01 --to 2025-02 | wc -l | tr -d ' '
| 2
