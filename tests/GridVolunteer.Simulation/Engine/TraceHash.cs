using System.Buffers.Binary;

namespace GridVolunteer.Simulation.Engine;

/// <summary>
/// Folds everything that happens into one number (after FNV-1a): two runs with the same number went the same way.
/// </summary>
public sealed class TraceHash
{
    private const ulong Prime = 1_099_511_628_211;

    /// <summary>The number so far.</summary>
    public ulong Value { get; private set; } = 14_695_981_039_346_656_037;

    /// <summary>Folds in numbers.</summary>
    public void Add(long a, long b, long c)
    {
        Value = (Value ^ (ulong)a) * Prime;
        Value = (Value ^ (ulong)b) * Prime;
        Value = (Value ^ (ulong)c) * Prime;
    }

    /// <summary>Folds in bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        // Eight at a time: all bytes of a run pass here several times over.
        var value = Value;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            value = (value ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Prime;
            value ^= value >> 32;
        }

        foreach (var b in bytes)
        {
            value = (value ^ b) * Prime;
        }

        Value = value;
    }
}
