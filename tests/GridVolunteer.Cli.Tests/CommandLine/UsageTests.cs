namespace GridVolunteer.Cli.Tests.CommandLine;

public sealed class UsageTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("jobb", "There is no 'gridvolunteer jobb'. Did you mean 'jobs'?")]
    [InlineData("workload tets", "There is no 'gridvolunteer workload tets'. Did you mean 'test'?")]
    [InlineData("frobnicate", "There is no 'gridvolunteer frobnicate'.")]
    [InlineData("job x7", "'x7' is not a job id: write it like j17.")]
    [InlineData("job j0", "'j0' is not a job id: write it like j17.")]
    [InlineData("cancel 17", "'17' is not a job id: write it like j17.")]
    [InlineData("job", "Required argument missing for command: 'job'.")]
    [InlineData("jobs --all", "Unrecognized command or argument '--all'.")]
    [InlineData("jobs --limit -1", "--limit is 0 or more.")]
    [InlineData("jobs --limit many", "Cannot parse argument 'many' for option '--limit'")]
    [InlineData("submit ProteinSearch --quorum 6", "--quorum is 1 to 5.")]
    [InlineData("submit ProteinSearch --priority 0", "--priority is 1 to 1,000.")]
    [InlineData("submit ProteinSearch --param top", "'top' is not a parameter: write it name=value.")]
    [InlineData("submit ProteinSearch -p top=1 -p top=2", "'top' is given twice.")]
    [InlineData("submit ProteinSearch -i query=/no/such.fa", "There is no file '/no/such.fa' for the input 'query'.")]
    [InlineData("submit ProteinSearch -i query=/", "The input 'query' is a folder (/): give a file.")]
    [InlineData("jobs --coordinator ftp://grid", "'ftp://grid' (from --coordinator) is not a coordinator's address")]
    [InlineData("submit NoSuchWorkload", "There is no workload 'NoSuchWorkload'")]
    [InlineData("workload new class", "'class' cannot name a workload")]
    [InlineData("workload test ProteinSearch --units 0", "--units is 1 or more.")]
    public async Task WrongUse_EndsWithTwoAndASentence(string line, string sentence)
    {
        var code = await _cli.RunAsync(line.Split(' '));

        Assert.Equal(2, code);
        Assert.StartsWith(sentence, _cli.Error, StringComparison.Ordinal);
        Assert.Empty(_cli.Out);
    }

    [Fact]
    public async Task NothingGiven_ShowsTheHelpAsWrongUse()
    {
        Assert.Equal(2, await _cli.RunAsync());

        Assert.Contains("First steps:", _cli.Error, StringComparison.Ordinal);
        Assert.Empty(_cli.Out);
    }

    [Theory]
    [InlineData("--param", "tpo=3", "tpo")]
    [InlineData("--param", "top=none", "top")]
    public async Task Submit_WithAParameterTheWorkloadDoesNotTake_EndsWithTwo(
        string option, string value, string named)
    {
        _cli.Write("q.fa", ">q\nMVHLTPEEK\n");

        var code = await _cli.RunAsync(
            "submit", "ProteinSearch", option, value,
            "--input", $"query={_cli.Home}/q.fa", "--input", $"database={_cli.Home}/q.fa");

        Assert.Equal(2, code);
        Assert.Contains(named, _cli.Error, StringComparison.Ordinal);
        Assert.Empty(_cli.Out);
    }

    [Fact]
    public async Task Submit_WithoutAnInputTheWorkloadNeeds_EndsWithTwo()
    {
        Assert.Equal(2, await _cli.RunAsync("submit", "proteinsearch"));

        Assert.Contains("'query' is missing", _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("job j1")]
    [InlineData("watch j1")]
    [InlineData("results j1")]
    [InlineData("output j1")]
    [InlineData("peers --json")]
    [InlineData("pause j1")]
    public async Task CoordinatorAway_EndsWithOneAndSaysHowToStartOne(string line)
    {
        // Port 1 on loopback: nothing listens there without asking for it.
        _cli.Variables["GRIDVOLUNTEER_COORDINATOR"] = "http://127.0.0.1:1";

        var code = await _cli.RunAsync(line.Split(' '));

        Assert.Equal(1, code);
        Assert.Contains("The coordinator at http://127.0.0.1:1", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("gridvolunteer coordinator", _cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _cli.Error, StringComparison.Ordinal);
        Assert.Empty(_cli.Out);
    }
}
