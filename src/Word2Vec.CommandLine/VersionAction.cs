using System.CommandLine;
using System.CommandLine.Invocation;

namespace Word2Vec.CommandLine;

/// <summary><c>--version</c>: the tool's name and version, nothing else.</summary>
internal sealed class VersionAction(Host host) : SynchronousCommandLineAction
{
    public static void AddTo(Command root, Host host) => root.Add(new Option<bool>("--version")
    {
        Description = "Show the version",
        Arity = ArgumentArity.Zero,
        Action = new VersionAction(host),
    });

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        host.Out.WriteLine($"word2vec {App.Version}");
        return ExitCodes.Success;
    }
}
