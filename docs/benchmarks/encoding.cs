#:property PublishAot=false
#:property Optimize=true
#:project ../../src/Word2Vec/Word2Vec.csproj
// Times text to ids, counting and encoding together, on one thread: dotnet run -c Release --file docs/benchmarks/encoding.cs CORPUS [whitespace|text] [repeats]
using System.Diagnostics;
using System.Globalization;
using Word2Vec.Corpora;
using Word2Vec.Words;

var options = new CorpusOptions { Tokenizer = args.Length > 1 ? Enum.Parse<TokenizerKind>(args[1], ignoreCase: true) : TokenizerKind.Whitespace };
int repeats = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5;
var rates = new List<double>();
for (int i = 0; i <= repeats; i++)
{
    TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
    using EncodedCorpus corpus = CorpusEncoder.Encode(CorpusSource.From(args[0]), options, cacheFolder: null, progress: null, default);
    double seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    rates.Add(new FileInfo(args[0]).Length / seconds / 1e6);
    if (i == 0)
        Console.WriteLine($"{corpus.Counts.TextTokens} words, {corpus.Counts.Types} different; first time {rates[0]:0} MB a second of processor time");
}

rates.RemoveAt(0);
rates.Sort();
Console.WriteLine($"{options.Tokenizer}: median of {repeats} more {rates[repeats / 2]:0} MB a second of processor time");
