#!/usr/bin/env bash
# Trains with random options, kills trainings and goes on with them, converts through random formats, asks, and compares what was learned with the plain
# backend, until the time is over, 60 minutes by default:
#     tests/soak.sh [MINUTES] [SEED]
# WORD2VEC names the tool if it is not the one that lies built in this checkout. What went wrong stays in the folder that the last line names.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
minutes=${1:-60} seed=${2:-1}
tool=${WORD2VEC:-src/Word2Vec.CommandLine/bin/Release/net10.0/Word2Vec.CommandLine.dll}
[[ -f $tool ]] || { echo "soak: $tool is not there; build it first: dotnet build -c Release" >&2; exit 2; }
tool=$(realpath "$tool") root=$PWD
scratch=$(mktemp -d)
RANDOM=$seed
end=$(($(date +%s) + ${minutes%.*} * 60))
trained=0 killed=0 resumed=0 converted=0 asked=0 compared=0 failed=0 round=0

# The plain backend adds up in another order, and threads race for rows; both are far below what a wrong update does to the loss.
tolerance=0.08
# With --deterministic the changes of frequent words are damped, on a corpus of a few thousand words so much that fewer epochs than usual learn less.
damped_tolerance=0.2

word2vec() { dotnet "$tool" "$@"; }
pick() { local choices=("$@"); echo "${choices[RANDOM % ${#choices[@]}]}"; }
fail() {
    failed=$((failed + 1))
    echo "round $round: $1" | tee -a "$scratch/failures" >&2
    [[ $# -lt 2 || ! -s $2 ]] || { echo "    $(tail -n 3 "$2")" | tee -a "$scratch/failures" >&2; }
}

# Ours are single lines and known codes; a stack trace, a crash or a hang is none.
known() { [[ $1 == 0 || ($1 -ge 2 && $1 -le 8) || $1 == 129 || $1 == 143 || $1 == 137 ]] && ! grep -q '^   at \|Unhandled exception' "$2"; }

checkpoints=
word2vec train --help 2>/dev/null | grep -q -- --resume && checkpoints=yes

make_corpus() {
    case $((RANDOM % 4)) in
        0) head -n $((200 + RANDOM % 3000)) "$root/corpora/small-world.txt" ;;
        1) tr '\n' ' ' <"$root/corpora/small-world.txt" | head -c $((20000 + RANDOM)) ;;
        2) shuf -n $((500 + RANDOM % 2000)) --random-source=<(yes "$seed-$round") "$root/corpora/small-world.txt" ;;
        *) awk -v seed="$((seed + round))" 'BEGIN { srand(seed); for (i = 0; i < 3000; i++) { for (j = 1 + rand() * 20; j > 0; j--) printf "w%d ", rand() * rand() * 300; print "" } }' ;;
    esac >"$work/corpus.txt"
    [[ $((RANDOM % 5)) != 0 ]] || { gzip -f "$work/corpus.txt" && mv "$work/corpus.txt.gz" "$work/corpus.txt"; }
}

make_options() {
    size=$(pick 1 2 7 16 50 100 200)
    epochs=$(pick 1 2 4)
    options=(--size "$size" --window "$(pick 1 2 5 10)" --negatives "$(pick 1 3 5)" --min-count "$(pick 1 2 5)"
        --subsampling "$(pick 0 1e-3 1e-2)" --seed "$RANDOM" --tile "$(pick 0 0 1 8)" --cache "$work/cache")
    speed=(--threads "$(pick 1 2 3)")
    [[ $((RANDOM % 3)) != 0 ]] || speed+=(--deterministic)
}

# Of the last epoch.
loss_of() { tr -d ' \n' <"$1" | grep -o '"loss":\[[^]]*' | grep -o '[0-9.eE+-]*$'; }

train() {
    word2vec train "$work/corpus.txt" -o "$work/v.w2v" --device cpu "${options[@]}" --epochs "$epochs" "${speed[@]}" --quiet 2>"$work/error"
    local code=$?
    known $code "$work/error" || fail "train ${options[*]} ${speed[*]} ended with $code" "$work/error"
    [[ $code == 0 ]] && trained=$((trained + 1))
}

