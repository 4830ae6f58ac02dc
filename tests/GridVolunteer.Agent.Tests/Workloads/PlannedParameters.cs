namespace GridVolunteer.Agent.Tests.Workloads;

public sealed record PlannedParameters(string Kind, long Units);
