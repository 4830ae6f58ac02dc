namespace GridVolunteer.Cli.Demo;

/// <summary>The state of the demo at a moment.</summary>
/// <param name="UnitsValidated">Units with a valid result.</param>
/// <param name="UnitsTotal">Units in all, 0 before the job is submitted.</param>
/// <param name="Agents">The agents, in the order they were started.</param>
public sealed record DemoPicture(int UnitsValidated, long UnitsTotal, IReadOnlyList<DemoAgentLine> Agents);
