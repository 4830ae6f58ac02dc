namespace GridVolunteer.Benchmarks.Load;

/// <summary>What a load is made of.</summary>
public sealed record LoadOptions
{
    /// <summary>Jobs that run at once.</summary>
    public required int Jobs { get; init; }

    /// <summary>Work units of each job.</summary>
    public required long UnitsPerJob { get; init; }

    /// <summary>The most units an exchange asks for.</summary>
    public required int Batch { get; init; }

    /// <summary>Volunteers; each has one connection.</summary>
    public required int Agents { get; init; }

    /// <summary>Agreeing results that make a unit valid.</summary>
    public required int Quorum { get; init; }

    /// <summary>How long to load before measuring.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>
    /// How long the warm-up may go on until .NET's compiler has come to rest in all processes; not beyond
    /// <see cref="WarmUp"/> when it is shorter.
    /// </summary>
    public TimeSpan WarmUpMax { get; init; }

    /// <summary>How long to measure; shorter when every unit is validated before.</summary>
    public required TimeSpan Measured { get; init; }

    /// <summary>The folder below which the coordinator's data goes.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether to kill everything at the end, start it again and read all results back.</summary>
    public bool Audit { get; init; } = true;
}
