using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Protocol.Blobs;

/// <summary>
/// Bytes by what they are: the root of their SHA-256 Merkle tree (RFC 6962 over leaves of 16 KiB) and their
/// length. Written <c>root-length</c>: 64 hex digits, a hyphen, decimal bytes.
/// </summary>
[JsonConverter(typeof(BlobIdConverter))]
public readonly record struct BlobId(Digest Root, long LengthBytes) : IParsable<BlobId>
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Root}-{LengthBytes}");

    /// <inheritdoc/>
    public static BlobId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException($"'{s}' is not a blob id: write it root-length.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BlobId result)
    {
        result = default;
        if (s is not { Length: > 65 } || s[64] != '-' || !Digest.TryParse(s[..64], provider, out var root)
            || !long.TryParse(s.AsSpan(65), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return false;
        }

        result = new BlobId(root, length);
        return true;
    }
}
