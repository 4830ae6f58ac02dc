using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Protocol.Ids;

/// <summary>
/// A volunteer's agent: the SHA-256 of its public key (DER SubjectPublicKeyInfo). Written as 64 lower-case
/// hex digits.
/// </summary>
[JsonConverter(typeof(PeerIdConverter))]
public readonly record struct PeerId(UInt128 High, UInt128 Low) : IParsable<PeerId>
{
    /// <summary>Bytes of an id.</summary>
    public const int SizeBytes = 32;

    /// <summary>The id of the holder of <paramref name="subjectPublicKeyInfo"/> (DER).</summary>
    public static PeerId OfPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        Span<byte> hash = stackalloc byte[SizeBytes];
        SHA256.HashData(subjectPublicKeyInfo, hash);
        return FromBytes(hash);
    }

    /// <summary>Reads an id from exactly 32 bytes.</summary>
    public static PeerId FromBytes(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, SizeBytes);
        return new PeerId(
            BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
    }

    /// <summary>Writes the id's 32 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], Low);
    }

    /// <summary>The first 8 hex digits: enough for people, never for a decision.</summary>
    public string Short => ToString()[..8];

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <inheritdoc/>
    public static PeerId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException($"'{s}' is not a peer id: it has 64 hex digits.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PeerId result)
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
