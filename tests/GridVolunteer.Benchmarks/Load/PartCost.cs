namespace GridVolunteer.Benchmarks.Load;

/// <summary>What a part of a service cost over the measured time.</summary>
/// <param name="Name">The part.</param>
/// <param name="MicrosecondsPerUnit">Processor time for each validated unit, all its processes together.</param>
/// <param name="CompilingMicrosecondsPerUnit">The part of it that .NET's compiler used.</param>
/// <param name="Processors">Processors that each of its processes used.</param>
public sealed record PartCost(string Name, double MicrosecondsPerUnit, double CompilingMicrosecondsPerUnit,
    IReadOnlyList<double> Processors);
