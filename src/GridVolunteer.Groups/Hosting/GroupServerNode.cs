using System.Net;
using System.Security.Cryptography;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Transports;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Hosting;

/// <summary>
/// A process that keeps the register of groups, coordinates the hierarchical ones, and votes along in tiny and even views.
/// It is in no group itself. Members name it by <see cref="GroupNodeOptions.Server"/>; while it is away they go on as
/// peers. It serves the time too (<see cref="GroupNodeOptions.TimeSource"/>). May be used by several threads at once.
/// </summary>
public sealed class GroupServerNode : IAsyncDisposable
{
    private readonly GroupHost _host;
    private readonly NetworkTransport _transport;
    private readonly GroupServer _server;
    private readonly HostedProtocol<RegisterEvent> _hosted;

    private GroupServerNode(
        ProcessId id, NetworkTransport transport, GroupHostOptions options, Func<ProcessId, string, bool>? mayJoin)
    {
        _transport = transport;
        _host = new GroupHost(id, transport, options);
        _server = new GroupServer(
            new MemberLife(id, _host.Boot), options.Register, _host.DrawRandom(), mayJoin);
        // In place of the register and the votes of one that is in groups.
        _hosted = _host.Place(
            _server, static (_, _) => { }, MessageFamily.Register, MessageFamily.Views);
        // Members measure their clocks against this one.
        _host.Groups.ServeTime(_host.WallAtZero);
    }

    /// <summary>What members name it by.</summary>
    public GroupContact Contact => new(_host.Self, _transport.Contact);

    /// <summary>Where it is reached.</summary>
    public IPEndPoint EndPoint => _transport.EndPoint;

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it runs; seeds and the server named in them do not matter.</param>
    /// <param name="mayJoin">Whether a process may be in the group of that name; null lets everybody.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The port is not to be had.</exception>
    public static GroupServerNode Start(GroupNodeOptions options, Func<ProcessId, string, bool>? mayJoin = null)
    {
        var id = options.Id ?? ProcessId.FromHash(RandomNumberGenerator.GetBytes(ProcessId.SizeBytes));
        var transport = new NetworkTransport(id, options.Transport, options.Host.Time);
        var node = new GroupServerNode(id, transport, options.Host, mayJoin);
        node._host.Start();
        return node;
    }

    /// <summary>The groups it knows of.</summary>
    public Task<IReadOnlyList<GroupEntry>> ListAsync() =>
        _host.AskAsync<IReadOnlyList<GroupEntry>>(_ => [.. _server.Groups]);

    /// <summary>Ends the group of a name for all its members; false when there is none.</summary>
    public Task<bool> DissolveAsync(string name) => AskAsync((now, output) => _server.Dissolve(name, now, output));

    /// <summary>Puts a process out of a hierarchical group, and does not let it in again; false when that cannot be.</summary>
    public Task<bool> PutOutAsync(string name, ProcessId id) =>
        AskAsync((now, output) => _server.PutOut(name, id, now, output));

    /// <summary>Lets a process in again that was put out; false when it was not.</summary>
    public Task<bool> PardonAsync(string name, ProcessId id) => _host.AskAsync(_ => _server.Pardon(name, id));

    /// <summary>Ends it at once; its members go on as peers once they have noticed.</summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private Task<bool> AskAsync(Func<TimeSpan, Output<RegisterEvent>, bool> question) =>
        _host.AskAsync(now => question(now, _hosted.Output));
}
