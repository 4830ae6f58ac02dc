using System.CommandLine;
using GridVolunteer.Protocol.Client;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>A client of the coordinator that a command line means, with what it holds open.</summary>
public sealed class GridConnection : IDisposable
{
    private readonly HttpClient _http;

    private GridConnection(HttpClient http, Uri address, string? token, TimeProvider clock)
    {
        _http = http;
        Token = token;
        Client = new CoordinatorClient(http, address, new FixedToken(token), clock);
    }

    /// <summary>The client.</summary>
    public CoordinatorClient Client { get; }

    /// <summary>The token it sends, or null.</summary>
    public string? Token { get; }

    /// <summary>
    /// Connects to the coordinator that <paramref name="parsed"/> means. Nothing is sent yet.
    /// </summary>
    public static GridConnection Open(GridOptions options, ParseResult parsed, CliHost host)
    {
        var address = options.Address(parsed, host);
        return Open(address, options.Token(parsed, address, host), host.Clock);
    }

    /// <summary>Connects to the coordinator at <paramref name="address"/>. Nothing is sent yet.</summary>
    public static GridConnection Open(Uri address, string? token, TimeProvider clock) =>
        new(CoordinatorHttp.Create(address), address, token, clock);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
