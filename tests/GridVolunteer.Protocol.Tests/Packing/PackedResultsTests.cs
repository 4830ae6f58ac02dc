using System.Buffers;
using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Protocol.Tests.Packing;

/// <summary>Packed results read back entry by entry; hostile bytes are refused, never over-read.</summary>
public sealed class PackedResultsTests
{
    [Property]
    public bool Entries_ReadBackInOrder(byte[][] results, byte[] content)
    {
        var blob = new BlobId(Digest.Of(content), content.Length);
        var reader = new PackedResultsReader(Write(results, blob));
        foreach (var result in results)
        {
            if (!reader.TryRead(out var inline) || inline.IsBlob || !inline.Bytes.SequenceEqual(result)
                || !reader.TryRead(out var reference) || !reference.IsBlob || reference.Blob != blob)
            {
                return false;
            }
        }

        return reader.AtEnd && !reader.TryRead(out _);
    }

    [Property]
    public bool Entries_CutShort_AreRefusedAtTheCut(byte[] result, NonNegativeInt cut)
    {
        var packed = Write([result], new BlobId(Digest.Of(result), result.Length));
        var reader = new PackedResultsReader(packed.AsSpan(0, cut.Get % packed.Length));
        while (reader.TryRead(out _))
        {
        }

        return reader.Position <= cut.Get % packed.Length;
    }

    [Property(MaxTest = 2000)]
    public bool HostileBytes_NeverThrowNorReadPastTheEnd(byte[] bytes)
    {
        var reader = new PackedResultsReader(bytes);
        var before = 0;
        while (reader.TryRead(out var result))
        {
            if (reader.Position <= before || reader.Position > bytes.Length
                || (result.IsBlob && result.Blob.LengthBytes < 0))
            {
                return false;
            }

            before = reader.Position;
        }

        return reader.Position == before;
    }

    [Property(MaxTest = 1000)]
    public Property MutatedEntries_NeverThrow() =>
        Prop.ForAll(
            Gen.Choose(0, 255).ArrayOf(200).ToArbitrary(),
            ArbMap.Default.ArbFor<NonNegativeInt>(),
            ArbMap.Default.ArbFor<byte>(),
            (content, place, value) =>
            {
                var bytes = Array.ConvertAll(content, c => (byte)c);
                var packed = Write([bytes, bytes[..7], []], new BlobId(Digest.Of(bytes), 5));
                packed[place.Get % packed.Length] = value;
                return HostileBytes_NeverThrowNorReadPastTheEnd(packed);
            });

    [Theory]
    [InlineData(PackedResultsWriter.InlineSizeBytesMax, true)]
    [InlineData(PackedResultsWriter.InlineSizeBytesMax + 1, false)]
    public void Inline_IsTakenUpToTheLimit(int size, bool taken)
    {
        var output = new ArrayBufferWriter<byte>();
        Varint.Write(output, (ulong)size << 1);
        output.Write(new byte[size]);
        Assert.Equal(taken, new PackedResultsReader(output.WrittenSpan).TryRead(out _));
    }

    [Fact]
    public void Inline_BeyondTheLimit_IsNotWritten() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new PackedResultsWriter(new ArrayBufferWriter<byte>())
                .WriteInline(new byte[PackedResultsWriter.InlineSizeBytesMax + 1]));

    [Fact]
    public void LengthOfAlmost64Bits_IsRefused()
    {
        var output = new ArrayBufferWriter<byte>();
        Varint.Write(output, ulong.MaxValue - 1);
        Assert.False(new PackedResultsReader(output.WrittenSpan).TryRead(out _));
    }

    [Fact]
    public void Blob_OfNegativeLength_IsRefused()
    {
        var id = new byte[PackedResultsWriter.BlobIdSizeBytes];
        BinaryPrimitives.WriteInt64BigEndian(id.AsSpan(32), -1);
        byte[] packed = [(PackedResultsWriter.BlobIdSizeBytes << 1) | 1, .. id];
        Assert.False(new PackedResultsReader(packed).TryRead(out _));
    }

    private static byte[] Write(byte[][] results, BlobId blob)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PackedResultsWriter(output);
        foreach (var result in results)
        {
            writer.WriteInline(result);
            writer.WriteBlob(blob);
        }

        return output.WrittenSpan.ToArray();
    }
}
