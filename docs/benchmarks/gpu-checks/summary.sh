# Read by run.sh: takes fields from the tool's JSON files and writes the tables of summary.md.

# fields FILE: a line "path TAB value" for each value; the tool writes one of them a line.
fields() {
    [[ -s ${1:-} ]] || return 0
    awk '
        function path(   i, text) { for (i = 1; i <= depth; i++) text = text (i > 1 ? "." : "") (list[i] ? count[i] : name[i]); return text }
        { sub(/^[ \t]+/, ""); sub(/,$/, "") }
        /^[\]}]$/ { depth--; next }
        {
            key = ""; value = $0
            if (match(value, /^"[^"]*": /)) { key = substr(value, 2, RLENGTH - 4); value = substr(value, RLENGTH + 1) }
            if (depth > 0 && list[depth]) count[depth]++
            else name[depth] = key
            if (value == "{" || value == "[") { depth++; list[depth] = value == "["; count[depth] = -1; name[depth] = ""; next }
            gsub(/^"|"$/, "", value)
            print path() "\t" value
        }' "$1"
}

# field FILE PATTERN [N]: the value of the first (or the N-th, from 0) path that PATTERN matches whole.
field() { fields "$1" | awk -F '\t' -v pattern="^($2)\$" -v skip="${3:-0}" '$1 ~ pattern && skip-- == 0 { print $2; exit }'; }

# rate KERNEL ROWS SIZE FIELD
rate() {
    fields "$out/rates.json" | awk -F '\t' -v kernel="$1" -v rows="$2" -v size="$3" -v wanted="$4" '
        { split($1, part, "."); at[part[3]] = $2 }
        part[3] == "gigaflops-per-second" && at["kernel"] == kernel && at["rows"] == rows && at["size"] == size { print at[wanted]; exit }'
}

# shown FORMAT VALUE [FACTOR]: a dash where there is no value.
shown() { if [[ -n ${2:-} ]]; then awk -v f="$1" -v v="$2" -v by="${3:-1}" 'BEGIN { printf f, v * by }'; else printf -- '-'; fi; }

# grouped VALUE: a whole number with commas, or a dash.
grouped() { shown %.0f "${1:-}" | sed -E ':again; s/^(-?[0-9]+)([0-9]{3})/\1,\2/; t again'; }

full_w2v_speed() { awk '/^Overall Words Per Second:/ { print $NF }' "$out/$1.log" 2>/dev/null; }

# The mean of the trained words a second of a record: words of the text times epochs, over the training's seconds.
record_speed() { awk -v w="$(field "$1" text-tokens)" -v e="$(field "$1" 'options[.]epochs')" -v s="$(field "$1" seconds)" 'BEGIN { if (s > 0) print w * e / s }'; }

last_loss() { fields "$1" | awk -F '\t' '$1 ~ /^loss\./ { value = $2 } END { print value }'; }

write_summary() {
    echo '# GPU checks'
    echo
    [[ -z $smoke ]] || echo "**A smoke run on the beginning of the corpus: it shows that the script works, and measures nothing.**"$'\n'
    circumstances
    correctness_table
    quality_table
    speed_table
    end_to_end_table
    rates_table
    full_w2v_table
    steps_table
}

circumstances() {
    local line at
    echo "- command: $command_line"
    echo "- date: $(date -u '+%Y-%m-%d %H:%M UTC')"
    at=$(fields "$out/devices.json" | awk -F '\t' -v id="$device" '$1 ~ /\.id$/ && ($2 == id || index($2, id ":") == 1) { split($1, part, "."); print part[2]; exit }')
    echo "- device: $device, $(field "$out/devices.json" "devices[.]${at:-x}[.]description"); driver $(field "$out/devices.json" "devices[.]${at:-x}[.]driver")"
    [[ ! -s $out/card.csv ]] || while read -r line; do echo "- nvidia-smi: $line"; done <"$out/card.csv"
    [[ ! -s $out/monitor.csv ]] || awk -F ', *' '$4 > watts { watts = $4 } $2 > clock { clock = $2 } $3 > memory { memory = $3 }
        $6 > 50 { busy++; sum += $4; clocks += $2 }
        END { printf "- during the run: at most %d W, SM clock at most %d MHz, memory clock at most %d MHz; while busy on average %d W, %d MHz\n", watts, clock, memory,
              busy ? sum / busy : 0, busy ? clocks / busy : 0 }' "$out/monitor.csv"
    echo "- processor: $(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo 2>/dev/null), $(nproc) processors; $(uname -sr)"
    echo "- tool: $("${word2vec[@]}" --version 2>/dev/null | head -n 1)$([[ ! -s $here/PACKED ]] || sed 's/^/; /' "$here/PACKED" | tr -d '\n')"
    line=$(find_first "$out"/quality-*.train.json)
    echo "- corpus: $(wc -c <"$text") bytes, $(grouped "$(field "$line" text-tokens)") words, vocabulary $(grouped "$(field "$line" words)")"
    [[ ! -s $out/quality-device-${seeds%% *}.train.json ]] || echo "- backend: $(field "$out/quality-device-${seeds%% *}.train.json" backend)"
    echo
}

