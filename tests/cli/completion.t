What the bash script offers: an option's value is no command, files stand behind -o, names are completed with their label.

$ kurs -q add EUR/USD 1.1 2025-01-02; kurs -q add EUR/USD@ecb 1.1 2025-01-02; kurs -q add GBP/USD 1.3 2025-02-03; mkdir d; : > d/one.svg
$ cat > try.bash <<'END'
> source <(kurs completion bash)
> for line; do
>     COMP_LINE=$line COMP_POINT=${#line} COMPREPLY=()
>     read -ra COMP_WORDS <<< "$line"
>     COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
>     _kurs
>     echo "$line<TAB> ${COMPREPLY[*]}"
> done
> END
$ bash try.bash 'kurs ch' 'kurs --q' 'kurs --store x.kurs get EUR' 'kurs get eur' 'kurs get EUR/USD GBP' 'kurs get EUR/USD@e' 'kurs get eurx'
| kurs ch<TAB> change chart
| kurs --q<TAB> 
| kurs --store x.kurs get EUR<TAB> EUR/USD EUR/USD@ecb
| kurs get eur<TAB> EUR/USD EUR/USD@ecb
| kurs get EUR/USD GBP<TAB> GBP/USD
| kurs get EUR/USD@e<TAB> ecb
| kurs get eurx<TAB> 
$ bash try.bash 'kurs chart EUR/USD -o d/' 'kurs chart EUR/USD --output=d/' 'kurs chart -o d/one.svg G' 'kurs import d/' 'kurs change --wi'
| kurs chart EUR/USD -o d/<TAB> d/one.svg
| kurs chart EUR/USD --output=d/<TAB> d/one.svg
| kurs chart -o d/one.svg G<TAB> GBP/USD
| kurs import d/<TAB> d/one.svg
| kurs change --wi<TAB> --windows

Quotes in the fish script are paired.

$ kurs completion fish | sed "s/\\\\'//g" | awk -F "'" 'NF % 2 == 0'
