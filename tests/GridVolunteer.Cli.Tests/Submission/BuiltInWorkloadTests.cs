using GridVolunteer.Agent.Workloads;
using GridVolunteer.Cli.Submission;

namespace GridVolunteer.Cli.Tests.Submission;

public sealed class BuiltInWorkloadTests : IDisposable
{
    private readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("ProteinSearch")]
    [InlineData("OptionPricing")]
    [InlineData("ParameterSweep")]
    public void BuiltInWorkload_IsFoundInAnyCaseAndIsAPackage(string name)
    {
        var found = BuiltInWorkload.Find(name.ToUpperInvariant());

        Assert.NotNull(found);
        Assert.Equal(name, WorkloadPackage.Open(found.Extract(_cli.Home)).Manifest.Name);
    }

    [Fact]
    public void OtherNames_AreNotBuiltIn() => Assert.Null(BuiltInWorkload.Find("./ProteinSearch"));
}
