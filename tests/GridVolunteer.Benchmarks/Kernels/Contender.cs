namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>A program whose speed is measured against others'.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="RunLap">Works for about so many seconds of processor time, on one thread.</param>
internal sealed record Contender(string Name, Func<double, CancellationToken, Task<Lap>> RunLap)
{
    /// <summary>Whether it is fast only after a while.</summary>
    public bool IsCompiledAsItRuns { get; init; }
}
