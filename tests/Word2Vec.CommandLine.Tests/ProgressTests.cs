using Word2Vec.CommandLine.Texts;
using Word2Vec.Training;
using Word2Vec.Words;

namespace Word2Vec.CommandLine.Tests;

public class ProgressTests
{
    private static readonly TrainingProgress Half =
        new(1, 0.5, 1_930_000, 0.0125, 2.1134, TimeSpan.FromSeconds(42), TimeSpan.FromSeconds(3723));

    [Fact]
    public void The_line_of_a_training_says_share_time_left_epoch_speed_loss_and_rate() => Assert.Equal(
        "training  50.0 %  1:02:03 left  epoch 2/4  1.93 M words/s  loss 2.113  rate 0.01250", ProgressView.Describe(Half, 4));

    [Fact]
    public void The_line_of_reading_has_no_share_where_the_length_is_not_known()
    {
        Assert.Equal(
            "reading   25.0 %  1.5 M words  50 MB/s",
            ProgressView.Describe(new EncodingProgress(100_000_000, 400_000_000, 1_500_000), TimeSpan.FromSeconds(2)));
        Assert.Equal(
            "reading  1.5 M words  50 MB/s",
            ProgressView.Describe(new EncodingProgress(100_000_000, 0, 1_500_000), TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void The_line_of_a_stage_says_what_is_known_of_it()
    {
        Assert.Equal("neighbors  25.0 %  50/200", ProgressView.Describe(new StageProgress("neighbors", 50, 200)));
        Assert.Equal(
            "samples    40.0 %  1:05 left  60/150  start 2/3",
            ProgressView.Describe(new StageProgress("samples", 60, 150, Part: 2, Parts: 3), "start", TimeSpan.FromSeconds(65)));
        Assert.Equal(
            "descent   1,234  fold 5/5  loss 0.693", ProgressView.Describe(new StageProgress("descent", 1234, 0, 0.6931, 5, 5), "fold"));
    }

    [Fact]
    public void The_line_of_texts_has_share_and_time_left_where_the_length_is_known()
    {
        Assert.Equal(
            "embedding  25.0 %  0:30 left  12,000 texts  1,200 texts/s",
            ProgressView.Describe(new TextProgress("embedding", 12_000, 5_000, 20_000, TimeSpan.FromSeconds(10))));
        Assert.Equal(
            "counting  12,000 texts  1,200 texts/s", ProgressView.Describe(new TextProgress("counting", 12_000, 0, 0, TimeSpan.FromSeconds(10))));
        Assert.Equal("copying   1.5 MB", ProgressView.Describe(new TextProgress("copying", 0, 1_500_000, 0, TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public void What_begins_is_shown_at_once()
    {
        var screen = new StringWriter();
        using (var view = new ProgressView(new Terminal { Out = TextWriter.Null, Error = screen, ErrorIsTerminal = true }, quiet: false))
        {
            view.Begin("first");
            view.Begin("then");
            view.Report("too soon");
        }

        Assert.Equal("\rfirst\rthen \r    \r", screen.ToString());
    }

    [Fact]
    public void The_line_is_rewritten_in_place_and_wiped_without_escape_codes()
    {
        var screen = new StringWriter();
        var view = new ProgressView(
            new Terminal { Out = TextWriter.Null, Error = screen, ErrorIsTerminal = true, Width = 20 }, quiet: false);
        view.Report(Half);
        view.Report(Half);
        view.Clear();
        Assert.Equal("\rtraining  50.0 %  1\r" + new string(' ', 19) + "\r", screen.ToString());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void There_is_no_line_without_a_terminal_or_where_quiet_was_asked_for(bool isTerminal, bool quiet)
    {
        var screen = new StringWriter();
        var view = new ProgressView(new Terminal { Out = TextWriter.Null, Error = screen, ErrorIsTerminal = isTerminal }, quiet);
        view.Report(Half);
        view.Clear();
        Assert.Equal("", screen.ToString());
        Assert.True(view.TrainingHasBegun);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Tables_have_frames_on_a_terminal_and_colors_only_where_they_are_wanted(bool isTerminal, bool colors)
    {
        var output = new StringWriter { NewLine = "\n" };
        var table = new ResultTable("word", "#n");
        table.Add("[red]x[/]", "1");
        table.Write(new Terminal { Out = output, Error = TextWriter.Null, OutIsTerminal = isTerminal, Colors = colors, Width = 40 });
        Assert.Contains("[red]x[/]", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(isTerminal, output.ToString().Contains('╭', StringComparison.Ordinal));
        Assert.Equal(colors, output.ToString().Contains('\u001b', StringComparison.Ordinal));
    }
}
