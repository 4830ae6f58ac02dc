using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Swarm;

/// <summary>What a host calls a blob: 1 to 64 opaque bytes, compared byte by byte.</summary>
public readonly struct BlobName : IEquatable<BlobName>
{
    /// <summary>Most bytes of a name.</summary>
    public const int SizeBytesMax = 64;

    private readonly byte[]? _bytes;

    /// <summary>A name of these bytes; they are copied.</summary>
    public BlobName(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, SizeBytesMax);
        _bytes = bytes.ToArray();
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Whether two names are the same.</summary>
    public static bool operator ==(BlobName left, BlobName right) => left.Equals(right);

    /// <summary>Whether two names differ.</summary>
    public static bool operator !=(BlobName left, BlobName right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(BlobName other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BlobName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Convert.ToHexStringLower(Bytes);

    internal static BlobName Read(ref WireReader reader)
    {
        var bytes = reader.ReadBytes(SizeBytesMax);
        if (bytes.IsEmpty)
        {
            reader.Fail();
            return default;
        }

        return new BlobName(bytes);
    }
}
