using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Protocol.Ids;

/// <summary>
/// A SHA-256 value. Written as 64 lower-case hex digits.
/// </summary>
[JsonConverter(typeof(DigestConverter))]
public readonly record struct Digest(UInt128 High, UInt128 Low) : IParsable<Digest>
{
    /// <summary>Bytes of a digest.</summary>
    public const int SizeBytes = 32;

    /// <summary>The SHA-256 of <paramref name="bytes"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SizeBytes];
        SHA256.HashData(bytes, hash);
        return FromBytes(hash);
    }

    /// <summary>Reads a digest from exactly 32 bytes.</summary>
    public static Digest FromBytes(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, SizeBytes);
        return new Digest(
            BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
    }

    /// <summary>Writes the digest's 32 bytes.</summary>
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

    /// <inheritdoc/>
    public static Digest Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException($"'{s}' is not a digest: it has 64 hex digits.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Digest result)
    {
        result = default;
        Span<byte> bytes = stackalloc byte[SizeBytes];
        if (s is not { Length: 2 * SizeBytes }
            || Convert.FromHexString(s, bytes, out _, out var written) != System.Buffers.OperationStatus.Done
            || written != SizeBytes)
        {
            return false;
        }

        result = FromBytes(bytes);
        return true;
    }
}