# The longer training that is interrupted has the same options and more epochs. Nothing of it may be left but checkpoints, and the file of before.
interrupt() {
    local signal process code before after long=("${options[@]}" --epochs 30)
    # Not INT: what a script starts in the background ignores it.
    signal=$(pick KILL KILL TERM HUP)
    before=$(cksum <"$work/v.w2v")
    [[ -z $checkpoints ]] || long+=(--checkpoint-every "$(pick 1s 50000words)")
    dotnet "$tool" train "$work/corpus.txt" -o "$work/v.w2v" --device cpu "${long[@]}" "${speed[@]}" --quiet 2>"$work/error" &
    process=$!
    sleep "$((RANDOM % 3)).$((RANDOM % 10))"
    kill -"$signal" $process 2>/dev/null
    wait $process 2>/dev/null
    code=$?
    after=$(cksum <"$work/v.w2v")
    killed=$((killed + 1))
    known $code "$work/error" && [[ $code == 0 || $code -gt 128 ]] || fail "after SIG$signal the training ended with $code" "$work/error"
    # It may have come when the vectors were complete, which say how many epochs they had, and the process had only to write its record and to end.
    [[ $before == "$after" ]] || ! LC_ALL=C grep -aq 'training\.epochs.\{4\}30' "$work/v.w2v" || code=0
    [[ $code == 0 || $before == "$after" ]] || fail "SIG$signal changed the vectors that were there before" "$work/error"
    [[ $signal == KILL || -z $(find "$work" -name '*.tmp') ]] || fail "SIG$signal left $(find "$work" -name '*.tmp')"
    find "$work" -name '*.tmp' -delete
    [[ -n $checkpoints && $code != 0 ]] || return 0
    word2vec train "$work/corpus.txt" -o "$work/v.w2v" --device cpu "${long[@]}" "${speed[@]}" --resume --quiet 2>"$work/error" ||
        { fail "--resume after SIG$signal ended with $?" "$work/error"; return 0; }
    resumed=$((resumed + 1))
    [[ " ${speed[*]} " == *" --deterministic "* ]] || return 0
    word2vec train "$work/corpus.txt" -o "$work/whole.w2v" --device cpu "${long[@]}" "${speed[@]}" --quiet 2>"$work/error"
    word2vec convert "$work/v.w2v" "$work/resumed.bin" --quiet 2>>"$work/error"
    word2vec convert "$work/whole.w2v" "$work/whole.bin" --quiet 2>>"$work/error"
    cmp -s "$work/resumed.bin" "$work/whole.bin" || fail "--resume did not end where the training that nobody interrupted did" "$work/error"
}

convert() {
    local from=$work/v.w2v to
    word2vec convert "$from" "$work/first.bin" --quiet 2>"$work/error" || { fail "convert to binary ended with $?" "$work/error"; return 0; }
    for to in $(shuf -n 3 -e bin txt glove npy faiss safetensors ftbin tsv sqlite copy pgcopy parquet w2v txt.gz npy.gz --random-source=<(yes "$seed-$round")); do
        # Text without a header cannot tell one component from a count.
        [[ $size -gt 1 || $to != @(glove|tsv|txt*) ]] || continue
        word2vec convert "$from" "$work/c$converted.$to" --quiet 2>"$work/error" || { fail "convert $from to $to ended with $?" "$work/error"; return 0; }
        from=$work/c$converted.$to
        converted=$((converted + 1))
    done
    word2vec convert "$from" "$work/last.bin" --quiet 2>"$work/error" || { fail "convert $from to binary ended with $?" "$work/error"; return 0; }
    cmp -s "$work/first.bin" "$work/last.bin" || fail "vectors changed on their way to $from"
}

ask() {
    local word code
    word=$(zcat -f "$work/corpus.txt" | tr -s ' ' '\n' | sed -n "$((1 + RANDOM % 200))p")
    word2vec most-similar "$work/v.w2v" "${word:-none}" --json >"$work/answer" 2>"$work/error"
    code=$?
    known $code "$work/error" || fail "most-similar '$word' ended with $code" "$work/error"
    # What is no number stands as null.
    [[ $code != 0 ]] || ! grep -q '"similarity": *null' "$work/answer" || fail "most-similar '$word' answered with no number"
    head -c $((RANDOM % 2000)) "$work/v.w2v" >"$work/cut.w2v"
    word2vec most-similar "$work/cut.w2v" "${word:-none}" >"$work/answer" 2>"$work/error"
    code=$?
    [[ $code != 0 ]] && known $code "$work/error" || fail "a file cut short was answered with $code" "$work/error"
    asked=$((asked + 2))
}

compare() {
    local fast plain tolerated=$tolerance
    [[ " ${speed[*]} " != *" --deterministic "* ]] || tolerated=$damped_tolerance
    word2vec train "$work/corpus.txt" -o "$work/p.bin" --device plain "${options[@]}" --epochs "$epochs" --threads 1 --quiet 2>"$work/error" ||
        { fail "plain ${options[*]} ended with $?" "$work/error"; return 0; }
    fast=$(loss_of "$work/v.w2v.json") plain=$(loss_of "$work/p.bin.json")
    compared=$((compared + 1))
    awk -v a="$fast" -v b="$plain" -v t=$tolerated 'BEGIN { exit !(a > 0 && b > 0 && (a > b ? a - b : b - a) <= t * b) }' ||
        fail "the loss is $fast and the plain backend's $plain: ${options[*]} ${speed[*]}"
}

while (($(date +%s) < end)); do
    round=$((round + 1))
    work=$scratch/$round
    mkdir "$work"
    make_corpus
    make_options
    train
    if [[ -f $work/v.w2v ]]; then
        [[ -n ${SOAK_WITHOUT_COMPARING:-} ]] || compare
        convert
        ask
        interrupt
    fi
    [[ $failed -gt 0 ]] || rm -rf "$work"
done

echo "soak: seed $seed, $round rounds, $trained trained, $killed interrupted, $resumed resumed, $converted converted, $asked asked, $compared compared, $failed failed"
if ((failed > 0)); then echo "soak: see $scratch/failures"; else rm -rf "$scratch"; fi
((failed == 0 && trained > 0))
