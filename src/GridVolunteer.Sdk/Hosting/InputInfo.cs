namespace GridVolunteer.Sdk.Hosting;

/// <summary>An input of a workload.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Required">Whether a job needs it.</param>
/// <param name="Summary">What it holds, and in which formats.</param>
public sealed record InputInfo(string Name, bool Required, string Summary);
