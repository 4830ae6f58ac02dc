namespace GridVolunteer.Protocol.Client;

/// <summary>A token that never changes: an operator's, from a file or the environment.</summary>
/// <param name="token">The token, or null to send none.</param>
public sealed class FixedToken(string? token) : ITokenSource
{
    /// <inheritdoc/>
    public ValueTask<string?> GetAsync(string? refused, CancellationToken cancellationToken) => new(token);
}
