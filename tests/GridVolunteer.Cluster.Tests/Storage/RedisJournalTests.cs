using GridVolunteer.Cluster.Storage;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Storage;
using static GridVolunteer.Cluster.Tests.Storage.JournalFolder;

namespace GridVolunteer.Cluster.Tests.Storage;

public sealed class RedisJournalTests(SharedRedis shared) : IClassFixture<SharedRedis>, IDisposable
{
    private readonly JournalFolder? _folder =
        RedisServer.Missing is null ? new JournalFolder(shared.Connection, SharedRedis.NewCluster()) : null;

    private JournalFolder Folder => _folder!;

    [FactWithRedis]
    public async Task Turns_AreLoadedInOrder_AndASnapshotStandsForAllBeforeIt()
    {
        var (journal, rows) = Folder.Open();
        var at = Position(await journal.LoadAsync(Key, default));
        Assert.Equal(0, at.Version);
        at = await journal.AppendAsync(Key, at, Turn("a", Row(1, 1)));
        Assert.Equal(1, at.Version);
        Assert.Equal(2, (await journal.AppendAsync(Key, at, Turn("b", Row(2, 2, 2)))).Version);
        var loaded = await journal.LoadAsync(Key, default);
        Assert.Equal((2, null), (loaded.Version, loaded.Snapshot));
        Assert.Equal(["a", "b"], Texts(loaded));

        at = Position(loaded);
        await journal.AppendAsync(Key, at, Turn("c", Row(3, 3)) with { Snapshot = new byte[] { 9, 0, 9 } });
        await journal.AppendAsync(Key, at with { Version = 3 }, Turn("d"));
        loaded = await Folder.Open().Journal.LoadAsync(Key, default);
        Assert.Equal(4, loaded.Version);
        Assert.Equal([9, 0, 9], loaded.Snapshot!.Value.ToArray());
        Assert.Equal(["d"], Texts(loaded));
        Assert.Equal([2, 2], (await rows.ReadRowAsync(Shard, 2, default))!.Value.ToArray());
        Assert.Equal([3], (await Folder.Open().Rows.ReadRowAsync(Shard, 3, default))!.Value.ToArray());
        Assert.Null(await rows.ReadRowAsync(Shard, 4, default));
    }

