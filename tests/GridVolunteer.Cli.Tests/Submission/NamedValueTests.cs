using System.CommandLine;
using GridVolunteer.Cli.Submission;

namespace GridVolunteer.Cli.Tests.Submission;

public sealed class NamedValueTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Parameter_TakesEverythingBehindTheFirstEqualsSign()
    {
        var option = JobValueOptions.Parameters();
        var parsed = Parse(option, "--param", "command=a --b=c", "--param", "empty=");

        Assert.Empty(parsed.Errors);
        Assert.Equal("a --b=c", parsed.ByName(option)["command"]);
        Assert.Equal("", parsed.ByName(option)["empty"]);
    }

    [Fact]
    public void Input_GivenAsJustAPath_TakesItsFileName()
    {
        _cli.Write("model.py", "");
        var option = JobValueOptions.Inputs();
        var parsed = Parse(option, "-i", $"{_cli.Home}/model.py");

        Assert.Equal($"{_cli.Home}/model.py", parsed.ByName(option)["model.py"]);
    }

    [Fact]
    public void Input_WhosePathHasAnEqualsSign_IsAPath()
    {
        _cli.Write("a=b.txt", "");
        var option = JobValueOptions.Inputs();
        var parsed = Parse(option, "-i", $"{_cli.Home}/a=b.txt");

        Assert.Empty(parsed.Errors);
        Assert.Equal($"{_cli.Home}/a=b.txt", parsed.ByName(option)["a=b.txt"]);
    }

    [Fact]
    public void EveryFault_IsReportedAtOnce()
    {
        var parsed = Parse(JobValueOptions.Parameters(), "-p", "a", "-p", "=b", "-p", "c=1");

        Assert.Equal(2, parsed.Errors.Count);
    }

    private static ParseResult Parse(Option option, params string[] args) =>
        new Command("test") { option }.Parse(args);
}
