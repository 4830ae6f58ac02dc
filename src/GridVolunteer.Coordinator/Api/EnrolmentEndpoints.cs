using System.Security.Cryptography;
using System.Text;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GridVolunteer.Coordinator.Api;

/// <summary>How an agent proves its key and gets a bearer token.</summary>
public static class EnrolmentEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiRoutes.Challenge, Challenge)
            .For(Access.Everybody)
            .Described("challenge", "Asks for a challenge to sign with the agent's key.")
            .Produces<Challenge>()
            .Problems(400);
        routes.MapPost(ApiRoutes.Token, TokenAsync)
            .For(Access.Everybody)
            .Described(
                "token", "Answers a challenge and gets a bearer token.",
                "A challenge is good once and for 60 s; the token for an hour unless configured otherwise.")
            .Produces<TokenAnswer>()
            .Problems(400, 401, 403, 503);
    }

    private static IResult Challenge(ChallengeRequest request, ChallengeBook challenges)
    {
        if (!AgentChallenge.IsUsableKey(request.PublicKey))
        {
            return NotAKey;
        }

        var nonce = challenges.Issue(PeerId.OfPublicKey(request.PublicKey));
        return TypedResults.Ok(new Challenge(nonce, ChallengeBook.Lifetime.TotalSeconds));
    }

    private static async Task<IResult> TokenAsync(
        TokenRequest request, ChallengeBook challenges, AgentTokens tokens, CoordinatorSecrets secrets)
    {
        if (!AgentChallenge.IsUsableKey(request.PublicKey))
        {
            return NotAKey;
        }

        var peer = PeerId.OfPublicKey(request.PublicKey);
        if (!challenges.IsGood(peer, request.Nonce))
        {
            return new ProblemResult(ApiProblem.Unauthenticated(
                "The challenge was not made for this key, or has expired: ask for a new one."));
        }

        if (!AgentChallenge.Verify(request.PublicKey, request.Nonce, request.Signature))
        {
            return new ProblemResult(ApiProblem.Unauthenticated("The signature is not this key's."));
        }

        if (secrets.EnrolmentToken is { } enrolment && !AreEqual(enrolment, request.EnrolmentToken))
        {
            return new ProblemResult(ApiProblem.Forbidden(
                "This coordinator takes volunteers with its enrolment token only: ask its operator for it."));
        }

        return await challenges.SpendAsync(request.Nonce) switch
        {
            SpendOutcome.Spent => TypedResults.Ok(
                new TokenAnswer(tokens.Issue(peer), peer, tokens.Lifetime.TotalSeconds)),
            SpendOutcome.Replayed => new ProblemResult(ApiProblem.Unauthenticated(
                "This challenge has been answered already: ask for a new one.")),
            _ => new ProblemResult(ApiProblem.Unavailable("Too many agents enrol just now.")),
        };
    }

    private static ProblemResult NotAKey => new(ApiProblem.Malformed(
        "publicKey is a public key on P-256: DER SubjectPublicKeyInfo in base64."));

    private static bool AreEqual(string expected, string? sent) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(
            Encoding.UTF8.GetBytes(sent ?? "")));
}
