using GridVolunteer.Cli.Presentation;

namespace GridVolunteer.Cli.Tests.Presentation;

public sealed class ListingTests
{
    [Fact]
    public void Listing_WhereNobodyLooks_IsAlignedPlainLines()
    {
        using var cli = new CliFixture();
        Sample().Write(cli.Host.Terminal, "nothing");

        Assert.Equal(
            """
            JOB  UNITS  NAME
            j1      80  one
            j12  1,000  another one

            """.ReplaceLineEndings(Environment.NewLine),
            cli.Out);
    }

    [Fact]
    public void Listing_WhereAPersonLooks_IsATable()
    {
        using var cli = new CliFixture { IsInteractive = true };
        Sample().Write(cli.Host.Terminal, "nothing");

        Assert.Contains("│ j12 │ 1,000 │ another one │", cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Listing_WithoutRows_SaysSoOnStandardError()
    {
        using var cli = new CliFixture();
        new Listing("Job").Write(cli.Host.Terminal, "No jobs yet.");

        Assert.Empty(cli.Out);
        Assert.Equal($"No jobs yet.{Environment.NewLine}", cli.Error);
    }

    private static Listing Sample()
    {
        var listing = new Listing("Job", "Units#", "Name");
        listing.Add("j1", "80", "one");
        listing.Add("j12", "1,000", "another one");
        return listing;
    }
}
