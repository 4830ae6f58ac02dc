using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.EndToEnd.Trouble;

/// <summary>An output that is nothing but pictures.</summary>
public sealed record TroublePlots(IReadOnlyList<Plot> Plots);
