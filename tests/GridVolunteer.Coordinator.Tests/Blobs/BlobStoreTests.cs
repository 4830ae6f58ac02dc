using System.Security.Cryptography;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Coordinator.Tests.Blobs;

public sealed class BlobStoreTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(300_000)]
    public async Task Put_ThenOpen_GivesTheBytesBack(int size)
    {
        using var folder = new BlobFolder();
        var bytes = RandomNumberGenerator.GetBytes(size);
        var blob = BlobHasher.Of(bytes);
        Assert.False(folder.Store.Contains(blob));
        Assert.Null(folder.Store.TryOpen(blob));
        Assert.Equal(
            BlobPutOutcome.Stored, await folder.Store.PutAsync(blob, new MemoryStream(bytes), default));
        Assert.True(folder.Store.Contains(blob));
        await using var file = folder.Store.TryOpen(blob)!;
        var read = new byte[size];
        await file.ReadExactlyAsync(read);
        Assert.Equal(bytes, read);
        Assert.Empty(Directory.EnumerateFiles(folder.Incoming));
    }

    [Fact]
    public async Task Put_OfWhatIsThere_ReadsNothing()
    {
        using var folder = new BlobFolder();
        var blob = BlobHasher.Of("again"u8);
        await folder.Store.PutAsync(blob, new MemoryStream("again"u8.ToArray()), default);
        Assert.Equal(BlobPutOutcome.Existed, await folder.Store.PutAsync(blob, new BrokenStream(0), default));
    }

    [Theory]
    [InlineData("other")]
    [InlineData("long")]
    [InlineData("longer than said")]
    [InlineData("")]
    public async Task Put_OfOtherBytesThanNamed_KeepsNothing(string sent)
    {
        using var folder = new BlobFolder();
        var blob = BlobHasher.Of("named"u8);
        var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(sent));
        Assert.Equal(BlobPutOutcome.WrongBytes, await folder.Store.PutAsync(blob, content, default));
        Assert.False(folder.Store.Contains(blob));
        Assert.Empty(Directory.EnumerateFiles(folder.Incoming));
        Assert.InRange(content.Position, 0, blob.LengthBytes + 1);
    }

    [Fact]
    public async Task Put_OfABlobThatIsTooLarge_ReadsNothing()
    {
        using var folder = new BlobFolder(sizeBytesMax: 10);
        var blob = BlobHasher.Of("eleven byte"u8);
        Assert.Equal(
            BlobPutOutcome.TooLarge, await folder.Store.PutAsync(blob, new BrokenStream(0), default));
    }

    [Fact]
    public async Task Put_ThatBreaksOff_KeepsNothing()
    {
        using var folder = new BlobFolder();
        var blob = BlobHasher.Of(new byte[1000]);
        await Assert.ThrowsAsync<EndOfStreamException>(
            async () => await folder.Store.PutAsync(blob, new BrokenStream(500), default));
        Assert.False(folder.Store.Contains(blob));
        Assert.Empty(Directory.EnumerateFiles(folder.Incoming));
    }

    [Fact]
    public async Task Put_WhenTheFolderCannotBeWritten_IsUnavailable()
    {
        using var folder = new BlobFolder();
        Directory.Delete(folder.Incoming);
        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await folder.Store.PutAsync(
                BlobHasher.Of("x"u8), new MemoryStream("x"u8.ToArray()), default));
        folder.Reopen();
        Assert.Equal(
            BlobPutOutcome.Stored,
            await folder.Store.PutAsync(BlobHasher.Of("x"u8), new MemoryStream("x"u8.ToArray()), default));
    }

    [Fact]
    public async Task Open_RemovesWhatBrokenOffUploadsLeft()
    {
        using var folder = new BlobFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Incoming, "7.part"), "half");
        folder.Reopen();
        Assert.Empty(Directory.EnumerateFiles(folder.Incoming));
    }

    [Fact]
    public async Task Put_OfOneBlobByManyAtOnce_StoresIt()
    {
        using var folder = new BlobFolder();
        var bytes = RandomNumberGenerator.GetBytes(100_000);
        var blob = BlobHasher.Of(bytes);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () => await folder.Store.PutAsync(blob, new MemoryStream(bytes), default))));
        Assert.All(outcomes, o => Assert.True(o is BlobPutOutcome.Stored or BlobPutOutcome.Existed));
        Assert.True(folder.Store.Contains(blob));
    }

    [Fact]
    public async Task Missing_NamesThoseThatAreNotHereInOrder()
    {
        using var folder = new BlobFolder();
        BlobId[] blobs = [BlobHasher.Of("a"u8), BlobHasher.Of("b"u8), BlobHasher.Of("c"u8)];
        await folder.Store.PutAsync(blobs[1], new MemoryStream("b"u8.ToArray()), default);
        Assert.Equal([blobs[0], blobs[2]], folder.Store.Missing(blobs));
    }

    /// <summary>Gives zeros, then breaks off.</summary>
    private sealed class BrokenStream(int sizeBytes) : MemoryStream(new byte[sizeBytes])
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read
                ? read
                : throw new EndOfStreamException();
    }
}
