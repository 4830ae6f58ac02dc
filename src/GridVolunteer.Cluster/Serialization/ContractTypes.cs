namespace GridVolunteer.Cluster.Serialization;

/// <summary>Which types cross between silos as they are: the contracts' records, and arrays of them.</summary>
internal static class ContractTypes
{
    private static readonly string[] Namespaces = ["GridVolunteer.Coordination", "GridVolunteer.Protocol"];

    /// <summary>Whether a type is one of them.</summary>
    public static bool Contain(Type type) =>
        type.Namespace is { } home
        && Namespaces.Any(name => home == name || home.StartsWith(name + ".", StringComparison.Ordinal))
        && !typeof(Exception).IsAssignableFrom(type);
}
