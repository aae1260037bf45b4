#!/bin/sh
# sentences.sh - the exact sentence for each of many wrong inputs, in both languages: sentences.tsv.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

table=$srcdir/tests/e2e/sentences.tsv
tab=$(printf '\t')
far=
: >"$here/empty"
printf '{"a":1,}' >"$here/comma.json"
printf '\357\273\277{}' >"$here/mark.json"
printf '{"a":1,"a":2}' >"$here/twice.json"
printf '[]' >"$here/list.json"
printf "{'a':1}" >"$here/quotes.json"
printf '{"a":1\n"b":2}' >"$here/lacks.json"
printf '// the url\n{"a":1}' >"$here/comment.json"
printf '{"a":1' >"$here/cut.json"
printf '\377\376{\000' >"$here/utf16.json"
printf '{"a":"b\nc"}' >"$here/line.json"
echo one-line >"$here/line"
ln -s loop "$here/loop"

# stands_there SERVER...: starts that server unless it runs already; sets $name, $url and $ca.
stands_there()
{
    [ "$*" != "$far" ] || return 0
    far=$*
    ca=$here/empty
    case $1 in
    -) name= url= ;;
    closed)
        name=127.0.0.1:1 # where nothing listens
        url=https://$name
        ;;
    *)
        case $1 in
        fmg) SIMULATOR=${FGT_SIMULATOR%/*}/fortimanager-simulator ;;
        ems) SIMULATOR=$EMS_SIMULATOR ;;
        fnac) SIMULATOR=$NAC_SIMULATOR ;;
        *) SIMULATOR=$FGT_SIMULATOR ;;
        esac
        shift
        simulate "$@"
        name=${simulator_url#https://}
        url=$simulator_url
        ca=$ca_file
        ;;
    esac
}

# fill TEXT: sets $filled to it with the name and address of that server filled in. Without a process:
# there are hundreds of them.
fill()
{
    filled=$1
    replace @URL@ "$url"
    replace @NAME@ "$name"
    replace @CA@ "$ca"
    replace @HERE@ "$here"
}

# replace MARK VALUE: each mark in $filled.
replace()
{
    rest=$filled
    filled=
    while [ "${rest#*"$1"}" != "$rest" ]; do
        filled=$filled${rest%%"$1"*}$2
        rest=${rest#*"$1"}
    done
    filled=$filled$rest
}

# Puts the secrets of a row into the environment of the stub.
with_secrets()
{
    unset HECTOR_SECRET_TOKEN HECTOR_SECRET_PASSWORD HECTOR_SECRET_ACCESS_KEY
    case $1 in
    -) return ;;
    key) set -- "token=$key" ;;
    esac
    while [ -n "$1" ]; do
        one=${1%%|*}
        case $one in
        token=*) HECTOR_SECRET_TOKEN=$(printf '%b' "${one#*=}") && export HECTOR_SECRET_TOKEN ;;
        password=*) HECTOR_SECRET_PASSWORD=${one#*=} && export HECTOR_SECRET_PASSWORD ;;
        access_key=*) HECTOR_SECRET_ACCESS_KEY=${one#*=} && export HECTOR_SECRET_ACCESS_KEY ;;
        esac
        [ "$one" != "$1" ] || break
        set -- "${1#*|}"
    done
}

# says ARGUMENTS STATUS SENTENCE [LANGUAGE]
says()
{
    fill "$1"
    eval "set -- \"\$2\" \"\$3\" \"\${4-}\" $filled"
    status=$1
    fill "$2"
    sentence=$filled
    language=$3
    shift 3
    [ -z "$language" ] || set -- "$@" --language "$language"
    case " $* " in
    *" --plugin "*) ;;
    *) set -- --plugin "$IMPATIENT" "$@" ;;
    esac
    said=$(LC_ALL=${LC_ALL:-C.UTF-8} "$STUB" "$@" 2>&1 </dev/null)
    [ $? = "$status" ] && case $said in *"$sentence"*) true ;; *) false ;; esac || {
        printf '%s\n' "$said"
        return 1
    }
}

while IFS=$tab read -r what side secrets arguments status english french; do
    case $what in '#'* | '') continue ;; esac
    # Word splitting is wanted: the options of a simulator.
    stands_there $side
    with_secrets "$secrets"
    if [ "$french" = = ]; then
        ok "$what" says "$arguments" "$status" "$english"
    else
        ok "$what" says "$arguments" "$status" "$english" en
        case $side in
        *--fault*) far= && stands_there $side ;; # which counts requests
        esac
        ok "$what, in French" says "$arguments" "$status" "$french" fr
    fi
done <"$table"
ok "there are a hundred" [ "$(grep -vc '^#' "$table")" -gt 100 ]
plan "$points"
finish
