#!/bin/sh
# banned.sh - no source calls a banned function.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"

# Functions without a bound, with hidden state, whose errors are invisible, or whose storage cannot
# fail.
unsafe='strcpy|stpcpy|strcat|strncat|sprintf|vsprintf|strtok|atoi|atol|atoll|atof|gets|alloca'
unsafe="$unsafe|scanf|sscanf|fscanf|localtime|gmtime|ctime|asctime|tmpnam|mktemp|rand|system"

# The plugin must not change the locale, environment, signals or files of its host's process, nor
# end it.
guest='setlocale|uselocale|localeconv|strtod|strtof|getenv|setenv|putenv|unsetenv|signal|sigaction'
guest="$guest|sigprocmask|pthread_sigmask|alarm|setitimer|chdir|umask|fork|vfork|execve|exit|_exit"
guest="$guest|abort|atexit|longjmp|siglongjmp|pthread_exit|pthread_create|curl_global_init_mem"

# The code without its comments, each line with its place: FILE:LINE:CODE.
code_of()
{
    awk '
        FNR == 1 { inside = 0 }
        {
            line = $0
            code = ""
            while (line != "") {
                mark = index(line, inside ? "*/" : "/*")
                part = mark ? substr(line, 1, mark - 1) : line
                if (!inside)
                    code = code part
                line = mark ? substr(line, mark + 2) : ""
                if (mark)
                    inside = !inside
            }
            print FILENAME ":" FNR ":" code
        }' "$@"
}

# calls WORDS FILE...: shows the calls of these functions; true when there is one.
calls()
{
    words=$1
    shift
    code_of "$@" | grep -E "(^|[^A-Za-z0-9_])($words)[[:space:]]*\\("
}

calls_none()
{
    ! calls "$@"
}

# Without this, a check that looks at nothing would pass.
sees_a_call()
{
    sample=$(mktemp) || return 1
    printf '%s\n' '/* strcpy(a, b) in a' 'comment */ int my_atoi(void); strtok_r(x);' >"$sample"
    ! calls "$unsafe" "$sample" && echo '    n = atoi (text);' >>"$sample" &&
        calls "$unsafe" "$sample"
    found=$?
    rm -f "$sample"
    return $found
}

sources()
{
    find "$@" -name '*.[ch]' | sort
}

plan 4
ok "a call is seen, a comment is not" sees_a_call
# Word splitting is wanted: one argument a file.
# shellcheck disable=SC2046
{
    ok "plugin/ calls nothing unsafe" calls_none "$unsafe" $(sources "$srcdir/plugin")
    ok "plugin/ leaves its host's process alone" calls_none "$guest" $(sources "$srcdir/plugin")
    ok "host-stub/ calls nothing unsafe" calls_none "$unsafe" $(sources "$srcdir/host-stub")
}
finish
