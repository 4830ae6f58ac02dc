using System.Globalization;

namespace GridVolunteer.Groups.Search;

/// <summary>One search, wherever it is met: 128 bits that its asker drew.</summary>
/// <param name="Value">The bits.</param>
public readonly record struct QueryId(UInt128 Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
