using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Cli.Jobs;

/// <summary><c>peers</c>: the volunteers' agents as the coordinator sees them.</summary>
public static class PeersVerb
{
    private const int PageSize = 100;

    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var grid = new GridOptions();
        var json = JsonOption.Create("an array of peers");
        var verb = new Verb(
            "peers", "Lists the volunteers' agents: what they are, whether they live, what they hold.",
            "gridvolunteer peers", "gridvolunteer peers --json") { json };
        grid.AddTo(verb);
        return verb.Does(async (parsed, cancellation) =>
        {
            using var connection = GridConnection.Open(grid, parsed, host);
            var peers = await ReadAsync(connection.Client, cancellation);
            if (parsed.GetValue(json))
            {
                host.Terminal.WriteJsonArray(peers, ProtocolJson.Default.PeerView);
            }
            else
            {
                Write(peers, host);
            }

            return ExitCode.Done;
        });
    }

    private static async Task<List<PeerView>> ReadAsync(
        CoordinatorClient client, CancellationToken cancellation)
    {
        var peers = new List<PeerView>();
        string? after = null;
        do
        {
            var page = await client.PeersAsync(after, PageSize, cancellation);
            peers.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        return peers;
    }

    private static void Write(List<PeerView> peers, CliHost host)
    {
        var now = host.Clock.GetUtcNow();
        var listing = new Listing(
            "Peer", "Name", "State", "Heartbeat", "Held#", "Accepted#", "Failed#", "Machine");
        foreach (var peer in peers)
        {
            listing.Add(
                peer.Peer.Short,
                peer.Name,
                peer.State,
                Wording.Ago(peer.LastHeartbeat, now),
                Wording.Count(peer.UnitsHeld),
                Wording.Count(peer.UnitsAccepted),
                Wording.Count(peer.UnitsFailed),
                PeerText.Machine(peer.Host));
        }

        listing.Write(host.Terminal, "No peers yet. Start one with 'gridvolunteer agent'.");
    }
}
