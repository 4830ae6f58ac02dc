namespace GridVolunteer.Workloads.ParameterSweep.Results;

/// <summary>A dimension in the job's output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many values it has.</param>
public sealed record DimensionOutput(string Name, long Count);
