# bash completion of kiphan(1).  tests/system/test_cli.py holds it against
# the command's own help.

_kiphan_options() {
    local global='--settings --json --lang --help --version'
    case $1 in
    init)      echo "--example --directory $global" ;;
    import)    echo "--feed --as-of --older-too --why --year --calendar --dry-run $global" ;;
    items)     echo "--unit --level --assignee --open $global" ;;
    item)      echo "--on --by --why --document --dry-run $global" ;;
    task)      echo "--on --by --why --document --due --assignee --title --unit --coordinating --assigned-by --recurrence --output --dry-run $global" ;;
    history)   echo "--from --to $global" ;;
    explain)   echo "--all $global" ;;
    preview)   echo "--from --to --rules --diff --person --messages $global" ;;
    calendar)  echo "--calendar --unit --year --before --as $global" ;;
    status)    echo "--check $global" ;;
    report)    echo "--from --to --unit --format --output --as-known-now --known-at $global" ;;
    queue)     echo "--all --limit $global" ;;
    render)    echo "--sample --channel --part $global" ;;
    away)      echo "--from --until --deputy --why --cancel --all --dry-run $global" ;;
    hold)      echo "--all --note $global" ;;
    send-test) echo "--via --wait --dry-run $global" ;;
    watch)     echo "--count $global" ;;
    *)         echo "$global" ;;
    esac
}

_kiphan_words() {
    case $1 in
    '')     echo init check import items item task explain why why-not history calendar preview status report queue render away hold release send-test watch verify key version ;;
    import) echo units people procedures items calendar ;;
    item)   echo finish reopen ;;
    task)   echo add done extend assign pause resume cancel ;;
    calendar) echo show add diff ;;
    report) echo weekly monthly quarter list ;;
    queue)  echo show retry cancel ;;
    key)    echo history ;;
    watch)  echo item. notice. channel. worker. ;;
    esac
}

_kiphan() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local verb='' words=0 i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --settings | --lang | --example | --directory | --feed | --as-of | --why | --year | \
            --calendar | --unit | --level | --assignee | --limit | --via | --wait | --count | --as | \
            --on | --by | --why | --document | --due | --title | --coordinating | --assigned-by | --recurrence | --output | \
            --from | --to | --rules | --person | --note | --part | --format | -o | --known-at)
            ((i++)) ;;
        -*) ;;
        *) if [[ $verb ]]; then ((++words)); else verb=${COMP_WORDS[i]}; fi ;;
        esac
    done

    COMPREPLY=()
    case $before in
    --settings | --rules | -o) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --directory) mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
    --part)      mapfile -t COMPREPLY < <(compgen -W 'subject text html' -- "$current"); return ;;
    --lang)      mapfile -t COMPREPLY < <(compgen -W 'vi en' -- "$current"); return ;;
    --level)
        mapfile -t COMPREPLY < <(compgen -W \
            'overdue due-today at-risk on-track no-deadline paused' -- "$current")
        return ;;
    --format)    mapfile -t COMPREPLY < <(compgen -W 'text json csv html xlsx' -- "$current"); return ;;
    --as)        mapfile -t COMPREPLY < <(compgen -W 'receipt deadline' -- "$current"); return ;;
    --recurrence)
        mapfile -t COMPREPLY < <(compgen -W 'weekly monthly quarterly yearly standing' -- "$current")
        return ;;
    --output)
        [[ $verb != report ]] || mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return ;;
    --on | --by | --why | --document | --due | --title | --coordinating | --assigned-by)
        return ;;
    --example | --feed | --as-of | --year | --calendar | --unit | --assignee | --limit | \
        --via | --wait | --count | --from | --to | --person | --note | --known-at)
        return ;;
    esac

    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_kiphan_options "$verb")" -- "$current")
    elif ((words == 0)); then
        mapfile -t COMPREPLY < <(compgen -W "$(_kiphan_words "$verb")" -- "$current")
    elif [[ $verb == import && $words == 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}

complete -o filenames -F _kiphan kiphan
