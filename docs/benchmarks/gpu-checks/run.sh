#!/usr/bin/env bash
# Every check of the GPU kernels in one call: see README.md. Needs bash and coreutils, and what was packed beside it.
# Each step has a limit of its own and may fail without stopping the others; all of them together end before --limit.
set -uo pipefail
export LC_ALL=C

usage() {
    cat <<'END'
Usage: run.sh [--output FOLDER] [--device DEVICE] [--smoke] [--seeds "1 2 3"] [--limit SECONDS]
              [--full-w2v FOLDER] [--corpus FILE] [--questions FOLDER] [--tool COMMAND] [--keep-vectors]
  --output        where results go [default: results-DATE in this folder]
  --device        cuda, opencl, cpu, ilgpu-cpu … [default: what the tool takes by itself]
  --smoke         a beginning of the corpus, few epochs: shows that the script works, in less than a minute
  --limit         seconds that everything may take [default: 460]
  --full-w2v      a folder with FULL-W2V's program, to be measured beside
  --corpus        text, plain or .gz or .xz [default: the packed one]
  --questions     *.txt are analogies, *.tsv pairs of words [default: the packed ones]
  --tool          the command that starts word2vec [default: the packed one]
  --keep-vectors  keeps the files of vectors
END
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command_line="run.sh $*"
out='' device='' smoke='' seeds='1 2 3' limit=460 full_w2v='' corpus='' questions=$here/questions tool='' keep='' tensor=''
while (($# > 0)); do
    case $1 in
        --smoke) smoke=300000 ;;
        --keep-vectors) keep=1 ;;
        --help | -h) usage; exit 0 ;;
        --output | --device | --seeds | --limit | --full-w2v | --corpus | --questions | --tool)
            (($# > 1)) || { echo "run.sh: $1 needs a value" >&2; exit 2; }
            name=${1#--} name=${name//-/_}
            [[ $name != output ]] || name=out
            printf -v "$name" %s "$2"
            shift
            ;;
        *) echo "run.sh: there is no option $1" >&2; usage >&2; exit 2 ;;
    esac
    shift
done

# Each work item of ILGPU's CPU accelerator is a thread of the operating system: a thousand words take it a second and answer no question.
beginning_share=15
[[ -z $smoke || $device != ilgpu-cpu* ]] || smoke=6000 beginning_share=1
deadline=$((SECONDS + limit))
: "${out:=$here/results-$(date -u +%Y%m%d-%H%M%S)}"
mkdir -p "$out" || exit 1
out=$(cd "$out" && pwd)
scratch=$(mktemp -d)
monitor=
cleanup() {
    [[ -z $monitor ]] || kill "$monitor" 2>/dev/null
    rm -rf "$scratch"
}
trap cleanup EXIT
. "$here/summary.sh"
: >"$out/steps.tsv"

# run NAME LIMIT FILE COMMAND…: standard output goes to FILE (- for the log), the rest to NAME.log, state and seconds to steps.tsv.
run() {
    local name=$1 most=$2 file=$3 begin=$EPOCHREALTIME left=$((deadline - SECONDS)) status state
    shift 3
    [[ $file != - ]] || file=$out/$name.log
    if ((left < 5)); then
        printf '%s\t%s\t%s\n' "$name" 'left out: no time' 0 >>"$out/steps.tsv"
        return 1
    fi
    ((most < left)) || most=$left
    rm -f "$file"
    printf '$ %s\n' "$*" >"$out/$name.log"
    { timeout -k 5 "$most" "$@" >>"$file" 2>>"$out/$name.log"; } 2>/dev/null
    status=$?
    case $status in
        0) state=done ;;
        124 | 137) state="stopped after $most s" ;;
        *) state="failed with $status" ;;
    esac
    printf '%s\t%s\t%s\n' "$name" "$state" "$(awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }')" >>"$out/steps.tsv"
    printf '%-28s %s\n' "$name" "$(tail -n 1 "$out/steps.tsv" | cut -f 2,3)" >&2
    return $status
}

