using Word2Vec.CommandLine;

return Terminal.RunOnConsole(terminal =>
{
    using var interruption = new Interruption(terminal);
    return App.Run(args, new Host(terminal, interruption));
});