correctness_table() {
    local name passed=() failed=() plain found
    for name in $self_tests; do
        if grep -q "^self-test-$name"$'\tdone\t' "$out/steps.tsv"; then passed+=("$name"); else failed+=("$name"); fi
    done
    echo '## Correctness'
    echo
    case $device in
        cpu | plain | ilgpu-cpu*) echo "Trainings ended well: ${passed[*]:-none} (numbers are vector sizes; on $device there is no self-test before a training)." ;;
        *) echo "The self-test before each training (one unit in flight, against the plain loop, every component within 0.001, on tensor cores 0.01) passed: ${passed[*]:-none}${failed:+; NOT PASSED: ${failed[*]}} (numbers are vector sizes)." ;;
    esac
    plain=$(last_loss "$out/plain-beginning.train.json") found=$(last_loss "$out/device-beginning.train.json")
    echo "Loss after two epochs on the first $(wc -c <"$beginning") bytes, size $main_size: plain loop $(shown %.4f "$plain"), $device with all that may be in flight $(shown %.4f "$found")."
    echo
}

quality_table() {
    local kind seed file score column line header rule
    header='| device | seed | loss | words/s |' rule='|---|---:|---:|---:|'
    for file in ${analogies[@]+"${analogies[@]}"} ${pairs[@]+"${pairs[@]}"}; do header+=" $(basename "${file%.*}") |" rule+='---:|'; done
    echo '## Quality'
    echo
    echo "Size $main_size, $epochs epochs; analogies in percent, pairs of words as Spearman's correlation."
    echo
    echo "$header"
    echo "$rule"
    for kind in device tensor cpu full-w2v; do
        for seed in $seeds; do
            line=quality-$kind-$seed
            [[ $kind != full-w2v ]] || line=full-w2v
            score=$out/$line.evaluate.json
            [[ -s $score ]] || continue
            column="| $(case $kind in device) echo "$device" ;; tensor) echo "$tensor" ;; *) echo "$kind" ;; esac) | $([[ $kind == full-w2v ]] && echo - || echo "$seed") |"
            if [[ $kind == full-w2v ]]; then column+=" - | $(grouped "$(full_w2v_speed full-w2v)") |"
            else column+=" $(shown %.4f "$(last_loss "$out/$line.train.json")") | $(grouped "$(record_speed "$out/$line.train.json")") |"; fi
            echo "$column$(scores "$score")"
            [[ $kind != full-w2v ]] || break
        done
    done >"$scratch/quality.rows"
    cat "$scratch/quality.rows"
    means
    echo
}

# The cells of an evaluation: accuracy of each file of analogies, correlation of each file of pairs.
scores() {
    local n
    for n in "${!analogies[@]}"; do printf ' %s |' "$(shown %.1f "$(field "$1" "analogies[.]$n[.]total[.]accuracy")" 100)"; done
    for n in "${!pairs[@]}"; do printf ' %s |' "$(shown %.3f "$(field "$1" "similarity[.]$n[.]spearman")")"; done
}

# Mean and spread (largest less smallest) of each device that has several seeds.
means() {
    awk -F ' *[|] *' '
        { device = $2; if (!(device in rows)) order[++devices] = device; rows[device]++; columns = NF - 1
          for (i = 4; i < NF; i++) { value = $i; gsub(",", "", value); sum[device, i] += value
              if (rows[device] == 1 || value < low[device, i]) low[device, i] = value
              if (rows[device] == 1 || value > high[device, i]) high[device, i] = value } }
        END { for (d = 1; d <= devices; d++) { device = order[d]; if (rows[device] < 2) continue
              printf "| %s | mean, spread |", device
              for (i = 4; i <= columns; i++) printf i == 5 ? " %.0f, %.0f |" : " %.4g, %.2g |", sum[device, i] / rows[device], high[device, i] - low[device, i]
              print "" } }' "$scratch/quality.rows"
}

