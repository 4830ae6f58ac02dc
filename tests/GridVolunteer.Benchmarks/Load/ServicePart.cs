namespace GridVolunteer.Benchmarks.Load;

/// <summary>A part of a service whose cost is told apart from the others'.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Processes">Its processes.</param>
public sealed record ServicePart(string Name, IReadOnlyList<ServiceProcess> Processes)
{
    /// <summary>Processor time its processes have used, each.</summary>
    public IReadOnlyList<TimeSpan> ProcessorTimes => [.. Processes.Select(p => p.ProcessorTime)];

    /// <summary>The part of it that compilers used, together.</summary>
    public TimeSpan CompilerTime => TimeSpan.FromTicks(Processes.Sum(p => p.CompilerTime.Ticks));
}
