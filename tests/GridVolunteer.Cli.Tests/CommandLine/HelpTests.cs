using System.CommandLine;
using GridVolunteer.Cli.CommandLine;

namespace GridVolunteer.Cli.Tests.CommandLine;

public sealed class HelpTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public static TheoryData<string> Verbs()
    {
        using var cli = new CliFixture();
        return [.. Paths(cli)];
    }

    public void Dispose() => _cli.Dispose();

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_OfEveryVerb_HasAnExampleThatParses(string verb)
    {
        var code = await _cli.RunAsync([.. verb.Split(' '), "--help"]);

        Assert.Equal(0, code);
        Assert.Contains("Example", _cli.Out, StringComparison.Ordinal);
        Assert.Contains($"gridvolunteer {verb}", _cli.Out, StringComparison.Ordinal);
        Assert.Empty(_cli.Error);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Examples_OfEveryVerb_NameVerbsAndOptionsThatExist(string verb)
    {
        var tree = CommandTree.Create(_cli.Host);
        foreach (var file in (string[])["hbb.fa", "swissprot.fa.gz", "model.py", "fit", "data.csv"])
        {
            _cli.Write(file, "");
        }

        foreach (var example in Find(tree, verb).Examples)
        {
            var words = System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(example)
                .Skip(1).Select(InHome).ToArray();
            Assert.Empty(tree.Parse(words).Errors);
        }
    }

    [Fact]
    public async Task Help_OfTheProgram_ListsEveryVerbAndFirstSteps()
    {
        Assert.Equal(0, await _cli.RunAsync("--help"));

        foreach (var verb in Paths(_cli))
        {
            Assert.Contains(verb.Split(' ')[0], _cli.Out, StringComparison.Ordinal);
        }

        Assert.Contains("First steps:", _cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("until-input-ends", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbs_ThatAreSpecified_AreAllThere()
    {
        string[] specified =
        [
            "coordinator", "agent", "submit", "sweep", "jobs", "job", "watch", "results", "output", "cancel",
            "pause",
            "resume", "peers", "workload new", "workload pack", "workload test", "workload inspect", "demo",
        ];

        Assert.Empty(specified.Except(Paths(_cli)));
    }

    private static string[] Paths(CliFixture cli) => [.. Paths(CommandTree.Create(cli.Host), "")];

    private static IEnumerable<string> Paths(Command command, string prefix)
    {
        foreach (var sub in command.Subcommands.Where(sub => !sub.Hidden))
        {
            var path = $"{prefix}{sub.Name}";
            yield return path;
            foreach (var below in Paths(sub, $"{path} "))
            {
                yield return below;
            }
        }
    }

    private static Verb Find(Command command, string path) =>
        (Verb)path.Split(' ').Aggregate(
            command, (parent, name) => parent.Subcommands.Single(sub => sub.Name == name));

    private string InHome(string word)
    {
        var (name, path) = word.Split('=') is [var before, var after] ? ($"{before}=", after) : ("", word);
        var inHome = Path.Combine(_cli.Home, path);
        return File.Exists(inHome) ? name + inHome : word;
    }
}
