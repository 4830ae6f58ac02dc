using System.Buffers.Binary;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.CommitReveal;

/// <summary>32 opaque bytes: a SHA-256, a nonce, or what a host packs into so many. Written in hex.</summary>
/// <param name="High">The first 16.</param>
/// <param name="Low">The last 16.</param>
public readonly record struct Bytes32(UInt128 High, UInt128 Low)
{
    /// <summary>How many they are.</summary>
    public const int SizeBytes = 32;

    /// <summary>Takes exactly 32 bytes.</summary>
    public static Bytes32 From(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, SizeBytes);
        return new Bytes32(
            BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
    }

    /// <summary>Writes the bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], Low);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    internal static Bytes32 Read(ref WireReader reader) => new(reader.ReadUInt128(), reader.ReadUInt128());

    internal void Write(WireWriter writer)
    {
        writer.WriteUInt128(High);
        writer.WriteUInt128(Low);
    }
}
