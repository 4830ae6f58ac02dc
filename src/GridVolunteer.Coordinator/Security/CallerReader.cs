using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace GridVolunteer.Coordinator.Security;

/// <summary>
/// Tells from the Authorization header who calls. Comparisons take the same time wherever tokens differ.
/// </summary>
/// <param name="agents">Reads agents' tokens.</param>
/// <param name="operatorToken">The operator's token.</param>
public sealed class CallerReader(AgentTokens agents, string operatorToken)
{
    private const string Scheme = "Bearer ";

    /// <summary>Hashed, so that the comparison does not even tell lengths apart.</summary>
    private readonly byte[] _operatorHash = SHA256.HashData(Encoding.UTF8.GetBytes(operatorToken));

    /// <summary>The caller; anonymous without a token, null when the token is wrong or has expired.</summary>
    public Caller? Read(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? header = request.Headers.Authorization;
        if (string.IsNullOrEmpty(header))
        {
            return Caller.Anonymous;
        }

        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = header.AsSpan(Scheme.Length).Trim();
        if (agents.TryRead(token, out var peer))
        {
            return new Caller(false, peer);
        }

        return IsOperators(token) ? Caller.Operator : null;
    }

    private bool IsOperators(ReadOnlySpan<char> token)
    {
        const int LongestWorthHashing = 1024;
        if (token.Length > LongestWorthHashing)
        {
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(token.ToString());
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(bytes), _operatorHash);
    }
}
