using System.Buffers.Binary;

namespace GridVolunteer.Simulation.Groups;

/// <summary>What simulated members send each other: who sent it in which life, and which of theirs it is.</summary>
/// <param name="Machine">The sender's machine.</param>
/// <param name="Life">Its life.</param>
/// <param name="Count">Its messages are counted from 1, through all views of that life.</param>
internal readonly record struct SentMessage(int Machine, ulong Life, int Count)
{
    public const int SizeBytes = 16;

    public byte[] ToBytes(int padding)
    {
        var bytes = new byte[SizeBytes + padding];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Machine);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(4), Life);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Count);
        return bytes;
    }

    public static SentMessage Of(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]));

    /// <summary>A hash of it; sums of those say which messages there were, in whatever order.</summary>
    public ulong Hash()
    {
        var hash = ((ulong)Machine * 0x9E37_79B9_7F4A_7C15) ^ (Life * 0xC2B2_AE3D_27D4_EB4F) ^ (ulong)Count;
        hash ^= hash >> 31;
        hash *= 0xBF58_476D_1CE4_E5B9;
        return hash ^ (hash >> 29);
    }
}
