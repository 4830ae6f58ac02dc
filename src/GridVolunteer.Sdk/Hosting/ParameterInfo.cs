namespace GridVolunteer.Sdk.Hosting;

/// <summary>A parameter of a workload.</summary>
/// <param name="Name">Its name in JSON and on the command line.</param>
/// <param name="Type">Its type for people: <c>integer</c>, <c>number</c>, <c>text</c>, <c>true or
/// false</c>…</param>
/// <param name="Default">The default as text, or null when it is required.</param>
/// <param name="Summary">What it means, with its unit.</param>
public sealed record ParameterInfo(string Name, string Type, string? Default, string Summary);
