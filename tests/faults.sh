#!/bin/bash
# Injects faults into trainings that keep checkpoints, and compares what comes out at the end with a training that nothing disturbed, byte by byte.
# Usage: tests/faults.sh [KILLS [PART ...]]; 200 kills at random times and all parts by default: system_calls random_kills signals full_disks. Needs a Release build; strace for the faults of system calls, root for the full
# disks: what cannot be done is said. W2V names another build's tool. The last line is "all as expected" and the exit code 0, or the first difference and 1.
set -u
kills=${1:-200}
parts=("${@:2}")
[ ${#parts[@]} -gt 0 ] || parts=(system_calls random_kills signals full_disks)
root=$(cd "$(dirname "$0")/.." && pwd)
read -ra tool <<< "${W2V:-dotnet $root/src/Word2Vec.CommandLine/bin/Release/net10.0/Word2Vec.CommandLine.dll}"
folder=$(mktemp -d)
trap 'umount "$folder/disk" 2> /dev/null; rm -rf "$folder"' EXIT
export WORD2VEC_CACHE="$folder/cache"
corpus="$root/corpora/small-world.txt"
RANDOM=1

train=("${tool[@]}" train "$corpus" --deterministic --epochs 3 --size 20 --checkpoint-every 200000words)

fail() { echo "FAILED: $*"; tail -n 3 "$folder/log"; exit 1; }

now() { date +%s%3N; }

# Waits until the process $1 has used $2 hundredths of a second of processors, or is gone: on a busy machine a time would say nothing about how far it is.
# Sets used.
used=0
wait_for_work() {
    local stat
    while read -ra stat < "/proc/$1/stat" && [ "${stat[2]}" != Z ]; do
        used=$((stat[13] + stat[14]))
        [ $used -lt "$2" ] || return
        sleep 0.01
    done 2> /dev/null
}

# The old output is what it was, and what a process that was not killed leaves is whole.
old_stays() { [ "$(cat "$1")" = old ] || fail "$2: the old output is gone"; }

no_leftovers() { [ -z "$(find "$1" -name '*.tmp')" ] || fail "$2: a temporary file is left"; }

# Goes on to the end, in a folder with an output, and compares.
resume() {
    "${train[@]}" -o "$1/v.bin" --resume --threads $((1 + RANDOM % 3)) > /dev/null 2> "$folder/log" || fail "$2: resume ended with $?"
    compare "$1" "$2"
}

compare() {
    cmp -s "$folder/expected.bin" "$1/v.bin" || fail "$2: other vectors"
    no_leftovers "$1" "$2"
    [ -z "$(find "$1" -name '*checkpoint*')" ] || fail "$2: a checkpoint is left"
}

fresh() { rm -rf "$folder/run"; mkdir "$folder/run"; echo old > "$folder/run/v.bin"; }

# The second one finds the encoded corpus, as all that follow do.
for name in again expected; do
    "${train[@]}" -o "$folder/$name.bin" 2> "$folder/log" &
    wait_for_work $! 1000000
    wait $! || fail "the undisturbed training"
done
work=$used
cmp -s "$folder/expected.bin" "$folder/again.bin" || fail "two undisturbed trainings differ"
echo "undisturbed: $((work * 10)) ms of processors"

# Each write, fsync and rename of the whole run: an error of it, or the end of the process in the middle of it.
system_calls() {
    command -v strace > /dev/null || { echo "system calls: skipped, there is no strace"; return; }
    for call in pwrite64 fsync rename; do
        for fault in error=EIO error=ENOSPC signal=KILL; do
            local count=0 failed=0 warned=0
            for n in $(seq 1 1000); do
                fresh
                { strace -f -qq -o "$folder/trace" -e trace=$call -e inject=$call:$fault:when=$n \
                    "${train[@]}" -o "$folder/run/v.bin" > /dev/null 2> "$folder/log"; } 2> /dev/null
                local code=$? what="$call $fault $n"
                grep -qE 'INJECTED|killed by SIGKILL' "$folder/trace" || { [ $code = 0 ] || fail "$what: ended with $code"; break; }
                count=$((count + 1))
                if [ $code = 0 ]; then
                    cmp -s "$folder/expected.bin" "$folder/run/v.bin" || fail "$what: other vectors"
                    grep -q '^warning: No checkpoint' "$folder/log" || [ $fault = signal=KILL ] || fail "$what: no warning"
                    no_leftovers "$folder/run" "$what"
                    warned=$((warned + 1))
                else
                    failed=$((failed + 1))
                    [ $code = 6 ] || [ $fault = signal=KILL ] || fail "$what: ended with $code"
                    [ $code = 6 ] && no_leftovers "$folder/run" "$what"
                    cmp -s "$folder/expected.bin" "$folder/run/v.bin" || old_stays "$folder/run/v.bin" "$what"
                    resume "$folder/run" "$what"
                fi
            done
            echo "$call, $fault: $count places, $warned trainings went on with a warning, $failed ended and were resumed"
        done
    done
}

# A run that was killed is gone on with by the next one, which may be killed too; whoever comes to the end is compared.
random_kills() {
    local ends=0 kept=0 done=0
    fresh
    while [ $done -lt "$kills" ]; do
        "${train[@]}" -o "$folder/run/v.bin" --resume --threads $((1 + RANDOM % 3)) > /dev/null 2> "$folder/log" &
        local id=$!
        wait_for_work $id $((RANDOM % (work + work / 10)))
        { kill -KILL $id; wait $id; } 2> /dev/null
        local code=$?
        if [ $code = 137 ]; then
            done=$((done + 1))
            cmp -s "$folder/expected.bin" "$folder/run/v.bin" || old_stays "$folder/run/v.bin" "kill $done"
            [ -n "$(find "$folder/run" -name '*checkpoint-?')" ] && kept=$((kept + 1))
            [ $((done % 20)) = 0 ] && echo "SIGKILL: $done so far"
            continue
        fi
        [ $code = 0 ] || fail "kill $done: the next run ended with $code"
        [ $done -lt "$kills" ] && compare "$folder/run" "after kill $done" && ends=$((ends + 1)) && fresh
    done
    resume "$folder/run" "kill $done"
    echo "SIGKILL: $kills at random times, $kept of them with a checkpoint; $((ends + 1)) trainings came to the end"
}

signals() {
    local times=()
    for i in $(seq 1 50); do
        fresh
        local signal=INT expected=130
        [ $((i % 2)) = 0 ] && signal=TERM expected=143
        # A background process of a script would ignore SIGINT, and a child could not undo that.
        python3 -c 'import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])' \
            "${train[@]}" -o "$folder/run/v.bin" > /dev/null 2> "$folder/log" &
        local id=$!
        wait_for_work $id $((work / 3 + RANDOM % (work * 2 / 3)))
        local sent=$(now)
        kill -$signal $id 2> /dev/null || { wait $id; continue; }
        wait $id
        local code=$? after=$(($(now) - sent))
        [ $code = 0 ] && continue
        [ $code = $expected ] || fail "signal $i: ended with $code"
        times+=($after)
        no_leftovers "$folder/run" "signal $i"
        old_stays "$folder/run/v.bin" "signal $i"
        resume "$folder/run" "signal $i"
    done
    [ ${#times[@]} -gt 0 ] || fail "no signal came in time"
    local sorted=($(printf '%s\n' "${times[@]}" | sort -n))
    echo "signals: ${#sorted[@]} of 50 came before the end; to the end of the process: median ${sorted[$((${#sorted[@]} / 2))]} ms, longest ${sorted[-1]} ms"
    [ "${sorted[-1]}" -lt 2000 ] || fail "a signal took ${sorted[-1]} ms"
}

full_disks() {
    mkdir -p "$folder/disk"
    for size in 1m 16m; do
        mount -t tmpfs -o size=$size tmpfs "$folder/disk" 2> /dev/null || { echo "full disk of $size: skipped, it cannot be mounted"; continue; }
        # Room for the vectors (0.1 MB) and no checkpoint; room for two checkpoints (0.2 MB each) and neither a third nor the vectors.
        head -c $([ $size = 1m ] && echo 900000 || echo 16300000) /dev/zero > "$folder/disk/other"
        echo old > "$folder/disk/v.bin"
        "${train[@]}" -o "$folder/disk/v.bin" > /dev/null 2> "$folder/log"
        local code=$?
        local warnings=$(grep -c '^warning: No checkpoint' "$folder/log")
        grep -q '^warning: No checkpoint.*No space left' "$folder/log" || fail "$size: no warning"
        no_leftovers "$folder/disk" "$size"
        if [ $code = 0 ]; then
            cmp -s "$folder/expected.bin" "$folder/disk/v.bin" || fail "$size: other vectors"
        else
            [ $code = 6 ] || fail "$size: ended with $code"
            old_stays "$folder/disk/v.bin" "$size"
            rm -f "$folder/disk/other"
            resume "$folder/disk" "$size"
        fi
        echo "full disk of $size: ended with $code, $warnings checkpoints could not be written"
        umount "$folder/disk"
    done
}

for part in "${parts[@]}"; do
    $part
done
echo "all as expected"
