namespace GridVolunteer.Sdk;

/// <summary>Makes plans: see <see cref="JobPlan{TUnit}"/>.</summary>
public static class JobPlan
{
    /// <summary>
    /// A plan by count: units are told by their index alone, and a billion of them cost nothing to store.
    /// </summary>
    /// <param name="units">How many, 1 to 10^12.</param>
    public static JobPlan<long> Count(long units) => new(units, null);

    /// <summary>A plan by table: each unit has a small input of its own.</summary>
    /// <param name="units">The units' inputs, at least one; each at most 64 KiB as JSON.</param>
    public static JobPlan<TUnit> Table<TUnit>(IReadOnlyCollection<TUnit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        return new JobPlan<TUnit>(units.Count, units);
    }

    /// <summary>A plan by table that is made while it is read, for tables too large for memory.</summary>
    /// <param name="units">The units' inputs; each at most 64 KiB as JSON.</param>
    /// <param name="count">How many there are, 1 to 10^12.</param>
    public static JobPlan<TUnit> Table<TUnit>(IEnumerable<TUnit> units, long count)
    {
        ArgumentNullException.ThrowIfNull(units);
        return new JobPlan<TUnit>(count, units);
    }
}
