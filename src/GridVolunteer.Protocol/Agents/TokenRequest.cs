namespace GridVolunteer.Protocol.Agents;

/// <summary>Answers a challenge.</summary>
public sealed record TokenRequest
{
    /// <summary>The key, as in <see cref="ChallengeRequest"/>.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The challenge's nonce.</summary>
    public required byte[] Nonce { get; init; }

    /// <summary>The signature over prefix and nonce.</summary>
    public required byte[] Signature { get; init; }

    /// <summary>The enrolment token, where the coordinator asks for one (<c>--enrolment token</c>).</summary>
    public string? EnrolmentToken { get; init; }
}
