using System.Text.Json.Serialization;

namespace GridVolunteer.Workloads.ParameterSweep.Results;

/// <summary>The result of a unit, which is one run, or of a merge.</summary>
/// <param name="Runs">Runs by index.</param>
/// <param name="RunsOmitted">Further runs that had no room here; every run is in the job's results.</param>
public sealed record SweepResult(
    IReadOnlyList<Run> Runs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long RunsOmitted = 0);
