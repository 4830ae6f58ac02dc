using GridVolunteer.Cli.Configuration;
using GridVolunteer.Protocol.Access;

namespace GridVolunteer.Cli.Tests.Configuration;

public sealed class OperatorTokenTests : IDisposable
{
    private static readonly Uri Address = new("http://127.0.0.1:4370");

    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Token_WhenThereIsNone_IsNull() =>
        Assert.Null(OperatorToken.Resolve(null, Address, _cli.Host));

    [Fact]
    public void Token_ThatACoordinatorLeft_IsFoundByItsAddress()
    {
        Leave("left");

        Assert.Equal("left", OperatorToken.Resolve(null, Address, _cli.Host));
        Assert.Equal("left", OperatorToken.Resolve(null, new Uri("http://localhost:4370/"), _cli.Host));
        Assert.Null(OperatorToken.Resolve(null, new Uri("http://127.0.0.1:4371"), _cli.Host));
    }

    [Fact]
    public void Token_OfTheEnvironment_BeatsTheFile()
    {
        Leave("left");
        _cli.Variables[OperatorToken.Variable] = "variable";

        Assert.Equal("variable", OperatorToken.Resolve(null, Address, _cli.Host));
    }

    [Fact]
    public void Token_OfTheOption_BeatsTheEnvironment()
    {
        _cli.Variables[OperatorToken.Variable] = "variable";

        Assert.Equal("option", OperatorToken.Resolve("option", Address, _cli.Host));
    }

    private void Leave(string token)
    {
        var folder = Path.Combine(_cli.Home, "state");
        _cli.Variables["XDG_STATE_HOME"] = folder;
        var path = OperatorTokenFile.PathFor(Address, Path.Combine(folder, "gridvolunteer", "tokens"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, token + "\n");
    }
}
