namespace GridVolunteer.Cli.Demo;

/// <summary>An agent as the demo shows it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="State"><c>starting</c>, <c>alive</c>, <c>killed</c> or <c>lost</c>.</param>
/// <param name="UnitsHeld">Units it holds.</param>
/// <param name="UnitsValidated">Units it validated.</param>
public sealed record DemoAgentLine(string Name, string State, int UnitsHeld, int UnitsValidated);
