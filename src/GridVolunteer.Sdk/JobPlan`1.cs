namespace GridVolunteer.Sdk;

/// <summary>
/// A job split into units, and what the platform should know of them. Made by <see cref="JobPlan"/>.
/// </summary>
/// <typeparam name="TUnit">A unit's own input.</typeparam>
public sealed record JobPlan<TUnit>
{
    private const long ExactSizeBytesMax = 16 << 20;
    private const long NumericSizeBytesMax = 4 << 10;

    internal JobPlan(long units, IEnumerable<TUnit>? entries)
    {
        Units = units;
        Entries = entries;
    }

    /// <summary>How many units there are.</summary>
    public long Units { get; }

    /// <summary>Their inputs in order; null for a plan by count.</summary>
    public IEnumerable<TUnit>? Entries { get; }

    /// <summary>
    /// How many results one merge takes in, 2 to 1,024; 0 for a job without a merge and an output. Default
    /// 64.
    /// </summary>
    public int MergeFanIn { get; init; } = 64;

    /// <summary>Seconds one unit takes on one thread, roughly; agents measure soon. Default 1.</summary>
    public double UnitSecondsEstimate { get; init; } = 1;

    /// <summary>How long one unit may run before it counts as hanging. Default 1 h.</summary>
    public TimeSpan UnitTimeLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The largest result of a unit or a merge, in bytes, at most 1 GiB. Null, the default, means 16 MiB, and
    /// 4 KiB for agreement within a tolerance: with a quorum above 1 the coordinator compares no larger ones
    /// by their numbers.
    /// </summary>
    public long? ResultSizeBytesMax { get; init; }

    /// <summary>When two results of one unit agree. Default: equal bytes.</summary>
    public Agreement Agreement { get; init; } = Agreement.Exact;

    /// <summary>What a machine must be and have. Default: nothing.</summary>
    public MachineNeeds Needs { get; init; } = new();

    /// <summary>Media type of the output. Default <c>application/json</c>.</summary>
    public string OutputType { get; init; } = "application/json";

    internal long ResultSizeBytesLimit =>
        ResultSizeBytesMax ?? (Agreement.IsNumeric ? NumericSizeBytesMax : ExactSizeBytesMax);
}
