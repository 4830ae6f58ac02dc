using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Security;

/// <summary>Who sent a request, as far as a token proved it.</summary>
/// <param name="IsOperator">The operator's token was sent.</param>
/// <param name="Agent">The agent whose token was sent, or null.</param>
public sealed record Caller(bool IsOperator, PeerId? Agent)
{
    /// <summary>No token was sent.</summary>
    public static Caller Anonymous { get; } = new(false, null);

    /// <summary>The operator.</summary>
    public static Caller Operator { get; } = new(true, null);

    /// <summary>The agent that <see cref="Access.Agent"/> let in.</summary>
    /// <exception cref="InvalidOperationException">The endpoint does not demand an agent.</exception>
    public PeerId RequireAgent() =>
        Agent ?? throw new InvalidOperationException("This endpoint needs the rule Access.Agent.");
}
