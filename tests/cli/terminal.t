Charts of characters: without -o, in the width of COLUMNS. What a terminal that answers is shown is tests/unit/test_cli_terminal.c.

$ kurs -q import samples/central-asia.csv
$ kurs chart KGS/USD --to 2025
| Kyrgyz som against the US dollar
| US dollars per som, 2 Mar 2024 – 31 Dec 2025
| 0.0120 ..........................................................
|
|                     *
|                    * **
|                    *   **
|                   *      **
|                   *        **
|                  *           *           *
| 0.0115 .........*.............*****....**.*......................
|                 *                  ****    ********************** 0.011435 +2.2%
|                *
|              **
|            **
|        ****
|
|
| 0.0110 ..........................................................
|        -----+----+-----+----+----+----+----+----+-----+----+-----
|            May  Jul   Sep  Nov  Jan  Mar  May  Jul   Sep  Nov
|            2024                 2025
| KGS/USD · Last observation 31 Dec 2025
$ COLUMNS=60 kurs chart KGS/USD KZT/USD TJS/USD UZS/USD TMT/USD --rebase
| Five currencies against the US dollar
| US dollars per unit of each, 2 Mar 2024 = 100, to 31 Dec
| 2025
| 120 ....................................$$. $ TJS/USD +18.3%
|                                     $$$$ $$
|                                  $$$
|                                  $
| 110 ..........................$$$..........
|             **               $
|           *$$$**$$$***    *$$       %%%%%%% % UZS/USD +4.1%
|     @$$$$$$@@@$$   $$$$$$$$*******%%******* * KGS/USD +2.2%
| 100 -@@@@@@%%%@@@@@@@@@@@@@@@@@@@@@@@@@@@@@ @ TMT/USD −0.09%
|             ##        %%%%%%%
|               #####
|  90 ...............#....###..............##
|                     # ##   ######       ##  # KZT/USD −10.2%
|                      #           #    ## #
|                                  #####
|  80 .......................................
|     -------+---------+----------+----------
|           Jul       Jan        Jul
|           2024      2025
| Last observation 31 Dec 2025
$ COLUMNS=60 kurs chart TJS/USD KGS/USD --panels --from 2025
| Tajik somoni against the US dollar
| US dollars per somoni, 1 Jan 2025 – 31 Dec 2025
| 0.11 ............................************ 0.10806 +17.8%
|                           *******
| 0.10 ...............******...................
|                  ***
| 0.09 ************............................
|      +-----+------+-----+------+------+------
|     Jan   Mar    May   Jul    Sep    Nov
|     2025
| TJS/USD · Last observation 31 Dec 2025
|
| Kyrgyz som against the US dollar
| US dollars per som, 1 Jan 2025 – 31 Dec 2025
| 0.0116 .....................................
|                 *
| 0.0115 **.....**.**.........................
|          *****     *************************
| 0.0114 ..................................... 0.011435 −0.74%
|        +-----+-----+-----+-----+-----+------
|       Jan   Mar   May   Jul   Sep   Nov
|       2025
| KGS/USD · Last observation 31 Dec 2025
$ kurs chart KZT/USD --type change --from 2025
| Kazakh tenge against the US dollar
| US dollars per tenge, change on the month before, %, 1 Jan 2025 – 31 Dec 2025
| 10 ......................................................................
|
|
|
|
|  5 ................................................................****.. +5.3%
|                ****                                                ****
|                ****                                          ****  ****
|                ****                                          ****  ****
|           ***  ****                                          ****  ****
|           ***  ****              ***              ****       ****  ****
|  0 -####--***--****--####--####--***--####--####--****--###--****--****--
|     ####             ####  ####       ####  ####        ###
|     ####                   ####             ####
|                                             ####
|                                             ####
| −5 ......................................................................
|    +-----+----+-----+-----+-----+----+-----+-----+-----+----+-----+------
|   Jan   Feb  Mar   Apr   May   Jun  Jul   Aug   Sep   Oct  Nov   Dec
|   2025
| KZT/USD · Last observation 31 Dec 2025
$ kurs chart KZT/USD --type candle --every quarter
| Kazakh tenge against the US dollar
| US dollars per tenge, quarterly open, high, low and close (hollow: up, filled:
| down), 2 Mar 2024 – 31 Dec 2025
| 0.0024 ........................................................
|
|
|                  #
|                #####
| 0.0022 .*****..................................................
|
|                       #####
|                       #####
|                              #####
| 0.0020 ......................#####..****..#####.........*****.. 0.0019893 −10.2%
|                              #####  *  *  #####         *   *
|                                     ****         #####  *   *
|                                                  #####  *   *
|                                                  #####  *****
| 0.0018 ........................................................
|        -------+------+------+------+-----+------+------+-------
|              Apr    Jul    Oct    Jan   Apr    Jul    Oct
|              2024                 2025
| KZT/USD · Last observation 31 Dec 2025
$ kurs chart KZT/USD --type heatmap
| Kazakh tenge against the US dollar
| US dollars per tenge, change on the month before, %, 2 Mar 2024 – 31 Dec 2025
|       Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec Year
| 2024                 1.0  1.1 −1.2 −5.9                     −5.0
| 2025 −2.0  1.2  4.1 −1.1 −2.1  0.8 −1.7 −4.3  0.9 −1.6  3.3  5.3  2.3
| KZT/USD · Last observation 31 Dec 2025 · Blank: no rate in the month or year
| before
$ kurs chart KZT/USD --type drawdown
| Kazakh tenge against the US dollar
| US dollars per tenge, % below the highest so far, 2 Mar 2024 – 31 Dec 2025
|   0 ********------------------------------------------------------------
|             **
|               *
|                *
|  −5 ............**......................................................
|                   *
|                    **
|                      ****
| −10 .....................****...........................................
|                              *          **
|                               *        *  ****                      ** * −12.1%
|                                *       *      ******               * **
| −15 ............................**...**.............**............*..*..
|                                   ***                 *          *
|                                                        *  ***  **
|                                                         **   **
| −20 ....................................................................
|     ------+-----+-----+-----+------+----+------+-----+-----+-----+------
|          May   Jul   Sep   Nov    Jan  Mar    May   Jul   Sep   Nov
|          2024                     2025
| KZT/USD · Last observation 31 Dec 2025
$ kurs chart KZT/USD --last 2d
| Kazakh tenge against the US dollar
| US dollars per tenge, 31 Dec 2025
| 0.00204 .............................................................
|
|
| 0.00202 .............................................................
|
|
|
| 0.00200 .............................................................
|
|         *                                                             0.0019893
| 0.00198 .............................................................
|
|
|
| 0.00196 .............................................................
|
|
| 0.00194 .............................................................
|         +------------------------------------------------------------
|    31 Dec 2025
| KZT/USD · Last observation 31 Dec 2025

What does not fit is said, with the way out.

$ kurs chart KGS/USD KZT/USD --type candle
! kurs: cannot draw the chart: too many pairs for one plot
! hint: add --panels, name fewer, or add -o FILE.svg
= 1
$ COLUMNS=40 kurs chart UZS/USD KZT/USD
| Uzbek som and Kazakh tenge
| US dollars per unit of each, 2 Mar 2024
| – 31 Dec 2025
| 0.003 .................
|
|
|
|       ###
| 0.002 ...####..#.....## # KZT/USD −10.2%
|              ## #######
|
|
|
|
| 0.001 .................
|
|
|
|
| 0.000 ***************** * UZS/USD +4.1%
|       +---------------+
|   2 Mar 2024     31 Dec 2025
| Last observation 31 Dec 2025
