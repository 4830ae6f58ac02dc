using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Security;

namespace GridVolunteer.Protocol.Client;

/// <summary>
/// An agent's bearer token: got by answering a challenge with the agent's key, renewed when nine tenths of
/// its life have passed or the coordinator refuses it. Concurrent callers share one renewal.
/// </summary>
public sealed class AgentToken : ITokenSource, IDisposable
{
    private readonly CoordinatorClient _anonymous;
    private readonly AgentKey _key;
    private readonly string? _enrolmentToken;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Held? _held;

    /// <summary>
    /// A source that asks through <paramref name="anonymous"/>, a client that sends no token.
    /// </summary>
    public AgentToken(CoordinatorClient anonymous, AgentKey key, string? enrolmentToken, TimeProvider time)
    {
        _anonymous = anonymous;
        _key = key;
        _enrolmentToken = enrolmentToken;
        _time = time;
    }

    /// <inheritdoc/>
    public async ValueTask<string?> GetAsync(string? refused, CancellationToken cancellationToken)
    {
        if (Usable(refused) is { } token)
        {
            return token;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return Usable(refused) ?? await RenewAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private string? Usable(string? refused) =>
        _held is { } held && held.Token != refused && _time.GetUtcNow() < held.RenewAt ? held.Token : null;

    private async Task<string> RenewAsync(CancellationToken cancellationToken)
    {
        var challenge = await _anonymous.ChallengeAsync(
            new ChallengeRequest(_key.PublicKey), cancellationToken);
        if (challenge.Nonce.Length > AgentChallenge.NonceSizeBytesMax)
        {
            throw new CoordinatorUnreachableException(
                "The coordinator sent a challenge that is too long to be one.");
        }

        var request = new TokenRequest
        {
            PublicKey = _key.PublicKey,
            Nonce = challenge.Nonce,
            Signature = _key.SignChallenge(challenge.Nonce),
            EnrolmentToken = _enrolmentToken,
        };
        var answer = await _anonymous.TokenAsync(request, cancellationToken);
        var life = TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresInSeconds, 1, 86_400) * 0.9);
        _held = new Held(answer.Token, _time.GetUtcNow() + life);
        return answer.Token;
    }

    private sealed record Held(string Token, DateTimeOffset RenewAt);
}
