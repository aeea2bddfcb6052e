namespace Word2Vec.CommandLine.Tests;

/// <summary>Each kind of bad input gets one line and its documented exit code, and what was there before stays.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData("", "no command", 2)]
    [InlineData("tain", "There is no command 'tain'; did you mean train", 2)]
    [InlineData("train", "No corpus was named", 2)]
    [InlineData("train -o v.bin", "No corpus was named", 2)]
    [InlineData("train c.txt", "--output", 2)]
    [InlineData("train c.txt -o v.bin --size", "--size", 2)]
    [InlineData("train c.txt -o v.bin --size x", "The option --size is 'x'; it must be a whole number", 2)]
    [InlineData("train c.txt -o v.bin --size 1.5", "The option --size is '1.5'; it must be a whole number", 2)]
    [InlineData("train c.txt -o v.bin --size 0", "--size is 0; it must lie between 1 and 4096", 2)]
    [InlineData("train c.txt -o v.bin --size 99999999999", "--size", 2)]
    [InlineData("train c.txt -o v.bin --window 0", "--window", 2)]
    [InlineData("train c.txt -o v.bin --negatives -1", "--negatives", 2)]
    [InlineData("train c.txt -o v.bin --subsampling 2", "--subsampling", 2)]
    [InlineData("train c.txt -o v.bin --subsampling nan", "--subsampling", 2)]
    [InlineData("train c.txt -o v.bin --epochs 0", "--epochs", 2)]
    [InlineData("train c.txt -o v.bin --learning-rate 0", "--learning-rate", 2)]
    [InlineData("train c.txt -o v.bin --threads -1", "--threads", 2)]
    [InlineData("train c.txt -o v.bin --seed -1", "--seed", 2)]
    [InlineData("train c.txt -o v.bin --min-count 0", "--min-count", 2)]
    [InlineData("train c.txt -o v.bin --max-vocabulary -1", "--max-vocabulary", 2)]
    [InlineData("train c.txt -o v.bin --max-sentence-length 0", "--max-sentence-length", 2)]
    [InlineData("train c.txt -o v.bin --tokenizer words", "--tokenizer is 'words'; it must be whitespace or text", 2)]
    [InlineData("train c.txt -o v.bin --format json", "--format is 'json'; it must be", 2)]
    [InlineData("train c.txt -o v.bin --fallback gpu", "--fallback is 'gpu'; it must be cpu", 2)]
    [InlineData("train c.txt -o v.bin --device gpu", "The device 'gpu' is none of auto, cpu", 2)]
    [InlineData("train c.txt -o v.bin --device cuda:x", "The device 'cuda:x'", 2)]
    [InlineData("train c.txt -o v.bin --device cpu:0", "The device 'cpu:0'", 2)]
    [InlineData("train c.txt -o v.bin --size 3 --size 4", "--size", 2)]
    [InlineData("train c.txt -o v.bin --cache x --no-cache", "exclude each other", 2)]
    [InlineData("train c.txt -o v.bin --threads 4 --device plain", "makes no sense", 2)]
    [InlineData("train c.txt -o v.bin --widnow 3", "There is no option --widnow; did you mean --window", 2)]
    [InlineData("train c.txt -o v.bin -vector 3", "There is no option -vector", 2)]
    [InlineData("train c.txt -o v.bin -binary 2", "-binary is 2", 2)]
    [InlineData("train c.txt -o v.bin -binary", "-binary", 2)]
    [InlineData("train c.txt -o v.bin -read-vocab w.txt", "w.txt", 3)]
    [InlineData("train c.txt -o v.bin --vocabulary c.txt", "is damaged: line 1 is not a word, a space and a count", 4)]
    [InlineData("train c.txt -o w.txt --vocabulary w.txt", "w.txt", 3)]
    [InlineData("train c.txt -o v.bin -debug x", "The option -debug is 'x'; it must be a whole number", 2)]
    [InlineData("train c.txt -o v.bin -classes 500", "-classes 500: word classes are not there", 2)]
    [InlineData("train c.txt -o v.bin -hs 1 -negative 5", "cannot be trained together. Use -negative 0 or -hs 0", 2)]
    [InlineData("train c.txt -o v.bin --architecture bow", "'bow'; it must be skip-gram or cbow", 2)]
    [InlineData("train c.txt -o v.bin --min-ngram 2", "--min-ngram 2 is for --subwords", 2)]
    [InlineData("train c.txt -o v.bin --subwords --min-ngram 4 --max-ngram 3", "--max-ngram is 3; it must lie between 4 and 100", 2)]
    [InlineData("train c.txt -o v.bin --hs --tile 8", "skip-gram with hierarchical softmax trains window by window", 2)]
    [InlineData("train c.txt -o - --json", "--json and --output - would both write", 2)]
    [InlineData("vocab c.txt -o - --json", "--json and --output - would both write", 2)]
    [InlineData("train c.txt -o v.bin --config", "--config", 2)]
    [InlineData("train c.txt -o v.bin --config c.json --config d.json", "--config", 2)]
    [InlineData("train --config ''", "could not be read", 3)]
    [InlineData("train --config missing.json", "missing.json", 3)]
    [InlineData("train --config c.txt", "c.txt, line 1, column 1: this is no JSON", 2)]
    [InlineData("train c.txt -o v.onnx", ".onnx", 2)]
    [InlineData("demo -o -", "corpora", 3)]
    [InlineData("train c.txt -o ''", "The output '' is not a file name", 2)]
    [InlineData("train c.txt -o v.bin --save-vocabulary ''", "The output '' is not a file name", 2)]
    [InlineData("train c.txt -o v.bin --cache ''", "The option --cache is empty", 2)]
    [InlineData("train '' -o v.bin", "The name of a corpus is empty", 3)]
    [InlineData("train single.txt -o v.bin", "Nothing could be learned", 3)]
    [InlineData("train c.txt -o c.txt", "is also an input", 2)]
    [InlineData("train c.txt -o ./sub/../c.txt", "is also an input", 2)]
    [InlineData("train sub -o sub/v.bin", "lies in the folder", 2)]
    [InlineData("train c.txt -o v.bin --save-vocabulary c.txt", "is also an input", 2)]
    [InlineData("train c.txt -o v.bin --save-vocabulary v.bin", "different names", 2)]
    [InlineData("train c.txt -o nowhere/v.bin", "there is no folder", 6)]
    [InlineData("train c.txt -o sub", "is a folder", 6)]
    [InlineData("train missing.txt -o v.bin", "missing.txt", 3)]
    [InlineData("train empty.txt -o v.bin", "empty.txt", 3)]
    [InlineData("train spaces.txt -o v.bin", "spaces.txt", 3)]
    [InlineData("train binary.dat -o v.bin", "binary.dat", 3)]
    [InlineData("train hollow -o v.bin", "hollow", 3)]
    [InlineData("train cut.gz -o v.bin", "cut.gz", 3)]
    [InlineData("train c.txt -o v.bin --min-count 1000", "--min-count", 3)]
    [InlineData("train c.txt -o v.bin --device cuda", "The device cuda is not there (the kernels were left out", 5)]
    [InlineData("train c.txt -o v.bin --device opencl:1", "there are cpu, plain", 5)]
    [InlineData("vocab missing.txt -o w.txt", "missing.txt", 3)]
    [InlineData("most-similar missing.bin x", "missing.bin", 3)]
    [InlineData("most-similar damaged.bin x", "damaged.bin", 4)]
    [InlineData("most-similar c.txt x", "c.txt", 4)]
    [InlineData("most-similar v.txt kong", "king", 8)]
    [InlineData("most-similar v.txt king -", "A word must follow '-'", 2)]
    [InlineData("most-similar v.txt king --cuont 3", "did you mean --count", 2)]
    [InlineData("most-similar v.txt king --count 0", "--count", 2)]
    [InlineData("most-similar v.txt king --restrict -1", "--restrict", 2)]
    [InlineData("most-similar v.txt king --file c.txt", "exclude each other", 2)]
    [InlineData("most-similar v.txt --file missing.txt", "missing.txt", 3)]
    [InlineData("analogy v.txt man king", "analogy takes three words, or none for a prompt; there are 2", 2)]
    [InlineData("analogy v.txt man king woman boy", "'boy' is more than analogy takes", 2)]
    [InlineData("analogy v.txt man king woman --file c.txt", "exclude each other", 2)]
    [InlineData("analogy v.txt --file missing.txt", "missing.txt", 3)]
    [InlineData("completion", "Required", 2)]
    [InlineData("completion tcsh", "The shell is 'tcsh'; it must be bash or zsh", 2)]
    [InlineData("evaluate v.txt --analogies - --similarity -", "named twice", 2)]
    [InlineData("benchmark --corpus c.txt --analogies -", "again and again", 2)]
    [InlineData("analogy v.txt man king womaan", "woman", 8)]
    [InlineData("similarity v.txt man queeen", "queen", 8)]
    [InlineData("doesnt-match v.txt man woman", "three words or more; there are 2", 2)]
    [InlineData("doesnt-match v.txt man woman kin", "king", 8)]
    [InlineData("evaluate v.txt", "--analogies FILE or --similarity FILE", 2)]
    [InlineData("evaluate v.txt --analogies missing.txt", "missing.txt", 3)]
    [InlineData("evaluate v.txt --similarity missing.tsv", "missing.tsv", 3)]
    [InlineData("convert v.txt v.txt", "is also an input", 2)]
    [InlineData("train c.words.txt -o c.npy", "c.words.txt is also an input", 2)]
    [InlineData("train c.txt -o d.npy --save-vocabulary d.words.txt", "d.words.txt; give them different names", 2)]
    [InlineData("convert c.words.txt c.faiss", "c.words.txt is also an input", 2)]
    [InlineData("train c.txt --config v.bin.json -o v.bin", "v.bin.json is also an input", 2)]
    [InlineData("train -- -size", "--output", 2)]
    [InlineData("convert v.txt ''", "The output '' is not a file name", 2)]
    [InlineData("convert '' x.bin", "'' could not be opened", 3)]
    [InlineData("convert v.txt v.kv", ".kv", 2)]
    [InlineData("convert damaged.bin x.txt", "damaged.bin", 4)]
    [InlineData("benchmark", "--corpus", 2)]
    [InlineData("benchmark --corpus c.txt --devices cpu,cuda", "there are cpu, plain. Choose among them.", 5)]
    [InlineData("benchmark --corpus missing.txt --analogies missing.txt", "The corpus", 3)]
    [InlineData("benchmark --corpus single.txt --analogies c.txt", "Nothing could be learned", 3)]
    [InlineData("benchmark --corpus single.txt --analogies missing.txt", "missing.txt", 3)]
    [InlineData("benchmark --corpus single.txt --similarity empty.txt", "empty.txt", 3)]
    [InlineData("benchmark --corpus c.txt --repeat 0", "--repeat", 2)]
    [InlineData("benchmark --corpus c.txt --peak-bandwidth fast", "The option --peak-bandwidth has 'fast'; it must be DEVICE=NUMBER", 2)]
    [InlineData("benchmark --corpus c.txt --devices cpu,plain --peak-flops 10", "the device among cpu, plain.", 2)]
    [InlineData("benchmark --corpus c.txt --devices cpu,plain --peak-flops cpu=10,cuda=20", "'cuda=20'", 2)]
    [InlineData("benchmark --corpus c.txt --devices cpu --peak-flops cpu=-1", "'cpu=-1'", 2)]
    [InlineData("benchmark --corpus c.txt --output c.txt", "cannot be made", 6)]
    [InlineData("demo --corpus atlantis", "The corpus 'atlantis' is not a file", 3)]
    public void Bad_input_gets_one_line_and_its_exit_code(string line, string message, int code)
    {
        using var tool = new Tool();
        Prepare(tool);
        string[] before = Snapshot(tool);
        Run run = tool.Run([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(arg => InFolder(tool, arg))]);
        if (line.Length == 0)
        {
            Assert.Equal((2, ""), (run.Code, run.Out));
            Assert.Contains("Usage:", run.Error, StringComparison.Ordinal);
            return;
        }

        string[] lines = [.. run.Error.TrimEnd('\n').Split('\n').Where(text => text.StartsWith("word2vec: ", StringComparison.Ordinal))];
        Assert.Contains(message, Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(tool));
    }

    [Fact]
    public void A_folder_that_takes_no_files_is_found_before_the_training()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            return;
        using var tool = new Tool();
        string folder = tool.PathOf("closed");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Run run = tool.Run("train", tool.WriteCorpus(), "-o", Path.Combine(folder, "v.bin"));
        Assert.Equal(6, run.Code);
        Assert.Contains("does not take new files", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_file_is_never_replaced()
    {
        using var tool = new Tool();
        Run run = tool.Run("train", tool.WriteCorpus(), "-o", "/dev/null");
        Assert.Equal(6, run.Code);
    }

    [Fact]
    public void An_option_after_two_dashes_is_a_file()
    {
        using var tool = new Tool();
        Run run = tool.Run("train", "-o", tool.PathOf("v.bin"), "--", "--size");
        Assert.Equal(3, run.Code);
        Assert.Contains("--size", run.ErrorLine, StringComparison.Ordinal);
    }

    // Names of files stand for files in the test's own folder, two quotes for an empty argument.
    private static string InFolder(Tool tool, string arg) =>
        arg == "''" ? "" : arg.Contains('.', StringComparison.Ordinal) && !arg.StartsWith('-') && !double.TryParse(arg, out _)
        || arg is "sub" or "hollow" or "nowhere" || arg.StartsWith("sub/", StringComparison.Ordinal)
            || arg.StartsWith("nowhere/", StringComparison.Ordinal)
            ? tool.PathOf(arg) : arg;

    private static void Prepare(Tool tool)
    {
        tool.WriteCorpus("c.txt");
        tool.WriteCorpus("sub/d.txt");
        tool.WriteVectors("v.txt");
        tool.Write("v.bin", "what was there before");
        tool.WriteCorpus("c.words.txt");
        tool.Write("v.bin.json", """{ "options": { "epochs": 1 } }""");
        tool.Write("empty.txt", "");
        tool.Write("spaces.txt", " \n\n ");
        tool.Write("single.txt", string.Concat(Enumerable.Repeat("one\ntwo\n", 20)));
        tool.Write("damaged.bin", "3 100\nking abc");
        Directory.CreateDirectory(tool.PathOf("hollow"));
        File.WriteAllBytes(tool.PathOf("binary.dat"), [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 37))]);
        File.WriteAllBytes(tool.PathOf("cut.gz"), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c]);
    }

    private static string[] Snapshot(Tool tool) =>
    [
        .. Directory.EnumerateFiles(tool.PathOf("."), "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("cache", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => path + " " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))),
    ];
}
