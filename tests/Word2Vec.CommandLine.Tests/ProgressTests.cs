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
