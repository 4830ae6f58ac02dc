using GridVolunteer.Agent.Workloads;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.Tests.Workloads;

public sealed class WorkloadHostTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_MakesTheOnlyWorkload_WithTheHostsTypes()
    {
        EmittedWorkload.Write(_folder.Root, "Only");
        var workload = WorkloadHost.Load(_folder.Root);
        Assert.Equal("Only", workload.GetType().Name);
        Assert.IsAssignableFrom<IWorkload>(workload);
    }

    [Fact]
    public void Load_Twice_KeepsTheAssembliesApart()
    {
        EmittedWorkload.Write(_folder.Root, "Only");
        Assert.NotSame(WorkloadHost.Load(_folder.Root).GetType(), WorkloadHost.Load(_folder.Root).GetType());
    }

    [Fact]
    public void Load_WithoutAWorkload_SaysHowToMakeOne()
    {
        EmittedWorkload.Write(_folder.Root);
        AssertFails("has no workload: make one public class derive from GridVolunteer.Sdk.Workload");
    }

    [Fact]
    public void Load_WithTwoWorkloads_NamesThem()
    {
        EmittedWorkload.Write(_folder.Root, "One", "Two");
        AssertFails("has 2 workloads (One, Two)");
    }

    [Fact]
    public void Load_WhoseConstructorThrows_SaysWhatItThrew()
    {
        EmittedWorkload.Write(_folder.Root, "Broken!");
        AssertFails("The constructor of Broken in Emitted.dll threw InvalidOperationException: no such luck");
    }

    [Theory]
    [InlineData("9.9.0.0", "built against GridVolunteer.Sdk 9.9.0", "update this program")]
    [InlineData("0.99.0.0", "built against GridVolunteer.Sdk 0.99.0", "update this program")]
    public void Load_OfAWorkloadForANewerSdk_SaysToUpdate(string version, string built, string advice)
    {
        EmittedWorkload.WriteReferring(_folder.Root, new Version(version));
        AssertFails(built, advice);
    }

    [Fact]
    public void Load_OfAnAssemblyThatDoesNotUseTheSdk_IsRefused()
    {
        EmittedWorkload.WriteReferring(_folder.Root, sdk: null);
        AssertFails("does not use GridVolunteer.Sdk");
    }

    [Fact]
    public void Load_OfWhatIsNoAssembly_IsRefused()
    {
        File.WriteAllText(_folder["Emitted.dll"], "no assembly");
        EmittedWorkload.WriteManifest(_folder.Root);
        AssertFails("Emitted.dll cannot be loaded");
    }

    [Fact]
    public void Load_WithoutAManifest_ShowsOne() => AssertFails("There is no workload.json", "\"name\": \"MyWorkload\"");

    [Theory]
    [InlineData("""{ "name": "a/b", "version": "1", "assembly": "../x.dll" }""", "'name' must", "'version' must", "'assembly' must")]
    [InlineData("""{ }""", "'name' must", "'version' must", "'assembly' must")]
    [InlineData("null", "it is null", "", "")]
    [InlineData("{", "is no valid JSON", "", "")]
    public void Load_WithAWrongManifest_NamesAllFaults(string manifest, params string[] faults)
    {
        File.WriteAllText(_folder["workload.json"], manifest);
        AssertFails(faults);
    }

    private void AssertFails(params string[] parts)
    {
        var thrown = Assert.Throws<WorkloadLoadException>(() => WorkloadHost.Load(_folder.Root));
        Assert.All(parts, part => Assert.Contains(part, thrown.Message));
    }
}
