using GridVolunteer.Protocol.Agents;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>One thing a job needs.</summary>
/// <param name="Text">What, for people: "python3", "8 GiB of memory".</param>
/// <param name="IsMet">Whether a machine has it.</param>
public sealed record Demand(string Text, Func<HostFacts, bool> IsMet);
