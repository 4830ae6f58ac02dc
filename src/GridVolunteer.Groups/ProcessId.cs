using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GridVolunteer.Groups;

/// <summary>
/// A process as its peers know it: 128 opaque bits. Peers that are known by the SHA-256 of a public key take
/// the hash's first half (<see cref="FromHash"/>): nobody finds a second key for a given half. Ids are ordered;
/// whoever is first in that order breaks ties. Written as 32 lower-case hex digits.
/// </summary>
/// <param name="Value">The bits, as a number.</param>
public readonly record struct ProcessId(UInt128 Value) : IComparable<ProcessId>, IParsable<ProcessId>
{
    /// <summary>Bytes of an id.</summary>
    public const int SizeBytes = 16;

    /// <summary>The id of the process whose identity has this hash, of at least 16 bytes.</summary>
    public static ProcessId FromHash(ReadOnlySpan<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hash.Length, SizeBytes);
        return new ProcessId(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>Writes the id's 16 bytes.</summary>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <inheritdoc/>
    public int CompareTo(ProcessId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static ProcessId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException($"'{s}' is not a process id: it has 32 hex digits.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProcessId result)
    {
        result = default;
        if (s is not { Length: 2 * SizeBytes }
            || !UInt128.TryParse(s, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        result = new ProcessId(value);
        return true;
    }
}
