using System.Net;
using Microsoft.AspNetCore.Http;

namespace GridVolunteer.Coordinator.Security;

/// <summary>
/// Keeps web pages out: any page that a user of this machine opens can make the browser send requests to
/// loopback. A name that an attacker's DNS points here (rebinding) shows in Host; a page of another site
/// shows in Origin and Sec-Fetch-Site. Programs send neither of the latter.
/// </summary>
/// <param name="bound">The addresses that the service is bound to.</param>
/// <param name="machineName">The name of this machine, accepted in Host when an address beyond loopback is
/// bound.</param>
/// <param name="names">Names that its operator says lead here, as those of a gateway do.</param>
public sealed class SiteCheck(IReadOnlyList<IPAddress> bound, string machineName, IReadOnlyList<string> names)
{
    private readonly bool _beyondLoopback = bound.Any(address => !IPAddress.IsLoopback(address));
    private readonly bool _any = bound.Any(a => a.Equals(IPAddress.Any) || a.Equals(IPAddress.IPv6Any));

    /// <summary>Why the request is refused, or null when it may pass.</summary>
    public string? Refusal(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!IsOurs(request.Host.Host))
        {
            return $"The Host '{request.Host.Host}' is not an address of this coordinator.";
        }

        var headers = request.Headers;
        if (headers.Origin.Count > 0 && !IsSameOrigin(request, headers.Origin.ToString()))
        {
            return $"Requests from pages of another origin ('{headers.Origin}') are not taken.";
        }

        return headers.TryGetValue("Sec-Fetch-Site", out var site)
            && site.ToString() is "cross-site" or "same-site"
            ? "Requests from pages of another site are not taken."
            : null;
    }

    /// <summary>Or the same under TLS, which a gateway ends before here.</summary>
    private static bool IsSameOrigin(HttpRequest request, string origin) =>
        origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)
        || origin.Equals($"https://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);

    private bool IsOurs(string host)
    {
        if (host.Length == 0)
        {
            return false;
        }

        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || names.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        // A literal address cannot be rebound: the browser takes it for the page's own origin.
        var literal = host[0] == '[' ? host.AsSpan(1, Math.Max(0, host.Length - 2)) : host;
        if (IPAddress.TryParse(literal, out var address))
        {
            return IPAddress.IsLoopback(address) || _any || bound.Contains(address);
        }

        return _beyondLoopback && host.Equals(machineName, StringComparison.OrdinalIgnoreCase);
    }
}
