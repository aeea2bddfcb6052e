using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Word2Vec.CommandLine;

/// <summary><c>--help</c>: what System.CommandLine writes, followed by examples, and for the tool as a whole by the exit codes.</summary>
internal sealed class HelpText(Terminal terminal) : SynchronousCommandLineAction
{
    private static readonly string[] RootExamples =
    [
        "word2vec demo",
        "word2vec train reviews.txt -o reviews.bin",
        "word2vec most-similar reviews.bin battery",
        "word2vec analogy reviews.bin man king woman",
        "word2vec train --help",
    ];

    public static void AddTo(Command root, Terminal terminal) => root.Add(new HelpOption("--help", "-h", "-?")
    {
        Description = "Show this help",
        Action = new HelpText(terminal),
        Recursive = true,
    });

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        new HelpAction { MaxWidth = Math.Max(80, terminal.Width) }.Invoke(parseResult);
        TextWriter writer = parseResult.InvocationConfiguration.Output;
        var tool = parseResult.CommandResult.Command as ToolCommand;
        writer.WriteLine("Examples:");
        foreach (string example in tool?.Examples ?? RootExamples)
            writer.WriteLine($"  {example}");
        foreach (string remark in tool?.Remarks ?? [])
            writer.WriteLine($"\n{remark}");
        if (tool is null)
            WriteExitCodes(writer);
        return ExitCodes.Success;
    }

    private static void WriteExitCodes(TextWriter writer)
    {
        writer.WriteLine("\nExit codes:");
        foreach ((int code, string meaning) in ExitCodes.All)
            writer.WriteLine($"  {code,3}  {meaning}");
    }
}