speed_table() {
    local size one words
    echo '## Speed'
    echo
    echo "Words of the text a second over training: on $device the median of $repeats trainings of $epochs epochs, on one core of the CPU one epoch."
    echo
    echo "| size | $device | one core of the CPU | so many times faster |${tensor:+ $tensor |}"
    echo "|---:|---:|---:|---:|${tensor:+---:|}"
    for size in $sizes; do
        words=$(field "$out/speed-$size/benchmark.json" 'devices[.]0[.]words-per-second') one=$(field "$out/speed-cpu-1-$size/benchmark.json" 'devices[.]0[.]words-per-second')
        echo "| $size | $(grouped "$words") | $(grouped "$one") | $([[ -n $words && -n $one ]] && shown %.1f "$(awk -v a="$words" -v b="$one" 'BEGIN { print a / b }')" || echo -) |${tensor:+ $(grouped "$(field "$out/speed-tensor-$size/benchmark.json" 'devices[.]0[.]words-per-second')") |}"
    done
    echo
}

# The whole process's seconds, and those steps that the record beside the vectors names.
end_to_end_table() {
    local time whole
    echo '## From text file to vector file'
    echo
    echo "Size $main_size, $epochs epochs, a process of its own, nothing encoded before."
    echo
    echo '| run | whole process s | training s | steps |'
    echo '|---:|---:|---:|---|'
    for time in 1 2; do
        whole=$(awk -F '\t' -v name="end-to-end-$time" '$1 == name && $2 == "done" { print $3 }' "$out/steps.tsv")
        echo "| $time | ${whole:--} | $(shown %.2f "$(field "$out/end-to-end-$time.train.json" seconds)") | $(fields "$out/end-to-end-$time.train.json" |
            awk -F '\t' '$1 ~ /^(steps|times|timings)\./ { sub(/^[a-z]+\./, "", $1); printf "%s%s %s", n++ ? ", " : "", $1, $2 }') |"
    done
    echo
}

rates_table() {
    [[ -s $out/rates.json ]] || return 0
    echo '## Rates of the device'
    echo
    echo "Best of $(field "$out/rates.json" best-of) launches; rows of $(field "$out/rates.json" matrix-rows) by number; sums checked."
    echo
    echo '| kernel | row numbers | size | GB/s | M rows/s | GFLOP/s |'
    echo '|---|---|---:|---:|---:|---:|'
    fields "$out/rates.json" | awk -F '\t' '
        function cell(value, by) { return value > 0 ? sprintf("%.5g", value * by) : "" }
        { split($1, part, "."); at[part[3]] = $2 }
        part[3] == "gigaflops-per-second" {
            printf "| %s | %s | %s | %s | %s | %s |\n", at["kernel"], at["rows"], at["size"] ? at["size"] : "", cell(at["gigabytes-per-second"], 1),
                cell(at["rows-per-second"], 1e-6), cell($2, 1) }'
    echo
}

full_w2v_table() {
    local log words ours
    [[ -n $full_w2v ]] || return 0
    echo '## FULL-W2V on the same card'
    echo
    echo '| threads, streams | epochs | words/s | ours is so many times faster |'
    echo '|---|---:|---:|---:|'
    ours=$(field "$out/speed-$main_size/benchmark.json" 'devices[.]0[.]words-per-second')
    for log in "$out"/full-w2v-[0-9]*.log "$out/full-w2v.log"; do
        words=$(full_w2v_speed "$(basename "$log" .log)")
        [[ -n $words ]] || continue
        log=$(basename "$log" .log)
        echo "| $([[ $log == full-w2v ]] && echo "$best_threads, $best_streams" || sed 's/full-w2v-//; s/-/, /' <<<"$log") | $([[ $log == full-w2v ]] && echo "$epochs" || echo 1) |" \
            "$(grouped "$words") | $([[ -n $ours ]] && shown %.2f "$(awk -v a="$ours" -v b="$words" 'BEGIN { print a / b }')" || echo -) |"
    done
    echo
}

steps_table() {
    echo '## Steps'
    echo
    echo '| step | state | s |'
    echo '|---|---|---:|'
    awk -F '\t' '{ printf "| %s | %s | %s |\n", $1, $2, $3 }' "$out/steps.tsv"
}
