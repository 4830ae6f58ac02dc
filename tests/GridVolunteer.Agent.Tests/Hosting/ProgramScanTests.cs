using GridVolunteer.Agent.Hosting;
using GridVolunteer.Agent.Tests.Workloads;

namespace GridVolunteer.Agent.Tests.Hosting;

/// <summary>What the coordinator is told of this machine.</summary>
public sealed class ProgramScanTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void KnownPrograms_AreTold_InLowerCase_AndOthersAreNot()
    {
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        File.WriteAllText(_folder["Rscript" + ending], "");
        File.WriteAllText(_folder["python3" + ending], "");
        File.WriteAllText(_folder["private-tool" + ending], "");
        var path = string.Join(Path.PathSeparator, _folder.Root, _folder["not there"], _folder.Root);
        Assert.Equal(["python3", "rscript"], ProgramScan.Find(path));
    }

    [Fact]
    public void TheFacts_AreThoseThatNeedsAreComparedWith()
    {
        var facts = new HostFactsReader(3, _folder.Root, TimeProvider.System).Read();
        Assert.Contains(facts.OperatingSystem, new[] { "linux", "windows", "macos" });
        Assert.Contains(facts.Architecture, new[] { "x64", "arm64" });
        Assert.Equal(3, facts.Threads);
        Assert.True(facts.MemoryBytes > 0 && facts.DiskBytes > 0);
    }

    public void Dispose() => _folder.Dispose();
}
