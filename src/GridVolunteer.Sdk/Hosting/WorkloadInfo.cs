namespace GridVolunteer.Sdk.Hosting;

/// <summary>What a workload says of itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Parameters">The parameters it takes.</param>
/// <param name="Inputs">The inputs it takes.</param>
public sealed record WorkloadInfo(
    string Name, string Summary, IReadOnlyList<ParameterInfo> Parameters, IReadOnlyList<InputInfo> Inputs)
{
    /// <summary>
    /// True when parameters and inputs of any other name are taken as well (ParameterSweep's are).
    /// </summary>
    public bool AcceptsOthers { get; init; }
}