unpack() {
    case $1 in
        *.gz) gzip -dc "$1" ;;
        *.xz) if command -v xz >/dev/null; then xz -dc -T0 "$1"
            else python3 -c 'import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.argv[1]), sys.stdout.buffer)' "$1"; fi ;;
        *) cat "$1" ;;
    esac
}

# A dozen ordinary programs; a bare container may lack one, and then nothing below could say what went wrong.
check_programs() {
    local missing=() name
    for name in awk sed grep find head tail cut tar timeout; do command -v "$name" >/dev/null || missing+=("$name"); done
    ((${#missing[@]} == 0)) || { echo "run.sh: this machine lacks ${missing[*]}" >&2; exit 1; }
}

find_first() { ls -d "$@" 2>/dev/null | head -n 1; }

# The tool, the corpus as plain text, and a beginning of it.
prepare() {
    if [[ -z $tool ]]; then
        mkdir "$scratch/tool"
        unpack "$(find_first "$here"/tool.tar*)" | tar -x -C "$scratch/tool" || { echo 'run.sh: the packed tool does not unpack' >&2; exit 1; }
        tool=$scratch/tool/word2vec
    fi
    read -ra word2vec <<<"$tool"
    : "${corpus:=$(find_first "$here"/corpus.txt*)}"
    text=$scratch/corpus.txt beginning=$scratch/beginning.txt glimpse=$scratch/glimpse.txt cache=$scratch/cache
    if [[ -n $smoke ]]; then
        unpack "$corpus" 2>/dev/null | head -c "$smoke" >"$text"
    else
        unpack "$corpus" >"$text"
    fi
    [[ -s $text ]] || { echo "run.sh: there is no text in '$corpus'" >&2; exit 1; }
    head -c $((${smoke:-30000000} / beginning_share)) "$text" >"$beginning"
    head -c 300000 "$beginning" >"$glimpse"
    analogies=() pairs=()
    for file in "$questions"/*.txt; do [[ ! -f $file ]] || analogies+=("$file"); done
    for file in "$questions"/*.tsv; do [[ ! -f $file ]] || pairs+=("$file"); done
    asked=(${analogies[@]+--analogies "${analogies[@]}"} ${pairs[@]+--similarity "${pairs[@]}"})
    sizes='100 128 300' main_size=128 self_tests='1 33 100 128 257 300 windows wide negatives cbow cbow-hs hs subwords cbow-subwords frozen' epochs=5 repeats=3
    ((beginning_share > 1)) || asked=()
    [[ -z $smoke ]] || { sizes=20 main_size=20 self_tests='7 windows cbow hs subwords frozen' epochs=1 repeats=1 seeds=${seeds%% *}; }
}

# What the machine is, and how the card's clocks and power go during the rest.
machine() {
    run devices 60 "$out/devices.json" "${word2vec[@]}" devices --json
    : "${device:=$(field "$out/devices.json" 'devices[.][0-9]+[.]id' "$(fields "$out/devices.json" | awk -F '\t' '$1 ~ /auto$/ && $2 == "true" { split($1, part, "."); print part[2]; exit }')")}"
    : "${device:=cpu}"
    [[ $device != cuda && $device != cuda:* ]] || ! grep -q '"cuda-tf32:' "$out/devices.json" || tensor=cuda-tf32${device#cuda}
    command -v nvidia-smi >/dev/null || return 0
    run nvidia-smi 30 "$out/nvidia-smi.txt" nvidia-smi -q -d CLOCK,POWER,PERFORMANCE,MEMORY
    run nvidia-smi-line 30 "$out/card.csv" nvidia-smi --query-gpu=name,driver_version,vbios_version,clocks.max.sm,clocks.max.mem,power.limit,memory.total --format=csv
    nvidia-smi --query-gpu=timestamp,clocks.sm,clocks.mem,power.draw,temperature.gpu,utilization.gpu --format=csv,noheader,nounits -lms 250 >"$out/monitor.csv" 2>/dev/null &
    monitor=$!
}

# self_test NAME DEVICE [OPTION…]: a training on a real device begins with one tile (or window) in flight against the plain loop, with the kernel and at the size that is trained.
self_test() {
    local name=$1 on=$2
    shift 2
    run "self-test-$name" 60 - "${word2vec[@]}" train "$glimpse" -o "$scratch/self-test-$name.bin" --epochs 1 --device "$on" --cache "$cache" --quiet "$@"
}

# Each of the kernels, and what they are compiled or laid out differently for. A number is a vector size.
correctness() {
    local name
    [[ -z $tensor || -n $smoke ]] || self_tests+=' tensor-33 tensor-128 tensor-300 tensor-wide'
    for name in $self_tests; do
        case $name in
            windows) self_test "$name" "$device" --tile 1 ;;
            wide) self_test "$name" "$device" --window 20 ;;
            negatives) self_test "$name" "$device" --negatives 64 ;;
            cbow) self_test "$name" "$device" --architecture cbow ;;
            cbow-hs) self_test "$name" "$device" --architecture cbow --hs ;;
            hs) self_test "$name" "$device" --hs ;;
            subwords) self_test "$name" "$device" --subwords --buckets 50000 ;;
            cbow-subwords) self_test "$name" "$device" --architecture cbow --subwords --buckets 50000 ;;
            frozen) self_test "$name" "$device" --from "$scratch/self-test-${self_tests%% *}.bin" --freeze all ;;
            tensor-wide) self_test "$name" "$tensor" --window 20 ;;
            tensor-*) self_test "$name" "$tensor" --size "${name#tensor-}" ;;
            *) self_test "$name" "$device" --size "$name" ;;
        esac
    done
    train_one plain-beginning 90 plain "$main_size" 1 "$beginning" 2
    train_one device-beginning 60 "$device" "$main_size" 1 "$beginning" 2
}

# train_one NAME LIMIT DEVICE SIZE SEED TEXT EPOCHS [OPTION…]: keeps the record that lies beside the vectors.
train_one() {
    local name=$1 most=$2 on=$3 size=$4 seed=$5 from=$6 times=$7
    shift 7
    run "$name" "$most" - "${word2vec[@]}" train "$from" -o "$scratch/$name.bin" --size "$size" --epochs "$times" --seed "$seed" --device "$on" --cache "$cache" "$@" || return
    cp "$scratch/$name.bin.json" "$out/$name.train.json"
    [[ -z $keep ]] || cp "$scratch/$name.bin" "$out/"
}

evaluate() {
    ((${#asked[@]} == 0)) || run "$1-evaluate" 60 "$out/$1.evaluate.json" "${word2vec[@]}" evaluate "$2" "${asked[@]}" --json
    rm -f "$2"
}

# quality KIND DEVICE SEED
quality() { train_one "quality-$1-$3" 120 "$2" "$main_size" "$3" "$text" "$epochs" && evaluate "quality-$1-$3" "$scratch/quality-$1-$3.bin"; }

# speed NAME LIMIT DEVICE SIZE EPOCHS [OPTION…]
speed() {
    local name=$1 most=$2 on=$3 size=$4 times=$5
    shift 5
    mkdir -p "$out/$name"
    run "$name" "$most" - "${word2vec[@]}" benchmark --corpus "$text" --devices "$on" --size "$size" --epochs "$times" --cache "$cache" --output "$out/$name" "$@"
}

# The same card with products on its tensor cores, where it has them.
tensor_speed() { [[ -z $tensor ]] || speed "speed-tensor-$1" 60 "$tensor" "$1" "$epochs" --repeat "$repeats"; }
tensor_quality() { [[ -z $tensor ]] || quality tensor "$tensor" "$1"; }

# Text file to vector file in a process of its own that finds nothing encoded. The second time the text is in the system's memory for sure.
end_to_end() {
    local time
    for time in 1 2; do
        run "end-to-end-$time" 60 - "${word2vec[@]}" train "$text" -o "$scratch/end.bin" --size "$main_size" --epochs "$epochs" --device "$device" --no-cache &&
            cp "$scratch/end.bin.json" "$out/end-to-end-$time.train.json"
    done
}

# Row gathers, atomic row additions, a copy and multiply-adds; ILGPU's devices alone.
rates() { [[ $device == cpu || $device == plain ]] || run rates 60 "$out/rates.json" "${word2vec[@]}" devices --rates "$device" --json; }

# Analogies after each epoch beside the seconds, where this tool's benchmark has that; with the roofline where it was measured.
time_to_quality() {
    local help peaks=() gigabytes gigaflops
    help=$("${word2vec[@]}" benchmark --help 2>/dev/null)
    [[ $help == *--by-epoch* && ${#asked[@]} -gt 0 ]] || return 0
    gigabytes=$(rate copy '' 0 gigabytes-per-second) gigaflops=$(rate multiply-add '' 0 gigaflops-per-second)
    [[ $help != *--peak-bandwidth* || -z $gigabytes ]] || peaks=(--peak-bandwidth "$device=$gigabytes" --peak-flops "$device=$gigaflops")
    speed time-to-quality 120 "$device" "$main_size" "$epochs" --by-epoch "${asked[@]}" ${peaks[@]+"${peaks[@]}"}
}

# Its window is fixed: 3 has the 6 contexts that a random one of 1 to 5 has on average. The best of a few settings over one epoch, then five.
full_w2v_beside() {
    local program cores threads streams best=0 found end=$((SECONDS + 120))
    local words=("$text" -min-count 5 -size "$main_size" -window 3 -negative 5 -sample 1e-3 -alpha 0.025 -binary 1 -debug 0)
    program=$(find "$full_w2v" -maxdepth 1 -type f -perm -u+x -name 'FULL-W2V*' | head -n 1)
    [[ -n $program ]] || { printf 'full-w2v\tfailed: no program FULL-W2V* in the folder\t0\n' >>"$out/steps.tsv"; return 1; }
    program=(env "LD_LIBRARY_PATH=$full_w2v:${LD_LIBRARY_PATH:-}" "$program")
    cores=$(nproc)
    for threads in $cores $((cores / 2 > 0 ? cores / 2 : 1)) 4; do
        for streams in 4 8; do
            ((SECONDS < end)) || break 2
            run "full-w2v-$threads-$streams" 45 - "${program[@]}" -train "${words[@]}" -output "$scratch/none.bin" -no-export -epoch 1 -threads "$threads" -streams "$streams" || continue
            found=$(full_w2v_speed "full-w2v-$threads-$streams")
            if awk -v a="${found:-0}" -v b="$best" 'BEGIN { exit !(a > b) }'; then best=$found best_threads=$threads best_streams=$streams; fi
        done
    done
    [[ $best != 0 ]] || return 1
    run full-w2v 60 - "${program[@]}" -train "${words[@]}" -output "$scratch/full-w2v.bin" -epoch "$epochs" -threads "$best_threads" -streams "$best_streams" &&
        evaluate full-w2v "$scratch/full-w2v.bin"
}

check_programs
prepare
machine
first=${seeds%% *}
correctness
rates
speed "speed-$main_size" 60 "$device" "$main_size" "$epochs" --repeat "$repeats"
quality device "$device" "$first"
tensor_speed "$main_size"
tensor_quality "$first"
end_to_end
speed "speed-cpu-1-$main_size" 90 cpu "$main_size" 1 --threads 1
quality cpu cpu "$first"
for size in $sizes; do
    [[ $size != "$main_size" ]] || continue
    speed "speed-$size" 60 "$device" "$size" "$epochs" --repeat "$repeats"
    tensor_speed "$size"
done
for seed in $seeds; do
    [[ $seed != "$first" ]] || continue
    quality device "$device" "$seed"
    tensor_quality "$seed"
done
[[ -z $full_w2v ]] || full_w2v_beside
time_to_quality
for seed in $seeds; do
    [[ $seed == "$first" ]] || quality cpu cpu "$seed"
done
for size in $sizes; do
    [[ $size == "$main_size" ]] || speed "speed-cpu-1-$size" 90 cpu "$size" 1 --threads 1
done
write_summary >"$out/summary.md"
cat "$out/summary.md"
! grep -qv $'\tdone\t' "$out/steps.tsv"
