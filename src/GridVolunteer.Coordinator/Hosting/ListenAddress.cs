using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>An address to listen at, read from <c>http://ADDRESS:PORT</c>.</summary>
/// <param name="Url">As it was written.</param>
/// <param name="EndPoint">What it means.</param>
public sealed record ListenAddress(string Url, IPEndPoint EndPoint)
{
    /// <summary>True when only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(EndPoint.Address);

    /// <summary>True when it stands for every address of this machine.</summary>
    public bool IsAny => EndPoint.Address.Equals(IPAddress.Any) || EndPoint.Address.Equals(IPAddress.IPv6Any);

    /// <summary>Reads an address; <paramref name="fault"/> says in a sentence why it cannot be one.</summary>
    public static bool TryParse(
        string url, [NotNullWhen(true)] out ListenAddress? address, [NotNullWhen(false)] out string? fault)
    {
        address = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.PathAndQuery != "/"
            || uri.UserInfo.Length > 0)
        {
            fault = $"'{url}' is not an address to listen at: write it like {CoordinatorOptions.DefaultUrl}.";
            return false;
        }

        if (uri.Scheme != Uri.UriSchemeHttp)
        {
            fault = $"'{url}': only http is served so far.";
            return false;
        }

        var ip = uri.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(uri.DnsSafeHost, out var literal) ? literal : null;
        if (ip is null)
        {
            fault = $"'{url}': the address must be an IP address or localhost, '{uri.Host}' is neither.";
            return false;
        }

        address = new ListenAddress(url, new IPEndPoint(ip, uri.Port));
        fault = null;
        return true;
    }
}
