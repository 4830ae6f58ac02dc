using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Groups.Tests.Hosting;

/// <summary>Some nodes on loopback that are members of one group.</summary>
internal sealed class LoopbackFleet : IAsyncDisposable
{
    private readonly List<GroupNode> _nodes = [];
    private readonly LanOptions? _lan;
    private GroupEntry _entry = new(
        "team", new GroupId(77), GroupKind.Closed, GroupRule.Peers, Server: null, []);

    private LoopbackFleet(LanOptions? lan) => _lan = lan;

    public IReadOnlyList<GroupNode> Nodes => _nodes;

    /// <summary>The group, for one that joins by itself.</summary>
    public GroupEntry Entry => _entry;

    public List<GroupReader> Readers { get; } = [];

    public static async Task<LoopbackFleet> StartAsync(int count, LanOptions? lan = null)
    {
        var fleet = new LoopbackFleet(lan);
        for (var i = 0; i < count; i++)
        {
            await fleet.AddAsync();
        }

        await fleet.UntilAllAsync(count);
        return fleet;
    }

    /// <summary>One more joins.</summary>
    public async Task<GroupReader> AddAsync()
    {
        var node = await StartNodeAsync(_nodes.Count == 0 ? [] : [_nodes[0].EndPoint!], _lan);
        _nodes.Add(node);
        var reader = await GroupReader.JoinAsync(node, _entry);
        Readers.Add(reader);
        if (_entry.Members.Count == 0)
        {
            _entry = _entry with { Members = [new GroupContact(node.Id, ContactBytes.Of(node.EndPoint!))] };
        }

        return reader;
    }

    public Task UntilAllAsync(int members) => Task.WhenAll(Readers.Select(r => r.UntilMembersAsync(members)));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(n => n.AbortAsync()));
        foreach (var reader in Readers)
        {
            await reader.DisposeAsync();
        }
    }

    public static Task<GroupNode> StartNodeAsync(params System.Net.IPEndPoint[] seeds) => StartNodeAsync(seeds, lan: null);

    /// <summary>
    /// Quick, as the machine that tests is not: what is tested is that things follow, not how fast.
    /// </summary>
    public static GroupNodeOptions Options(System.Net.IPEndPoint[] seeds, LanOptions? lan) => new()
    {
        Seeds = seeds,
        Transport = new TransportOptions { Lan = lan },
        Host = new GroupHostOptions
        {
            Detector = new DetectorOptions
            {
                LearnsMembers = true,
                Period = TimeSpan.FromMilliseconds(200),
                GoodbyeTimeout = TimeSpan.FromSeconds(2),
                RetryIntervalMin = TimeSpan.FromSeconds(1),
                RetryIntervalMax = TimeSpan.FromSeconds(2),
            },
            Register = new RegisterOptions
            {
                AskRepeat = TimeSpan.FromMilliseconds(150),
                AskTimeout = TimeSpan.FromMilliseconds(600),
                LearnTime = TimeSpan.Zero,
            },
        },
    };

    private static Task<GroupNode> StartNodeAsync(System.Net.IPEndPoint[] seeds, LanOptions? lan) =>
        GroupNode.StartAsync(Options(seeds, lan));
}