    [FactWithRedis]
    public async Task OfTwoLoadings_OnlyTheLaterWrites_AndItsRowsCount()
    {
        var one = Folder.Open();
        var two = Folder.Open();
        var first = Position(await one.Journal.LoadAsync(Key, default));
        first = await one.Journal.AppendAsync(Key, first, Turn("a", Row(1, 1)));
        await one.Journal.ConfirmAsync(Key, first, default);
        var second = Position(await two.Journal.LoadAsync(Key, default));
        Assert.Equal((1, true), (second.Version, second.Epoch > first.Epoch));

        // The first still believes to be the one: its row is written, and then its turn is refused.
        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await one.Journal.AppendAsync(Key, first, Turn("stale", Row(2, 66))));
        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await one.Journal.ConfirmAsync(Key, first, default));
        await two.Journal.ConfirmAsync(Key, second, default);
        Assert.Equal([66], (await two.Rows.ReadRowAsync(Shard, 2, default))!.Value.ToArray());
        await two.Journal.AppendAsync(Key, second, Turn("b", Row(2, 2)));
        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await one.Journal.AppendAsync(Key, first with { Version = 2 }, Turn("stale")));

        Assert.Equal(["a", "b"], Texts(await one.Journal.LoadAsync(Key, default)));
        Assert.Equal([2], (await one.Rows.ReadRowAsync(Shard, 2, default))!.Value.ToArray());
        Assert.Equal([2], (await two.Rows.ReadRowAsync(Shard, 2, default))!.Value.ToArray());
    }

    [FactWithRedis]
    public async Task ATurn_AtAnotherVersion_IsRefused()
    {
        var (journal, _) = Folder.Open();
        var at = Position(await journal.LoadAsync(Key, default));
        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await journal.AppendAsync(Key, at with { Version = 1 }, Turn("early")));
        await journal.AppendAsync(Key, at, Turn("a"));
        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await journal.AppendAsync(Key, at, Turn("again")));
        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await journal.AppendAsync(EntityKey.Catalog, new JournalPosition(1), Turn("never stored")));
        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await journal.AppendAsync(EntityKey.Catalog, new JournalPosition(0, 1), Turn("never loaded")));
        Assert.Equal(["a"], Texts(await journal.LoadAsync(Key, default)));
    }

    [FactWithRedis]
    public async Task AClosedEntity_LeavesRedis_AndIsFoundInTheFolder()
    {
        var (journal, rows) = Folder.Open();
        var at = Position(await journal.LoadAsync(Key, default));
        at = await journal.AppendAsync(Key, at, Turn("a"));
        await journal.AppendAsync(
            Key, at,
            new TurnRecord("b"u8.ToArray(), [Row(1, 5)], new byte[] { 7, 8 }, IsLast: true));
        Assert.Empty(Folder.Keys());

        for (var i = 0; i < 2; i++)
        {
            var loaded = await Folder.Open().Journal.LoadAsync(Key, default);
            Assert.Equal((2, 0), (loaded.Version, loaded.Turns.Count));
            Assert.Equal([7, 8], loaded.Snapshot!.Value.ToArray());
            Assert.Empty(Folder.Keys());
        }

        Assert.Equal([5], (await rows.ReadRowAsync(Shard, 1, default))!.Value.ToArray());
    }

    [FactWithRedis]
    public async Task WhoLoadedBeforeAnEntityClosed_CannotBringItBack()
    {
        var early = Folder.Open().Journal;
        var empty = Position(await early.LoadAsync(Key, default));
        var (journal, _) = Folder.Open();
        var at = Position(await journal.LoadAsync(Key, default));
        await journal.AppendAsync(Key, at, Turn("a"));
        var late = Folder.Open().Journal;
        var open = Position(await late.LoadAsync(Key, default));
        at = Position(await journal.LoadAsync(Key, default));
        await journal.AppendAsync(Key, at, new TurnRecord("b"u8.ToArray(), [], new byte[] { 1 }, IsLast: true));

        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await early.AppendAsync(Key, empty, Turn("born again")));
        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await early.ConfirmAsync(Key, empty, default));
        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await late.AppendAsync(Key, open, Turn("goes on")));

        // One that would close it too leaves a file, which the later epoch's stands above.
        await Assert.ThrowsAsync<JournalConflictException>(async () => await late.AppendAsync(
            Key, open, new TurnRecord("c"u8.ToArray(), [], new byte[] { 66 }, IsLast: true)));
        Assert.Equal([1], (await early.LoadAsync(Key, default)).Snapshot!.Value.ToArray());
    }

    [FactWithRedis]
    public async Task LookingAtWhatIsNot_LeavesNoKey_AndOfTwoWhoLookedOnlyOneStoresFirst()
    {
        var (one, two) = (Folder.Open().Journal, Folder.Open().Journal);
        var first = Position(await one.LoadAsync(Key, default));
        var second = Position(await two.LoadAsync(Key, default));
        await two.ConfirmAsync(Key, second, default);
        Assert.Empty(Folder.Keys());
        first = await one.AppendAsync(Key, first, Turn("a"));
        await Assert.ThrowsAsync<JournalConflictException>(async () => await two.ConfirmAsync(Key, second, default));
        await Assert.ThrowsAsync<JournalConflictException>(
            async () => await two.AppendAsync(Key, second, Turn("b")));
        await one.AppendAsync(Key, first, Turn("c"));
        Assert.Equal(["a", "c"], Texts(await two.LoadAsync(Key, default)));
        Assert.All(Folder.Keys(), key => Assert.Null(Folder.Redis.KeyTimeToLive(key)));
    }

    [FactWithRedis]
    public async Task AFirstTurn_ThatDoesNotGetThrough_LeavesAKeyThatExpires()
    {
        var (journal, _) = Folder.Open();
        File.WriteAllText(Path.Combine(Folder.Path, "jobs"), "in the way of the rows");
        await Assert.ThrowsAnyAsync<Exception>(
            async () => await journal.AppendAsync(Key, new JournalPosition(0), Turn("a", Row(1, 1))));
        var key = Assert.Single(Folder.Keys());
        Assert.InRange((await Folder.Redis.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        File.Delete(Path.Combine(Folder.Path, "jobs"));
        await journal.AppendAsync(Key, Position(await journal.LoadAsync(Key, default)), Turn("b", Row(1, 1)));
        Assert.Null(await Folder.Redis.KeyTimeToLiveAsync(key));
    }

    [FactWithRedis]
    public async Task ARowCutShort_IsNoRow_AndADamagedOneIsSaid()
    {
        var (journal, rows) = Folder.Open();
        var at = Position(await journal.LoadAsync(Key, default));
        await journal.AppendAsync(Key, at, Turn("a", Row(1, 1, 2, 3), Row(2, 4, 5, 6)));
        rows.Dispose();
        var file = Assert.Single(Directory.GetFiles(Folder.Path, "*.rows", SearchOption.AllDirectories));
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..^1]);
        Assert.Null(await Folder.Open().Rows.ReadRowAsync(Shard, 2, default));
        bytes[RowHeader.SizeBytes] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await Folder.Open().Rows.ReadRowAsync(Shard, 1, default));
        Assert.Equal([4, 5, 6], (await Folder.Open().Rows.ReadRowAsync(Shard, 2, default))!.Value.ToArray());
    }

    public void Dispose() => _folder?.Dispose();
}
