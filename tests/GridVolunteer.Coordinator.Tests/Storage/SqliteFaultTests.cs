using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Storage;
using static GridVolunteer.Coordinator.Tests.Storage.StorageFolder;

namespace GridVolunteer.Coordinator.Tests.Storage;

public sealed class SqliteFaultTests
{
    // Page 1 holds the schema; without it the file would not even open.
    private const int FirstDataPage = 2;

    [Fact]
    public async Task Append_WhenTheDiskIsFull_FailsAndGoesOnWhenSpaceReturns()
    {
        using var folder = new StorageFolder();
        var options = new SqliteStorageOptions { DatabaseSizeBytesMax = 1 << 20 };
        await using var session = folder.Open(options);
        var storage = session.Storage;
        var acknowledged = 0;
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
        {
            for (; acknowledged < 1000; acknowledged++)
            {
                await storage.AppendAsync(
                    Key(0), new JournalPosition(acknowledged), Turn($"{acknowledged}", Row(acknowledged + 1, new byte[7000])));
            }
        });
        Assert.Contains("No space is left", failure.Message, StringComparison.Ordinal);
        Assert.Equal(failure.Message, storage.Trouble);
        Assert.InRange(acknowledged, 50, 200);
        Assert.Equal(acknowledged, (await storage.LoadAsync(Key(0), default)).Version);

        options.DatabaseSizeBytesMax = null;
        await storage.AppendAsync(Key(0), new JournalPosition(acknowledged), Turn("again"));
        Assert.Null(storage.Trouble);
        Assert.Equal("again", Texts(await storage.LoadAsync(Key(0), default))[^1]);
    }

    [FactWithSmallDisk]
    public async Task Append_WhenARealDiskIsFull_FailsAndGoesOnWhenSpaceReturns()
    {
        using var disk = SmallDisk.TryMount(sizeMebibytes: 4)!;
        var ballast = Path.Combine(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[2 << 20]);
        var data = Path.Combine(disk.Path, "data");
        var acknowledged = 0;
        await using (var session = new Session(data, new SqliteStorageOptions()))
        {
            for (var round = 0; round < 2; round++)
            {
                var failure = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
                {
                    for (; acknowledged < 1000; acknowledged++)
                    {
                        await session.Storage.AppendAsync(
                            Key(0), new JournalPosition(acknowledged), Turn(
                                $"{acknowledged}", Row(acknowledged + 1, new byte[7000])));
                    }
                });
                Assert.Contains("No space is left", failure.Message, StringComparison.Ordinal);
            }

            Assert.InRange(acknowledged, 50, 500);
            File.Delete(ballast);
            await session.Storage.AppendAsync(Key(0), new JournalPosition(acknowledged), Turn("again"));
        }

        await using var reopened = new Session(data, new SqliteStorageOptions());
        Assert.Equal(
            Enumerable.Range(0, acknowledged).Select(i => $"{i}").Append("again"),
            Texts(await reopened.Storage.LoadAsync(Key(0), default)));
    }

    [Fact]
    public async Task Open_OfADatabaseOfANewerVersion_IsRefused()
    {
        using var folder = new StorageFolder();
        await folder.Open().DisposeAsync();
        folder.Execute("PRAGMA user_version = 2");
        var refusal = Assert.Throws<DataFolderException>(() => folder.Open());
        Assert.Contains("schema version 2", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Database, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAnotherProgramsDatabase_IsRefused()
    {
        using var folder = new StorageFolder();
        folder.Execute("CREATE TABLE recipes (name TEXT)");
        var refusal = Assert.Throws<DataFolderException>(() => folder.Open());
        Assert.Contains("not a GridVolunteer database", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OfAFileThatIsNoDatabase_SaysThatItIsDamaged()
    {
        using var folder = new StorageFolder();
        await File.WriteAllTextAsync(folder.Database, new string('x', 20_000));
        var refusal = Assert.Throws<DataFolderException>(() => folder.Open());
        Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(".recover", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OfADamagedDatabase_IsRefused()
    {
        using var folder = new StorageFolder();
        await FillAsync(folder);
        Spoil(folder.Database, fromPage: FirstDataPage);
        var refusal = Assert.Throws<DataFolderException>(() => folder.Open());
        Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_OnceTheDatabaseIsFoundDamaged_IsUnavailableForGood()
    {
        using var folder = new StorageFolder();
        await FillAsync(folder);
        Spoil(folder.Database, fromPage: FirstDataPage);

        // Too large for a check at start, so the damage shows when it is touched.
        await using var session = folder.Open(new SqliteStorageOptions { CheckedSizeBytesMax = 0 });
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var failure = await Assert.ThrowsAsync<StorageUnavailableException>(
                async () =>
                    await session.Storage.AppendAsync(Key(0), new JournalPosition(200), Turn("x", Row(201, new byte[7000]))));
            Assert.Contains("is damaged", failure.Message, StringComparison.Ordinal);
        }

        var unreadable = await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await session.Storage.LoadAsync(Key(0), default));
        Assert.Contains("is damaged", unreadable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WhileAnotherHasTheFolder_IsRefusedByName()
    {
        using var folder = new StorageFolder();
        await using (folder.Open())
        {
            var refusal = Assert.Throws<DataFolderException>(() => DataFolderLock.Acquire(folder.Path));
            Assert.Contains($"Another coordinator uses the data folder '{folder.Path}'", refusal.Message, StringComparison.Ordinal);
        }

        DataFolderLock.Acquire(folder.Path).Dispose();
    }

    private static async Task FillAsync(StorageFolder folder)
    {
        await using var session = folder.Open();
        for (var i = 0; i < 200; i++)
        {
            await session.Storage.AppendAsync(Key(0), new JournalPosition(i), Turn($"{i}", Row(i + 1, new byte[7000])));
        }
    }

    /// <summary>Overwrites all pages but the first ones, which hold the schema.</summary>
    private static void Spoil(string path, int fromPage)
    {
        const int PageSizeBytes = 4096;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = (fromPage - 1) * PageSizeBytes;
        var noise = new byte[PageSizeBytes];
        Array.Fill(noise, (byte)0xA5);
        while (file.Position < file.Length)
        {
            file.Write(noise);
        }
    }
}
