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
    private volatile bool _graceful;

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

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
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
