using System.Text;
using GridVolunteer.Agent.Blobs;
using GridVolunteer.Agent.Tests.Workloads;
using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Agent.Tests.Blobs;

/// <summary>Blobs on disk, checked, shared and bounded.</summary>
public sealed class BlobCacheTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<BlobId> _fetched = [];
    private readonly Dictionary<BlobId, byte[]> _source = [];
    private TaskCompletionSource? _hold;

    [Fact]
    public async Task ABlob_IsFetchedOnce_AndThereAgainForTheNextAgent()
    {
        var id = Make("hello");
        using (var lease = await Cache().LeaseAsync(id, default))
        {
            Assert.Equal("hello", File.ReadAllText(lease.Path));
        }

        using var again = await Cache().LeaseAsync(id, default);
        Assert.Single(_fetched);
    }

    [Fact]
    public async Task ADamagedFile_IsFetchedAgain()
    {
        var id = Make("hello");
        (await Cache().LeaseAsync(id, default)).Dispose();
        File.WriteAllText(Path.Combine(_folder.Root, id.ToString()), "jello");
        using var lease = await Cache().LeaseAsync(id, default);
        Assert.Equal("hello", File.ReadAllText(lease.Path));
        Assert.Equal(2, _fetched.Count);
    }

    [Fact]
    public async Task EveryoneWhoAsksMeanwhile_WaitsForTheSameFetch()
    {
        var id = Make("hello");
        var cache = Cache();
        _hold = new TaskCompletionSource();
        var asked = Enumerable.Range(0, 5).Select(_ => cache.LeaseAsync(id, default)).ToList();
        _hold.SetResult();
        foreach (var lease in await Task.WhenAll(asked))
        {
            lease.Dispose();
        }

        Assert.Single(_fetched);
    }

    [Fact]
    public async Task WhoGivesUp_DoesNotTakeTheBlobFromOthers()
    {
        var id = Make("hello");
        var cache = Cache();
        _hold = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var first = cache.LeaseAsync(id, impatient.Token);
        var second = cache.LeaseAsync(id, default);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _hold.SetResult();
        using var lease = await second.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("hello", File.ReadAllText(lease.Path));
    }

    [Fact]
    public async Task TheLongestUnused_GoFirst_AndWhatIsLeasedStays()
    {
        var cache = Cache(sizeBytesMax: 25);
        var removed = new List<BlobId>();
        cache.Removed = removed.Add;
        var (one, two, three) = (Make("0123456789"), Make("abcdefghij"), Make("ABCDEFGHIJ"));
        using var leased = await cache.LeaseAsync(one, default);
        (await cache.LeaseAsync(two, default)).Dispose();
        (await cache.LeaseAsync(three, default)).Dispose();

        Assert.Equal([two], removed);
        Assert.True(File.Exists(leased.Path));
        Assert.False(cache.Has(two));
        Assert.Equal(20, cache.SizeBytes);
    }

    [Fact]
    public async Task AFetchThatFails_LeavesNothing_AndIsTriedAnew()
    {
        var id = BlobHasher.Of("hello"u8);
        var cache = Cache();
        await Assert.ThrowsAsync<KeyNotFoundException>(() => cache.LeaseAsync(id, default));
        Assert.Empty(Directory.GetFiles(_folder.Root));
        Make("hello");
        (await cache.LeaseAsync(id, default)).Dispose();
    }

    [Fact]
    public async Task AnAdoptedFile_NeedsNoFetch()
    {
        var id = BlobHasher.Of("made here"u8);
        var path = _folder["elsewhere"];
        var cache = Cache();
        await File.WriteAllTextAsync(path, "made here");
        cache.Adopt(id, path);
        Assert.False(File.Exists(path));
        (await cache.LeaseAsync(id, default)).Dispose();
        Assert.Empty(_fetched);
    }

    [Fact]
    public void ForeignFiles_AreRemovedAtTheStart()
    {
        File.WriteAllText(_folder[$"{BlobHasher.Of("x"u8)}.part"], "half");
        File.WriteAllText(_folder["readme"], "?");
        Cache();
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    public void Dispose() => _folder.Dispose();

    private BlobCache Cache(long sizeBytesMax = 1 << 20) => new(_folder.Root, sizeBytesMax, FetchAsync);

    private BlobId Make(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var id = BlobHasher.Of(bytes);
        _source[id] = bytes;
        return id;
    }

    private async Task FetchAsync(BlobId id, Stream destination, CancellationToken cancellation)
    {
        if (_hold is { } hold)
        {
            await hold.Task.WaitAsync(cancellation);
        }

        _fetched.Add(id);
        await destination.WriteAsync(_source[id], cancellation);
    }
}
