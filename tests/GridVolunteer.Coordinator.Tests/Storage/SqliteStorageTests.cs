using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Storage;
using static GridVolunteer.Coordinator.Tests.Storage.StorageFolder;

namespace GridVolunteer.Coordinator.Tests.Storage;

public sealed class SqliteStorageTests
{
    [Fact]
    public async Task Load_OfAnEntityNeverStored_IsEmpty()
    {
        using var folder = new StorageFolder();
        await using var session = folder.Open();
        Assert.Equal(EntityRecord.Empty, await session.Storage.LoadAsync(Key(0), default));
        Assert.Null(await session.Storage.ReadRowAsync(Shard(0), 1, default));
    }

    [Fact]
    public async Task Load_AfterReopening_GivesTheTurnsInOrderAndTheRows()
    {
        using var folder = new StorageFolder();
        await using (var session = folder.Open())
        {
            for (var turn = 0; turn < 300; turn++)
            {
                await session.Storage.AppendAsync(
                    Key(turn % 3), new JournalPosition(turn / 3), Turn($"t{turn}", Row(turn + 1, [(byte)turn, 7])));
            }
        }

        await using var again = folder.Open();
        for (var entity = 0; entity < 3; entity++)
        {
            var record = await again.Storage.LoadAsync(Key(entity), default);
            Assert.Equal(100, record.Version);
            Assert.Equal(Enumerable.Range(0, 100).Select(i => $"t{(i * 3) + entity}"), Texts(record));
            var row = await again.Storage.ReadRowAsync(Shard(entity), entity + 1, default);
            Assert.Equal([(byte)entity, 7], row!.Value.ToArray());
            Assert.Null(await again.Storage.ReadRowAsync(Shard(entity), entity + 2, default));
        }
    }

    [Fact]
    public async Task Append_WithASnapshot_ReplacesTheTurnsButKeepsTheRows()
    {
        using var folder = new StorageFolder();
        await using var session = folder.Open();
        var storage = session.Storage;
        await storage.AppendAsync(Key(1), new JournalPosition(0), Turn("a", Row(1, [1])));
        await storage.AppendAsync(Key(2), new JournalPosition(0), Turn("other"));
        await storage.AppendAsync(Key(1), new JournalPosition(1), Turn("b", Row(2, [2])) with { Snapshot = new byte[] { 9, 9 } });
        var record = await storage.LoadAsync(Key(1), default);
        Assert.Equal(2, record.Version);
        Assert.Equal([9, 9], record.Snapshot!.Value.ToArray());
        Assert.Empty(record.Turns);

        await storage.AppendAsync(Key(1), new JournalPosition(2), Turn("c"));
        record = await storage.LoadAsync(Key(1), default);
        Assert.Equal(3, record.Version);
        Assert.Equal(["c"], Texts(record));
        Assert.Equal([1], (await storage.ReadRowAsync(Shard(1), 1, default))!.Value.ToArray());
        Assert.Equal(["other"], Texts(await storage.LoadAsync(Key(2), default)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Append_AtAnotherVersion_IsRefusedAndItsNeighboursAreStored(long version)
    {
        using var folder = new StorageFolder();
        await using var session = folder.Open();
        var storage = session.Storage;
        await storage.AppendAsync(Key(1), new JournalPosition(0), Turn("a"));
        var neighbour = storage.AppendAsync(Key(2), new JournalPosition(0), Turn("n")).AsTask();
        var stale = storage.AppendAsync(Key(1), new JournalPosition(version), Turn("stale", Row(1, [1]))).AsTask();
        var next = storage.AppendAsync(Key(1), new JournalPosition(1), Turn("b")).AsTask();
        await Assert.ThrowsAsync<JournalConflictException>(() => stale);
        await neighbour;
        await next;
        Assert.Equal(["a", "b"], Texts(await storage.LoadAsync(Key(1), default)));
        Assert.Null(await storage.ReadRowAsync(Shard(1), 1, default));
    }

    [Fact]
    public async Task Append_OfATurnThatCannotBeStored_HarmsNoNeighbour()
    {
        using var folder = new StorageFolder();
        await using var session = folder.Open();
        var storage = session.Storage;
        await storage.AppendAsync(Key(0), new JournalPosition(0), Turn("a", Row(1, [1])));

        // The row exists: the database refuses the whole transaction, whoever else is in it.
        var appends = Enumerable.Range(0, 20)
            .Select(i => storage.AppendAsync(Key(i), new JournalPosition(i == 0 ? 1 : 0), Turn($"b{i}", Row(1, [2]))).AsTask()).ToArray();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => appends[0]);
        await Task.WhenAll(appends[1..]);
        Assert.Equal(["a"], Texts(await storage.LoadAsync(Key(0), default)));
        for (var i = 1; i < 20; i++)
        {
            Assert.Equal([$"b{i}"], Texts(await storage.LoadAsync(Key(i), default)));
        }

        await storage.AppendAsync(Key(0), new JournalPosition(1), Turn("c"));
    }

    [Fact]
    public async Task Append_ByManyAtOnce_SharesCommits()
    {
        using var folder = new StorageFolder();
        await using var session = folder.Open();
        var storage = session.Storage;
        await Task.WhenAll(
            Enumerable.Range(0, 500).Select(i => storage.AppendAsync(Key(i), new JournalPosition(0), Turn("x")).AsTask()));
        Assert.Equal(500, storage.Counters.Turns);
        Assert.InRange(storage.Counters.Commits, 1, 250);
        Assert.Equal(0, storage.Counters.QueuedTurns);
    }

    [Fact]
    public async Task Checkpoint_UnderLoad_KeepsTheWriteAheadFileSmall()
    {
        using var folder = new StorageFolder();
        await using var session = folder.Open(new SqliteStorageOptions { CheckpointSizeBytes = 256 * 1024 });
        var packed = new byte[7000];
        for (var i = 0; i < 1000; i++)
        {
            await session.Storage.AppendAsync(Key(0), new JournalPosition(i), Turn("x", Row(i + 1, packed)));
            await session.Storage.ReadRowAsync(Shard(0), 1, default);
        }

        // 7 MB went through a file that is begun anew after each quarter of one.
        Assert.InRange(new FileInfo(folder.Database + "-wal").Length, 1, 3 << 20);
    }

    [Fact]
    public async Task Append_AfterClosing_IsUnavailable()
    {
        using var folder = new StorageFolder();
        var session = folder.Open();
        await session.DisposeAsync();
        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await session.Storage.AppendAsync(Key(0), new JournalPosition(0), Turn("x")));
        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await session.Storage.LoadAsync(Key(0), default));
    }

    [Fact]
    public async Task Close_WritesWhatWaits()
    {
        using var folder = new StorageFolder();
        var session = folder.Open();
        var appends = Enumerable.Range(0, 100).Select(
            i => session.Storage.AppendAsync(Key(i), new JournalPosition(0), Turn("x")).AsTask())
            .ToArray();
        await session.DisposeAsync();
        await Task.WhenAll(appends);
        await using var again = folder.Open();
        Assert.Equal(1, (await again.Storage.LoadAsync(Key(99), default)).Version);
    }
}
