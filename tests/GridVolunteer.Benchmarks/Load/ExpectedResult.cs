using System.Buffers.Binary;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>
/// The result of a unit that is not computed: 64 bytes that follow from the job and the unit, so that they
/// can be checked without being remembered. The first byte keeps them from being JSON.
/// </summary>
public static class ExpectedResult
{
    /// <summary>Bytes of a result.</summary>
    public const int SizeBytes = 64;

    /// <summary>
    /// Writes the result of <paramref name="unit"/> to the first 64 bytes of <paramref name="destination"/>.
    /// </summary>
    public static void Write(JobId job, long unit, Span<byte> destination)
    {
        var state = ((ulong)job.Number << 44) ^ (ulong)unit;
        for (var offset = 0; offset < SizeBytes; offset += sizeof(ulong))
        {
            // SplitMix64: every unit gets bytes of its own.
            state += 0x9e3779b97f4a7c15;
            var z = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            BinaryPrimitives.WriteUInt64LittleEndian(destination[offset..], z ^ (z >> 31));
        }

        destination[0] = 0xff;
    }
}
