namespace Word2Vec.CommandLine.Completion;

/// <summary>
/// The scripts that make a shell ask the tool for completions, so that they know every option of the version that is installed. The tool is
/// called by the name that was typed.
/// </summary>
internal static class ShellScripts
{
    private const string Bash = """
        _word2vec() {
            local reply line
            COMPREPLY=()
            reply=$("${COMP_WORDS[0]}" "[complete]" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null) || return 0
            case $reply in
                :files) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]#=}") ;;
                :folders) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "${COMP_WORDS[COMP_CWORD]#=}") ;;
                ?*) while IFS= read -r line; do COMPREPLY+=("${line%%$'\t'*}"); done <<<"$reply" ;;
            esac
        }
        complete -F _word2vec word2vec
        """;

    private const string Zsh = """
        #compdef word2vec
        _word2vec() {
            local reply line word tab=$'\t'
            local -a shown
            reply=$("${words[1]}" "[complete]" "${(@)words[2,CURRENT]}" 2>/dev/null) || return 1
            compset -P '--*='
            case $reply in
                :files) _files; return ;;
                :folders) _files -/; return ;;
                '') return 1 ;;
            esac
            for line in ${(f)reply}; do
                word=${${line%%$tab*}#--*=}
                if [[ $line == *$tab* ]]; then shown+=("${word//:/\\:}:${line#*$tab}"); else shown+=("${word//:/\\:}"); fi
            done
            _describe word2vec shown
        }
        if [[ ${funcstack[1]} == _word2vec ]]; then _word2vec "$@"; else compdef _word2vec word2vec; fi
        """;

    private const string Fish = """
        function __word2vec_complete
            set -l typed (commandline -opc)
            set -l current (string unescape -- (commandline -ct); or commandline -ct)
            set -l reply ($typed[1] "[complete]" $typed[2..-1] "$current" 2>/dev/null)
            switch "$reply[1]"
                case :files
                    set -l parts (string split -m 1 -- = $current)
                    test (count $parts) -eq 2; and string match -q -- '--*' $current
                    and printf '%s\n' $parts[1]=(__fish_complete_path $parts[2])
                    or __fish_complete_path $current
                case :folders
                    __fish_complete_directories $current ''
                case '*'
                    printf '%s\n' $reply
            end
        end
        complete -c word2vec -f -a '(__word2vec_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName word2vec -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
                ForEach-Object { $_.Extent.Text })
            $current = if ($wordToComplete) { $wordToComplete } else { '""' } # older versions leave an empty argument out
            $words = @($typed | Select-Object -Skip 1) + $current
            $reply = @(& $typed[0] '[complete]' @words 2>$null)
            if ($reply.Count -eq 0 -or $reply[0] -eq ':files' -or $reply[0] -eq ':folders') { return }
            $reply | ForEach-Object {
                $parts = $_ -split "`t", 2
                [System.Management.Automation.CompletionResult]::new($parts[0], $parts[0], 'ParameterValue', $parts[-1])
            }
        }
        """;

    /// <summary>The shells that there is a script for.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    /// <summary>The script for one of <see cref="Shells"/>.</summary>
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "powershell" => PowerShell,
        _ => throw new Word2VecException(ErrorKind.Usage, $"The shell is '{shell}'; it must be {string.Join(" or ", Shells)}."),
    };
}
