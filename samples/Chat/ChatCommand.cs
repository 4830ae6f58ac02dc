using System.CommandLine;
using System.Net;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Transports;

namespace Chat;

/// <summary>The command line: who talks, and how others are found.</summary>
internal sealed class ChatCommand : RootCommand
{
    private readonly Argument<string> _name = new("name") { Description = "What others call you." };
    private readonly Option<string[]> _rooms = new("--room")
    {
        Description = "A room to go to at once; may be given several times.",
        DefaultValueFactory = _ => ["lobby"],
    };

    private readonly Option<IPEndPoint> _listen = new("--listen")
    {
        Description = "Where to be reached, address:port; port 0 takes any that is free.",
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, 0),
        CustomParser = result => IPEndPoint.Parse(result.Tokens.Single().Value),
    };

    private readonly Option<string[]> _seeds = new("--seed")
    {
        Description = "Where somebody may be, address:port; one who answers is enough.",
    };

    private readonly Option<bool> _lan = new("--lan")
    {
        Description = "Finds others on the local network by itself (IP multicast).",
    };

    /// <summary>The command.</summary>
    public ChatCommand()
        : base("Rooms to talk in, without a server: whoever is in a room sees the same lines in the same order.")
    {
        Add(_name);
        foreach (var option in (Option[])[_rooms, _listen, _seeds, _lan])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new GroupNodeOptions
        {
            Transport = new TransportOptions
            {
                Listen = parsed.GetRequiredValue(_listen),
                Lan = parsed.GetValue(_lan) ? new LanOptions() : null,
            },
            Seeds = [.. (parsed.GetValue(_seeds) ?? []).Select(IPEndPoint.Parse)],
        };
        await using var node = await GroupNode.StartAsync(options, cancellationToken);
        var session = new ChatSession(node, parsed.GetRequiredValue(_name), Console.In, Console.Out);
        await session.RunAsync(parsed.GetRequiredValue(_rooms), cancellationToken);
        return 0;
    }
}
