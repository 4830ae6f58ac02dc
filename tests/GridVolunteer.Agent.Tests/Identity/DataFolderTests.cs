using GridVolunteer.Agent.Identity;
using GridVolunteer.Agent.Tests.Workloads;

namespace GridVolunteer.Agent.Tests.Identity;

/// <summary>The agent's folder and the key in it.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void ASecondAgent_OnTheSameFolder_IsRefusedByName()
    {
        using var first = DataFolder.Open(_folder["agent"]);
        var fault = Assert.Throws<AgentException>(() => DataFolder.Open(_folder["agent"]));
        Assert.Contains("Another agent", fault.Message, StringComparison.Ordinal);
        Assert.Contains(_folder["agent"], fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatWasLeft_CanBeTakenAgain_WithAnEmptyScratch()
    {
        using (var first = DataFolder.Open(_folder["agent"]))
        {
            File.WriteAllText(Path.Combine(first.Scratch, "left"), "behind");
        }

        using var second = DataFolder.Open(_folder["agent"]);
        Assert.Empty(Directory.GetFileSystemEntries(second.Scratch));
    }

    [Fact]
    public void AFolderThatCannotBe_IsAClearError()
    {
        File.WriteAllText(_folder["file"], "");
        var fault = Assert.Throws<AgentException>(() => DataFolder.Open(_folder["file"]));
        Assert.Contains("cannot be used", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AKey_IsMadeOnce_AndBelongsToItsUserAlone()
    {
        var path = _folder["agent.key"];
        using var made = AgentKeyFile.LoadOrCreate(path);
        using var read = AgentKeyFile.LoadOrCreate(path);
        Assert.Equal(made.Peer, read.Peer);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void AFileThatHoldsNoKey_IsLeftAsItIs()
    {
        File.WriteAllText(_folder["agent.key"], "precious");
        Assert.Throws<AgentException>(() => AgentKeyFile.LoadOrCreate(_folder["agent.key"]));
        Assert.Equal("precious", File.ReadAllText(_folder["agent.key"]));
    }

    public void Dispose() => _folder.Dispose();
}
