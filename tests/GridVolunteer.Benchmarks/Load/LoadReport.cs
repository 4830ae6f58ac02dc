namespace GridVolunteer.Benchmarks.Load;

/// <summary>What a load found out.</summary>
public sealed record LoadReport
{
    /// <summary>Units validated a second, by the coordinator's own count, over the measured time.</summary>
    public required double UnitsPerSecond { get; init; }

    /// <summary>The measured time.</summary>
    public required double Seconds { get; init; }

    /// <summary>Jobs at once.</summary>
    public required int Jobs { get; init; }

    /// <summary>Volunteers, each with a connection.</summary>
    public required int Agents { get; init; }

    /// <summary>The most units an exchange asked for.</summary>
    public required int Batch { get; init; }

    /// <summary>Agreeing results that made a unit valid.</summary>
    public required int Quorum { get; init; }

    /// <summary>
    /// Units validated in the measured time, job by job: equal priorities should give equal shares.
    /// </summary>
    public required IReadOnlyList<long> UnitsByJob { get; init; }

    /// <summary>Exchanges a second.</summary>
    public required double ExchangesPerSecond { get; init; }

    /// <summary>Median latency of exchanges that brought a grant.</summary>
    public required double LeaseLatencyMsP50 { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public required double LeaseLatencyMsP99 { get; init; }

    /// <summary>Median latency of exchanges that handed results in: they were durable by then.</summary>
    public required double ReportLatencyMsP50 { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public required double ReportLatencyMsP99 { get; init; }

    /// <summary>Bytes of the data folder for each validated unit, its 64 bytes of result included.</summary>
    public required double JournalBytesPerUnit { get; init; }

    /// <summary>Bytes the service caused to be written to disk for each validated unit.</summary>
    public required double WrittenBytesPerUnit { get; init; }

    /// <summary>The most memory the service had resident, summed over its processes.</summary>
    public required double PeakMemoryMiB { get; init; }

    /// <summary>What each part of the service cost.</summary>
    public required IReadOnlyList<PartCost> Parts { get; init; }

    /// <summary>Processor time of the whole service for each validated unit.</summary>
    public double MicrosecondsPerUnit => Parts.Sum(p => p.MicrosecondsPerUnit);

    /// <summary>Processors the load generator used.</summary>
    public required double LoadProcessors { get; init; }

    /// <summary>The longest that accepting one job took.</summary>
    public double SubmitMsMax { get; init; }

    /// <summary>Units of each job.</summary>
    public required long UnitsPerJob { get; init; }

    /// <summary>Units whose every needed result was acknowledged before the kill, warm-up included.</summary>
    public long UnitsAcknowledged { get; init; }

    /// <summary>
    /// Units whose result was read after the restart and equals what was handed in, byte for byte.
    /// </summary>
    public long UnitsVerified { get; init; }

    /// <summary>Units acknowledged before the kill that are not there after it.</summary>
    public long UnitsMissing { get; init; }

    /// <summary>Results read after the restart that are not what was handed in.</summary>
    public long UnitsWrong { get; init; }

    /// <summary>From kill -9 and new start to the address being announced.</summary>
    public double RestartSeconds { get; init; }

    /// <summary>True when everything was killed, started again and read back.</summary>
    public bool IsAudited { get; init; }

    /// <summary>True when nothing acknowledged is missing or wrong.</summary>
    public bool IsIntact => UnitsMissing == 0 && UnitsWrong == 0;
}
