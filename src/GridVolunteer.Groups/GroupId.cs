using System.Globalization;

namespace GridVolunteer.Groups;

/// <summary>
/// A group: 128 opaque bits, never used again once the group has ended. Written as 32 lower-case hex digits.
/// </summary>
/// <param name="Value">The bits, as a number.</param>
public readonly record struct GroupId(UInt128 Value) : IComparable<GroupId>
{
    /// <inheritdoc/>
    public int CompareTo(GroupId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
