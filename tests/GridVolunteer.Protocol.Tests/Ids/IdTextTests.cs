using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Tests.Ids;

/// <summary>Every id has one text, and text that is not an id is refused without throwing.</summary>
public sealed class IdTextTests
{
    [Property]
    public Property Job_ReadsWhatItWrites() =>
        Prop.ForAll(Jobs(), id => JobId.Parse(id.ToString()) == id);

    [Property]
    public Property Shard_ReadsWhatItWrites() =>
        Prop.ForAll(Shards(), id => ShardId.Parse(id.ToString()) == id);

    [Property]
    public Property Grant_ReadsWhatItWrites() =>
        Prop.ForAll(Shards(), ArbMap.Default.ArbFor<NonNegativeInt>(), (shard, sequence) =>
        {
            var id = new GrantId(shard, sequence.Get);
            return GrantId.Parse(id.ToString()) == id;
        });

    [Property]
    public bool Peer_ReadsWhatItWrites(byte[] key)
    {
        var id = PeerId.OfPublicKey(key);
        return PeerId.Parse(id.ToString()) == id
            && id.ToString().StartsWith(id.Short, StringComparison.Ordinal);
    }

    [Property]
    public bool Peer_KeepsItsBytes(byte[] key)
    {
        Span<byte> bytes = stackalloc byte[PeerId.SizeBytes];
        var id = PeerId.OfPublicKey(key);
        id.CopyTo(bytes);
        return PeerId.FromBytes(bytes) == id;
    }

    [Property]
    public bool Digest_ReadsWhatItWrites(byte[] content) =>
        Digest.Parse(Digest.Of(content).ToString()) == Digest.Of(content);

    [Property]
    public bool Blob_ReadsWhatItWrites(byte[] content, NonNegativeInt length)
    {
        var id = new BlobId(Digest.Of(content), length.Get);
        return BlobId.Parse(id.ToString()) == id;
    }

    [Property(MaxTest = 500)]
    public bool AnyText_IsRefusedOrReadsBackButNeverThrows(string? text) =>
        IsRefusedOrReadsBack<JobId>(text) && IsRefusedOrReadsBack<ShardId>(text)
            && IsRefusedOrReadsBack<GrantId>(text)
        && IsRefusedOrReadsBack<PeerId>(text) && IsRefusedOrReadsBack<Digest>(text)
        && IsRefusedOrReadsBack<BlobId>(text);

    [Theory]
    [InlineData("")]
    [InlineData("j")]
    [InlineData("17")]
    [InlineData("j0")]
    [InlineData("j-1")]
    [InlineData("j+1")]
    [InlineData("j 1")]
    [InlineData("J1")]
    [InlineData("j1.0")]
    [InlineData("j99999999999999999999")]
    public void Job_WrittenOtherwise_IsRefused(string text)
    {
        Assert.False(JobId.TryParse(text, null, out _));
        Assert.Throws<FormatException>(() => JobId.Parse(text));
    }

    [Theory]
    [InlineData("j1.0.3")]
    [InlineData("j1.0.3.")]
    [InlineData("j1.0.3.-1")]
    [InlineData("j1.0.3.4.5")]
    [InlineData("j1..3.4")]
    public void Grant_WrittenOtherwise_IsRefused(string text)
    {
        Assert.False(GrantId.TryParse(text, null, out _));
        Assert.Throws<FormatException>(() => GrantId.Parse(text));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855-")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855--1")]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855-1")]
    public void Blob_WrittenOtherwise_IsRefused(string text)
    {
        Assert.False(BlobId.TryParse(text, null, out _));
        Assert.Throws<FormatException>(() => BlobId.Parse(text));
    }

    private static bool IsRefusedOrReadsBack<TId>(string? text)
        where TId : struct, IParsable<TId>, IEquatable<TId> =>
        !TId.TryParse(text, null, out var id) || TId.Parse(id.ToString()!, null).Equals(id);

    private static Arbitrary<JobId> Jobs() =>
        (from number in Gen.Choose(1, int.MaxValue) select new JobId(number)).ToArbitrary();

    private static Arbitrary<ShardId> Shards() =>
        (from job in Gen.Choose(1, int.MaxValue)
         from level in Gen.Choose(0, 10)
         from number in Gen.Choose(0, int.MaxValue)
         select new ShardId(new JobId(job), level, number)).ToArbitrary();
}
