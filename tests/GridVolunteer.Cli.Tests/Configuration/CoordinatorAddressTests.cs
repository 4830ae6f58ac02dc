using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Configuration;

namespace GridVolunteer.Cli.Tests.Configuration;

public sealed class CoordinatorAddressTests : IDisposable
{
    private const string ConfigPath = ".config/gridvolunteer/config.json";

    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Address_WhenNothingSays_IsThisMachine() =>
        Assert.Equal(new Uri("http://127.0.0.1:4370"), CoordinatorAddress.Resolve(null, _cli.Host));

    [Fact]
    public void Address_OfTheConfigurationFile_BeatsTheDefault()
    {
        _cli.Write(ConfigPath, """{ "coordinator": "http://file:1", "later": true, /* mine */ }""");

        Assert.Equal(new Uri("http://file:1"), CoordinatorAddress.Resolve(null, _cli.Host));
    }

    [Fact]
    public void Address_OfTheEnvironment_BeatsTheConfigurationFile()
    {
        _cli.Write(ConfigPath, """{ "coordinator": "http://file:1" }""");
        _cli.Variables[CoordinatorAddress.Variable] = "http://variable:2";

        Assert.Equal(new Uri("http://variable:2"), CoordinatorAddress.Resolve(null, _cli.Host));
    }

    [Fact]
    public void Address_OfTheOption_BeatsTheEnvironment()
    {
        _cli.Variables[CoordinatorAddress.Variable] = "http://variable:2";

        Assert.Equal(new Uri("http://option:3"), CoordinatorAddress.Resolve("http://option:3", _cli.Host));
    }

    [Fact]
    public void Address_IsReadFromTheXdgFolder_WhenThereIsOne()
    {
        _cli.Write("xdg/gridvolunteer/config.json", """{ "coordinator": "http://xdg:4" }""");
        _cli.Variables["XDG_CONFIG_HOME"] = Path.Combine(_cli.Home, "xdg");

        Assert.Equal(new Uri("http://xdg:4"), CoordinatorAddress.Resolve(null, _cli.Host));
    }

    [Fact]
    public void XdgFolder_ThatIsRelative_IsIgnored()
    {
        _cli.Variables["XDG_CONFIG_HOME"] = "xdg";

        Assert.Equal(
            Path.Combine(_cli.Home, ".config", "gridvolunteer"),
            new UserFolders(_cli.Host.Variable, _cli.Home).Configuration);
    }

    [Theory]
    [InlineData("grid:4370", "http://grid:4370/")]
    [InlineData("https://grid", "https://grid/")]
    [InlineData("http://grid:1/some/path?x", "http://grid:1/")]
    public void Address_IsTakenWithoutSchemeAndWithoutPath(string given, string expected) =>
        Assert.Equal(expected, CoordinatorAddress.Parse(given, "a test").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("http://")]
    [InlineData("ftp://grid")]
    [InlineData("a b")]
    public void Address_ThatIsNone_IsWrongUse(string given) => Assert.Equal(
        ExitCode.WrongUse,
        Assert.Throws<CliException>(() => CoordinatorAddress.Parse(given, "a test")).ExitCode);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "coordinator": 4370 }""")]
    public void ConfigurationFile_ThatIsMalformed_IsWrongUseAndNamed(string text)
    {
        _cli.Write(ConfigPath, text);

        var refused = Assert.Throws<CliException>(() => CoordinatorAddress.Resolve(null, _cli.Host));

        Assert.Equal(ExitCode.WrongUse, refused.ExitCode);
        Assert.Contains("config.json", refused.Message, StringComparison.Ordinal);
    }
}
