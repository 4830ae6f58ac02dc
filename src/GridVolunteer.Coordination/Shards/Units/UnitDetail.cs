using GridVolunteer.Coordination.Validation;

namespace GridVolunteer.Coordination.Shards.Units;

/// <summary>
/// What is kept of a unit that did not go as most do: it failed somewhere, or its results differ.
/// </summary>
internal sealed class UnitDetail
{
    /// <summary>The volunteers' numbers, one for each failure.</summary>
    public List<int> FailedOn { get; } = [];

    /// <summary>
    /// Until when a volunteer that failed the unit is kept from it, in milliseconds of Unix time.
    /// </summary>
    public long RetryAtMs { get; set; }

    /// <summary>
    /// Results that differ from the first, or under numeric agreement all, in the order in which they came.
    /// </summary>
    public List<ResultGroup> Groups { get; } = [];
}
