namespace GridVolunteer.Coordinator.Security;

/// <summary>Endpoint metadata: who may use it. An endpoint without one is the operator's.</summary>
/// <param name="Access">Who.</param>
public sealed record AccessRule(Access Access)
{
    /// <summary>The rule where none is stated.</summary>
    public static AccessRule Default { get; } = new(Access.Operator);
}
