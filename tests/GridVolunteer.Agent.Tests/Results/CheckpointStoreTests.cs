using GridVolunteer.Agent.Results;
using GridVolunteer.Agent.Tests.Workloads;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Agent.Tests.Results;

/// <summary>States that survive an agent.</summary>
public sealed class CheckpointStoreTests : IDisposable
{
    private static readonly JobId Job = new(7);
    private readonly TempFolder _folder = new();

    [Fact]
    public void AState_IsThereAgain_TheLatestOne()
    {
        var store = new CheckpointStore(_folder.Root);
        Assert.True(store.TrySave(Job, 5, "old"u8));
        Assert.True(store.TrySave(Job, 5, "new"u8));

        var again = new CheckpointStore(_folder.Root);
        Assert.True(again.Has(Job, 5));
        Assert.True(again.HasAny(Job));
        Assert.Equal("new"u8.ToArray(), again.Load(Job, 5));
        again.Delete(Job, 5);
        Assert.False(again.HasAny(Job));
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void ADamagedState_IsNone()
    {
        var store = new CheckpointStore(_folder.Root);
        store.TrySave(Job, 5, "state"u8);
        var path = Assert.Single(Directory.GetFiles(_folder.Root));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Assert.Null(store.Load(Job, 5));
    }

    [Fact]
    public void StatesOfUnitsThatAreNotHeld_Go_AndForeignFilesToo()
    {
        var store = new CheckpointStore(_folder.Root);
        store.TrySave(Job, 5, "kept"u8);
        store.TrySave(Job, 6, "stale"u8);
        File.WriteAllText(_folder["j7.8.part"], "half");

        var again = new CheckpointStore(_folder.Root);
        again.DeleteAllBut((_, unit) => unit == 5);
        Assert.Equal([_folder["j7.5"]], Directory.GetFiles(_folder.Root));
    }

    public void Dispose() => _folder.Dispose();
}
