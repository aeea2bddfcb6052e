using System.CommandLine;
using Word2Vec.CommandLine.Completion;

namespace Word2Vec.CommandLine.Commands;

/// <summary><c>word2vec completion</c>: a script that completes the tool's commands, options and values in a shell.</summary>
internal sealed class CompletionCommand : ToolCommand
{
    private readonly Argument<string> _shell = new("SHELL") { Description = string.Join(", ", ShellScripts.Shells) };

    public CompletionCommand(Host host)
        : base(host, "completion", "Write a script that completes commands, options and files in a shell.") => Add(_shell);

    public override IReadOnlyList<string> Examples =>
    [
        "source <(word2vec completion bash)",
        "word2vec completion bash > ~/.local/share/bash-completion/completions/word2vec",
        "word2vec completion zsh > ~/.zfunc/_word2vec",
        "word2vec completion fish > ~/.config/fish/completions/word2vec.fish",
        "word2vec completion powershell | Out-String | Invoke-Expression",
    ];

    public override IReadOnlyList<string> Remarks =>
        ["The first line is for .bashrc, and for .zshrc with zsh, after compinit; the last one is for a PowerShell profile."];

    protected override int Execute(ParseResult parsed)
    {
        Host.Out.WriteLine(ShellScripts.For(parsed.GetRequiredValue(_shell)));
        return ExitCodes.Success;
    }
}
