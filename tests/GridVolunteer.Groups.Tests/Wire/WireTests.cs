using FsCheck.Xunit;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Wire;

public sealed class WireTests
{
    [Property]
    public void Values_ReadBack(ulong varint, long number, double real, byte[] bytes, bool flag)
    {
        var finite = double.IsFinite(real) ? real : 1;
        var writer = new WireWriter();
        var mark = writer.BeginMessage(0x11, 1);
        writer.WriteVarint(varint);
        writer.WriteInt64(number);
        writer.WriteUInt64(varint);
        writer.WriteDouble(finite);
        writer.WriteBytes(bytes);
        writer.WriteBoolean(flag);
        writer.WriteProcess(new ProcessId(varint));
        writer.WriteDuration(TimeSpan.FromMicroseconds(17));
        writer.WriteCount(3);
        writer.WriteRaw([1, 2, 3]);
        writer.End(mark);

        var reader = new WireReader(writer.Written);
        Assert.True(reader.TryReadMessage(out var kind, out var version, out var body));
        Assert.Equal((0x11, 1), (kind, version));
        Assert.Equal(varint, body.ReadVarint());
        Assert.Equal(number, body.ReadInt64());
        Assert.Equal(varint, body.ReadUInt64());
        Assert.Equal(finite, body.ReadFinite());
        Assert.Equal(bytes, body.ReadBytes(1 << 20).ToArray());
        Assert.Equal(flag, body.ReadBoolean());
        Assert.Equal(new ProcessId(varint), body.ReadProcess());
        Assert.Equal(TimeSpan.FromMicroseconds(17), body.ReadDuration(TimeSpan.FromSeconds(1)));
        Assert.Equal([1, 2, 3], body.ReadRaw(body.ReadCount(3)).ToArray());
        Assert.True(body.AtEnd);
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(20_000)]
    [InlineData(3_000_000)]
    public void Records_OfAnyLength_ReadBack(int length)
    {
        var payload = new byte[length];
        new Random(length).NextBytes(payload);
        var writer = new WireWriter();
        var outer = writer.BeginRecord();
        var inner = writer.BeginRecord();
        writer.WriteRaw(payload);
        writer.End(inner);
        writer.WriteByte(7);
        writer.End(outer);

        var record = new WireReader(writer.Written).ReadRecord();
        var nested = record.ReadRecord();
        Assert.Equal(payload, nested.ReadRaw(length).ToArray());
        Assert.Equal(7, record.ReadByte());
        Assert.True(nested.AtEnd && record.AtEnd);
    }

    [Fact]
    public void FieldsOfALaterVersion_AreSkipped()
    {
        var writer = new WireWriter();
        var mark = writer.BeginMessage(0x11, 2);
        writer.WriteVarint(5);
        writer.WriteBytes("what version 2 has added"u8);
        writer.End(mark);
        mark = writer.BeginMessage(0x12, 1);
        writer.WriteVarint(6);
        writer.End(mark);

        var reader = new WireReader(writer.Written);
        Assert.True(reader.TryReadMessage(out _, out _, out var first));
        Assert.Equal(5ul, first.ReadVarint());
        Assert.True(reader.TryReadMessage(out var kind, out _, out var second));
        Assert.Equal(0x12, kind);
        Assert.Equal(6ul, second.ReadVarint());
        Assert.False(reader.TryReadMessage(out _, out _, out _));
        Assert.False(reader.Failed);
    }

    [Fact]
    public void Truncate_ForgetsWhatCameAfter()
    {
        var writer = new WireWriter();
        writer.WriteByte(1);
        var length = writer.Length;
        writer.WriteBytes("too much"u8);
        writer.Truncate(length);
        Assert.Equal([1], writer.Written.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Truncate(2));
    }

    [Fact]
    public void AllReadsAfterAFault_GiveNothing()
    {
        var reader = new WireReader([0x80]);
        Assert.Equal(0ul, reader.ReadVarint());
        Assert.True(reader.Failed);
        Assert.Equal(0, reader.ReadInt64());
        Assert.Equal(default, reader.ReadProcess());
        Assert.True(reader.ReadBytes(10).IsEmpty);
        Assert.False(reader.TryReadMessage(out _, out _, out _));
        Assert.False(reader.AtEnd);
    }

    [Theory]
    [InlineData("ffffffffffffffffff02")] // More than 64 bits.
    [InlineData("ffffffffffffffffffffff01")] // More than 10 bytes.
    public void Varint_BeyondItsRange_IsAFault(string hex)
    {
        var reader = new WireReader(Convert.FromHexString(hex));
        reader.ReadVarint();
        Assert.True(reader.Failed);
    }

    [Fact]
    public void Count_BeyondWhatTheBytesCanHold_IsAFault()
    {
        var reader = new WireReader([3, 0, 0, 0]);
        Assert.Equal(0, reader.ReadCount(max: 100, entrySizeBytesMin: 2));
        Assert.True(reader.Failed);

        var fits = new WireReader([2, 0, 0, 0, 0]);
        Assert.Equal(2, fits.ReadCount(max: 100, entrySizeBytesMin: 2));

        var many = new WireReader([3, 0, 0, 0]);
        many.ReadCount(max: 2);
        Assert.True(many.Failed);
    }

    [Fact]
    public void Real_ThatIsNoNumber_IsAFault()
    {
        var writer = new WireWriter();
        writer.WriteDouble(double.NaN);
        var reader = new WireReader(writer.Written);
        Assert.Equal(0, reader.ReadFinite());
        Assert.True(reader.Failed);
    }

    [Property(MaxTest = 500)]
    public bool HostileBytes_AreReadWithoutHarm(byte[] bytes, byte[] script)
    {
        var reader = new WireReader(bytes);
        foreach (var step in script)
        {
            Read(ref reader, step);
        }

        while (reader.TryReadMessage(out _, out _, out var body))
        {
            foreach (var step in script)
            {
                Read(ref body, step);
            }
        }

        return reader.Remaining == 0;
    }

    private static void Read(ref WireReader reader, byte step)
    {
        switch (step % 10)
        {
            case 0: reader.ReadByte(); break;
            case 1: reader.ReadVarint(); break;
            case 2: reader.ReadInt64(); break;
            case 3: reader.ReadProcess(); break;
            case 4: reader.ReadBytes(step); break;
            case 5: Assert.InRange(reader.ReadCount(1_000), 0, reader.Remaining); break;
            case 6: Assert.True(double.IsFinite(reader.ReadFinite())); break;
            case 7: Assert.InRange(reader.ReadDuration(TimeSpan.FromHours(1)), TimeSpan.Zero, TimeSpan.FromHours(1)); break;
            case 8: Assert.InRange(reader.ReadNumber(step), 0, step); break;
            default: reader.ReadRaw(step); break;
        }
    }
}
