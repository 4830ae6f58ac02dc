using System.Buffers;
using FsCheck.Xunit;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Protocol.Tests.Packing;

/// <summary>A table's inputs read back in order; hostile bytes are refused, never over-read.</summary>
public sealed class PackedInputsTests
{
    [Property]
    public bool Inputs_ReadBackInOrder(byte[][] inputs)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var input in inputs)
        {
            PackedInputs.Write(output, input);
        }

        var position = 0;
        return inputs.All(expected =>
                PackedInputs.TryRead(output.WrittenMemory, ref position, out var input)
                && input.Span.SequenceEqual(expected))
            && position == output.WrittenCount
            && !PackedInputs.TryRead(output.WrittenMemory, ref position, out _);
    }

    [Property(MaxTest = 2000)]
    public bool HostileBytes_NeverThrowNorReadPastTheEnd(byte[] bytes)
    {
        var (position, before) = (0, 0);
        while (PackedInputs.TryRead(bytes, ref position, out var input))
        {
            if (position <= before || position > bytes.Length || input.Length >= position - before)
            {
                return false;
            }

            before = position;
        }

        return position == before;
    }

    [Fact]
    public void Input_BeyondTheLimit_IsNeitherWrittenNorRead()
    {
        var size = PackedInputs.UnitInputSizeBytesMax + 1;
        var output = new ArrayBufferWriter<byte>();
        Assert.Throws<ArgumentOutOfRangeException>(() => PackedInputs.Write(output, new byte[size]));

        Varint.Write(output, (ulong)size);
        output.Write(new byte[size]);
        var position = 0;
        Assert.False(PackedInputs.TryRead(output.WrittenMemory, ref position, out _));
        Assert.Equal(0, position);
    }
}
