using System.Runtime.InteropServices;

namespace Word2Vec.CommandLine;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP. A command that asked for <see cref="StopGracefully"/> is asked to stop by the first signal; a second signal,
/// or the first one in any other command, ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly Terminal _terminal;
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _graceful, _passed;

    public Interruption(Terminal terminal)
    {
        _terminal = terminal;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, ExitCodes.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Handle(context, ExitCodes.HungUp)),
        ];
    }

    public int ExitCode { get; private set; } = ExitCodes.Interrupted;

    public CancellationToken StopGracefully()
    {
        _graceful = true;
        return _source.Token;
    }

    /// <summary>
    /// What was asked for is done, and its exit code stands: a signal that comes while the process ends says nothing else. So the registrations stay.
    /// </summary>
    public void Dispose()
    {
        _passed = true;
        GC.KeepAlive(_registrations);
    }

    private void Handle(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (_passed)
            return;
        ExitCode = exitCode;
        if (_graceful && !_source.IsCancellationRequested)
        {
            _source.Cancel();
            return;
        }

        _terminal.Error.WriteLine("word2vec: interrupted");
        Environment.Exit(exitCode);
    }
}
