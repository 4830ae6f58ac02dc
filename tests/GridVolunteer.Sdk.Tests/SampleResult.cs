namespace GridVolunteer.Sdk.Tests;

public sealed record SampleResult(double Sum, int Count, string Text);
