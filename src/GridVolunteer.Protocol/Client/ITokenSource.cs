namespace GridVolunteer.Protocol.Client;

/// <summary>Where a client's bearer token comes from.</summary>
public interface ITokenSource
{
    /// <summary>
    /// The token to send, or null to send none. <paramref name="refused"/> is a token that the coordinator
    /// has just refused, or null: a source that can get another one does; one that cannot answers the same.
    /// </summary>
    ValueTask<string?> GetAsync(string? refused, CancellationToken cancellationToken);
}
