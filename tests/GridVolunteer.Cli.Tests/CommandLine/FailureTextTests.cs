using System.Net;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Sdk;

namespace GridVolunteer.Cli.Tests.CommandLine;

public sealed class FailureTextTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Refusal_IsItsDetailAndEveryFault()
    {
        var refused = new CoordinatorProblemException(
            HttpStatusCode.UnprocessableEntity, "It cannot be accepted", "The job has 2 faults.",
            ["quorum", "units"]);

        Assert.Equal("The job has 2 faults.\n  - quorum\n  - units", FailureText.Of(refused, _cli.Host));
    }

    [Fact]
    public void MissingToken_SaysWhereTheTokenIs()
    {
        var refused = new CoordinatorProblemException(HttpStatusCode.Unauthorized, "A token is needed");

        Assert.StartsWith("A token is needed\nPass the operator's token with --token", FailureText.Of(refused, _cli.Host), StringComparison.Ordinal);
    }

    [Fact]
    public void Bug_IsOneSentenceUnlessATraceIsAskedFor()
    {
        var bug = Thrown();
        Assert.DoesNotContain("   at ", FailureText.Of(bug, _cli.Host), StringComparison.Ordinal);

        _cli.Variables[FailureText.TraceVariable] = "1";
        Assert.Contains("   at ", FailureText.Of(bug, _cli.Host), StringComparison.Ordinal);
    }

    [Fact]
    public void WrongParameters_AreWrongUse()
    {
        Assert.Equal(ExitCode.WrongUse, FailureText.ExitCodeOf(new WorkloadException("x")));
        Assert.Equal(ExitCode.Failed, FailureText.ExitCodeOf(new IOException("x")));
        Assert.Equal(ExitCode.WrongUse, FailureText.ExitCodeOf(CliException.WrongUse("x")));
    }

    private static Exception Thrown()
    {
        try
        {
            throw new InvalidOperationException("It cannot be.");
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
