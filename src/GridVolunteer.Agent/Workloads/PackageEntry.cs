namespace GridVolunteer.Agent.Workloads;

/// <summary>A file in a package.</summary>
/// <param name="Name">Its path in the package, with forward slashes.</param>
/// <param name="LengthBytes">Its length as the package's directory states it; unpacking holds the package to
/// that.</param>
public sealed record PackageEntry(string Name, long LengthBytes);
