namespace GridVolunteer.Workloads.OptionPricing.Statistics;

/// <summary>An estimated number.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">The standard deviation it would have if the whole job were repeated with other
/// seeds.</param>
internal readonly record struct Estimate(double Value, double StandardError)
{
    // 97.5 % of a standard normal lie below it.
    private const double Normal975 = 1.959963984540054;

    /// <summary>Lower end of the interval that covers the true number in 95 of 100 jobs.</summary>
    public double Low => Value - (Normal975 * StandardError);

    /// <summary>Upper end of it.</summary>
    public double High => Value + (Normal975 * StandardError);
}
