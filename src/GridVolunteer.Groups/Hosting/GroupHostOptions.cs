using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Register;

namespace GridVolunteer.Groups.Hosting;

/// <summary>How a <see cref="GroupHost"/> runs its protocols.</summary>
public sealed record GroupHostOptions
{
    /// <summary>
    /// How often this process has started, kept by the host's user across restarts: greater at each start, 1 to 2^40.
    /// Null (the default) takes the clock: the milliseconds since 2026.
    /// </summary>
    public ulong? Boot { get; init; }

    /// <summary>Where all randomness comes from. Null (the default) draws it.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Signs this process's goodbye and checks others'. Null (the default) believes all: for networks where everybody
    /// is trusted.
    /// </summary>
    public IStatementSigner? Signer { get; init; }

    /// <summary>How failures are detected. By default every process that others tell of is watched.</summary>
    public DetectorOptions Detector { get; init; } = new() { LearnsMembers = true };

    /// <summary>How messages are ordered.</summary>
    public OrderingOptions Ordering { get; init; } = new();

    /// <summary>How groups are found by their names.</summary>
    public RegisterOptions Register { get; init; } = new();

    /// <summary>Time. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
