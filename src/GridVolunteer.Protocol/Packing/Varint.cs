using System.Buffers;

namespace GridVolunteer.Protocol.Packing;

/// <summary>Unsigned LEB128: 7 bits a byte, low ones first.</summary>
public static class Varint
{
    private const int BytesMax = 10;

    /// <summary>Appends <paramref name="value"/>.</summary>
    public static void Write(IBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(BytesMax);
        var n = 0;
        while (value >= 0x80)
        {
            span[n++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[n++] = (byte)value;
        output.Advance(n);
    }

    /// <summary>Reads a value; false when the bytes end too soon or it does not fit 64 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> input, out ulong value, out int used)
    {
        value = 0;
        used = 0;
        while (used < input.Length && used < BytesMax)
        {
            var b = input[used];
            if (used == BytesMax - 1 && b > 1)
            {
                return false;
            }

            value |= (ulong)(b & 0x7f) << (7 * used++);
            if (b < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
