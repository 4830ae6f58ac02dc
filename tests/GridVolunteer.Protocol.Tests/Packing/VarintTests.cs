using System.Buffers;
using FsCheck.Xunit;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Protocol.Tests.Packing;

/// <summary>
/// A varint reads back as it was written, and hostile bytes are refused within their bounds.
/// </summary>
public sealed class VarintTests
{
    [Property]
    public bool Value_ReadsBack(ulong value)
    {
        var bytes = Write(value);
        return Varint.TryRead(bytes, out var read, out var used) && read == value && used == bytes.Length;
    }

    [Theory]
    [InlineData(0UL, 1)]
    [InlineData(127UL, 1)]
    [InlineData(128UL, 2)]
    [InlineData(ulong.MaxValue, 10)]
    public void Value_TakesSevenBitsAByte(ulong value, int size) => Assert.Equal(size, Write(value).Length);

    [Property]
    public bool Value_CutShort_IsRefused(ulong value)
    {
        var bytes = Write(value);
        return Enumerable.Range(0, bytes.Length).All(n => !Varint.TryRead(bytes.AsSpan(0, n), out _, out _));
    }

    [Property(MaxTest = 1000)]
    public bool HostileBytes_NeverReadPastTheEnd(byte[] bytes) =>
        !Varint.TryRead(bytes, out _, out var used) || (used >= 1 && used <= bytes.Length);

    [Fact]
    public void Value_OfMoreThan64Bits_IsRefused()
    {
        byte[] tooLarge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02];
        byte[] tooLong = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        Assert.False(Varint.TryRead(tooLarge, out _, out _));
        Assert.False(Varint.TryRead(tooLong, out _, out _));
    }

    private static byte[] Write(ulong value)
    {
        var output = new ArrayBufferWriter<byte>();
        Varint.Write(output, value);
        return output.WrittenSpan.ToArray();
    }
}
