using System.Text;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Plots;

namespace GridVolunteer.Cli.Tests.Plots;

public sealed class PlotFileTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("scores.png", "ends in .svg, not 'scores.png'")]
    [InlineData("scores", "ends in .svg, not 'scores'")]
    [InlineData("nowhere/scores.svg", "There is no folder")]
    public async Task FileThatCannotBeDrawnInto_EndsWithTwo_BeforeAnythingIsAsked(
        string file, string expected)
    {
        _cli.Variables["GRIDVOLUNTEER_COORDINATOR"] = "http://127.0.0.1:1";

        Assert.Equal(2, await _cli.RunAsync("output", "j1", "--plot", file));

        Assert.Contains(expected, _cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneFileForBoth_EndsWithTwo()
    {
        var file = Path.Combine(_cli.Home, "a.svg");
        Assert.Equal(2, await _cli.RunAsync("output", "j1", "--plot", file, "-o", file));
        Assert.Contains("the same file", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_IsWritten_AndSaidSo_AndNothingElse()
    {
        var file = Path.Combine(_cli.Home, "a.SVG");
        PlotFile.Check(file, outputPath: null);

        await PlotFile.DrawAsync(file, Encoding.UTF8.GetBytes("""
            {"plots":[{"title":"My\tplot","x":{"label":"x"},"y":{"label":"y","logarithmic":true},
            "series":[{"name":"n","kind":"line","x":[1,2],"y":[3,0]}]}]}
            """), "The output of j1", _cli.Host.Terminal);

        Assert.StartsWith("<svg ", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Contains("Drew 'My plot' into", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("1 point at or below 0", _cli.Error, StringComparison.Ordinal);
        Assert.Empty(_cli.Out);
        Assert.Empty(_cli.OutBytes);
    }

    [Fact]
    public async Task OutputThatCannotBeDrawn_LeavesAnEarlierPictureAlone()
    {
        _cli.Write("a.svg", "earlier");
        var file = Path.Combine(_cli.Home, "a.svg");

        await Assert.ThrowsAsync<CliException>(
            () => PlotFile.DrawAsync(file, "{}"u8.ToArray(), "The output of j1", _cli.Host.Terminal));

        Assert.Equal("earlier", await File.ReadAllTextAsync(file));
        Assert.Single(Directory.EnumerateFileSystemEntries(_cli.Home));
    }

    [Fact]
    public async Task OutputTooLargeToKeep_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<CliException>(() => PlotFile.DrawAsync(
            Path.Combine(_cli.Home, "a.svg"), output: null, "The output of j1", _cli.Host.Terminal));
        Assert.Contains("larger than 64.0 MiB", refusal.Message, StringComparison.Ordinal);
    }
}
