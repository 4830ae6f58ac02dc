using System.CommandLine;
using System.Net;
using GridVolunteer.Groups;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Transports;
using Whiteboard.Pages;
using Whiteboard.Pictures;

namespace Whiteboard;

/// <summary>The command line: who draws, on which board, and how others are found.</summary>
internal sealed class WhiteboardCommand : RootCommand
{
    private readonly Argument<string> _name = new("name") { Description = "What others call you." };
    private readonly Option<string> _board = new("--board")
    {
        Description = "Which drawing.",
        DefaultValueFactory = _ => "board",
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = "Port of the page, on loopback; 0 takes any that is free.",
    };

    private readonly Option<IPEndPoint> _listen = new("--listen")
    {
        Description = "Where to be reached by the others, address:port.",
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
    public WhiteboardCommand()
        : base("A drawing that several people share in their browsers, without a server.")
    {
        Add(_name);
        foreach (var option in (Option[])[_board, _port, _listen, _seeds, _lan])
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
        var board = new Board(parsed.GetRequiredValue(_name));
        await board.JoinAsync(node, parsed.GetRequiredValue(_board), cancellationToken);
        await using var page = await BoardPage.StartAsync(board, parsed.GetValue(_port), cancellationToken);
        Console.WriteLine($"Draw at {page.Url}   others join with --seed {node.EndPoint}");
        try
        {
            await board.ReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C: the group is left on the way out.
        }

        return 0;
    }
}
