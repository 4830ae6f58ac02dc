using System.Net;
using System.Security.Cryptography;
using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Transports;

namespace GridVolunteer.Groups.Hosting;

/// <summary>
/// A process that takes part in groups: the way in to this library.
/// <code>
/// await using var node = await GroupNode.StartAsync(new GroupNodeOptions { Seeds = [seed] });
/// var team = await node.JoinAsync("team", GroupKind.Closed);
/// await team.SendAsync(message, Delivery.Total | Delivery.Safe);
/// await foreach (var e in team.Events()) { … }
/// </code>
/// May be used by several threads at once.
/// </summary>
public sealed partial class GroupNode : IAsyncDisposable
{
    private static readonly TimeSpan GreetInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan GreetAgainInterval = TimeSpan.FromSeconds(10);

    private readonly GroupNodeOptions _options;
    private readonly GroupHost _host;
    private readonly ITransport _transport;
    private readonly TimeProvider _time;
    private readonly List<Group> _groups = [];
    private readonly Dictionary<GroupId, Group> _byId = [];
    private readonly List<TaskCompletionSource<IReadOnlyList<GroupEntry>>> _lists = [];
    private readonly Dictionary<ulong, TaskCompletionSource<bool>> _posts = [];
    private readonly TaskCompletionSource _hasMet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _greeter;
    private Group[] _open = [];
    private GroupPeer[] _peers = [];
    private ulong _joins;
    private bool _isStopped;

    private GroupNode(GroupNodeOptions options, ProcessId id, ITransport transport)
    {
        _options = options;
        _transport = transport;
        _time = options.Host.Time;
        _host = new GroupHost(id, transport, WithItsChances(options))
        {
            StepEnds = OnStepEnds,
            Faulted = OnFaulted,
        };
        _host.OrderedEvents = OnOrdered;
        _host.RegisterEvents = OnRegister;
        _host.MembershipEvents = OnMembership;
        _host.Register.UseServer(options.Server);
        _greeter = _time.CreateTimer(
            _ => Greet(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>This process.</summary>
    public ProcessId Id => _host.Self;

    /// <summary>Where others reach it: a seed for them. Null when that is no IP network.</summary>
    public IPEndPoint? EndPoint => (_transport as NetworkTransport)?.EndPoint;

    /// <summary>
    /// What runs the protocols of this process. Others may be added to it: <see cref="GroupHost.Add"/>, in a command. It ends with
    /// the node; do not dispose of it.
    /// </summary>
    public GroupHost Host => _host;

    /// <summary>The groups it is in, or joins.</summary>
    public IReadOnlyList<Group> Groups => Volatile.Read(ref _open);

    /// <summary>The other processes that are known and thought to be there.</summary>
    public IReadOnlyList<GroupPeer> Peers => Volatile.Read(ref _peers);

    /// <summary>What the transport has carried and refused.</summary>
    public TransportCounters Counters => _transport.Counters;

    /// <summary>
    /// Starts a process: takes a port, and makes itself known to those who are there. Ends when it knows somebody, or
    /// nobody was found in time.
    /// </summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is not to be had.</exception>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public static async Task<GroupNode> StartAsync(
        GroupNodeOptions options, CancellationToken cancellationToken = default)
    {
        var id = options.Id ?? ProcessId.FromHash(RandomNumberGenerator.GetBytes(ProcessId.SizeBytes));
        var node = new GroupNode(options, id, new NetworkTransport(id, options.Transport, options.Host.Time));
        try
        {
            await node.BeginAsync(cancellationToken);
            return node;
        }
        catch
        {
            await node.AbortAsync();
            throw;
        }
    }

    /// <summary>As <see cref="StartAsync(GroupNodeOptions, CancellationToken)"/>, over any transport.</summary>
    public static async Task<GroupNode> StartAsync(
        GroupNodeOptions options, ITransport transport, ProcessId id, CancellationToken cancellationToken = default)
    {
        var node = new GroupNode(options, id, transport);
        await node.BeginAsync(cancellationToken);
        return node;
    }

    /// <summary>
    /// Joins the group of that name, or makes it when nobody has it. Ends with the first view this process is in.
    /// </summary>
    /// <param name="name">1 to 128 bytes in UTF-8, without control characters.</param>
    /// <param name="kind">Who may send to it.</param>
    /// <param name="options">How this process takes part.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="GroupDeniedException">The name is taken by another kind of group, or whoever decides says
    /// no.</exception>
    /// <exception cref="InvalidOperationException">This process is in that group already; or it was over before this
    /// process was in it, or the node was stopped.</exception>
    public async Task<Group> JoinAsync(
        string name,
        GroupKind kind = GroupKind.Closed,
        JoinOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var group = new Group(this, name, kind, Complete(options));
        await _host.AskAsync(now => Search(group, now));
        await using var given = cancellationToken.Register(
            () => _host.Post(now => GiveUp(group, now, cancellationToken)));
        return await group.Joined.Task;
    }

    /// <summary>
    /// Joins a group that is known otherwise than by its name, for example as a coordinator has told: its members are
    /// asked to let this process in. Where no other member is named the group is made.
    /// </summary>
    /// <param name="entry">The group.</param>
    /// <param name="options">How this process takes part.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="InvalidOperationException">This process is in that group already; or it was over before this
    /// process was in it, or the node was stopped.</exception>
    public async Task<Group> JoinAsync(
        GroupEntry entry, JoinOptions? options = null, CancellationToken cancellationToken = default)
    {
        var group = new Group(this, entry.Name, entry.Kind, Complete(options));
        await _host.AskAsync(now => JoinKnown(group, entry, now));
        await using var given = cancellationToken.Register(
            () => _host.Post(now => GiveUp(group, now, cancellationToken)));
        return await group.Joined.Task;
    }

    /// <summary>
    /// Sends one message to several groups; who is in several of them is told it in each. See <see cref="Group.SendAsync"/>. One
    /// that is <see cref="Delivery.Total"/> or <see cref="Delivery.GlobalTime"/> has one place in all of them, and is told in
    /// all or in none. It is lost when this process is excluded from one of them, or leaves it, before all have it; nobody is
    /// told of that. What comes after it waits for it in all its groups: where one of them is stalled, the others wait too. Only
    /// when for ten seconds nobody can be reached who knows what has become of it in another group is it dropped, where that is
    /// so, and may have been told elsewhere.
    /// </summary>
    /// <param name="groups">The groups, none twice; at most 8 for a message with a place in the order.</param>
    /// <param name="message">What to send; it must not change any more.</param>
    /// <param name="delivery">How it is to be delivered.</param>
    /// <param name="cancellationToken">Ends the wait; the message is not sent then.</param>
    /// <exception cref="ArgumentException">There is no group, one is named twice or is another node's, there are too many, the
    /// message is too long, or there is no such delivery.</exception>
    public Task SendAsync(
        IReadOnlyList<Group> groups,
        ReadOnlyMemory<byte> message,
        Delivery delivery,
        CancellationToken cancellationToken = default)
    {
        if (!delivery.IsMeaningful())
        {
            throw new ArgumentException($"'{delivery}' is no delivery: one level at most, safe or not.", nameof(delivery));
        }

        if (groups.Count == 0)
        {
            throw new ArgumentException("A message goes to one group at least.", nameof(groups));
        }

        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i].Node != this)
            {
                throw new ArgumentException($"'{groups[i].Name}' is a group of another node.", nameof(groups));
            }
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        var pending = new PendingSend(groups, message, delivery);
        _host.Post(now => Send(pending, now));
        // Nothing more runs here when it is sent, where nobody may cancel it.
        return cancellationToken.CanBeCanceled ? UntilSentAsync(pending, cancellationToken) : pending.Task;
    }

    /// <summary>
    /// What time it is by the common clock, and how far that may be off: what a <see cref="Delivery.GlobalTime"/> message would be
    /// stamped with now. Null while it has not been measured (<see cref="GroupNodeOptions.TimeSource"/>): until then such a message
    /// is refused.
    /// </summary>
    public Task<GlobalTimeStamp?> TimeAsync() => _host.AskAsync<GlobalTimeStamp?>(now =>
        _host.Groups.Time is { } known ? new GlobalTimeStamp(known.TimeAt(now), known.EpsilonAt(now)) : null);

    /// <summary>The groups that are known to those who can be asked, whether this process is in them or not.</summary>
    public async Task<IReadOnlyList<GroupEntry>> ListAsync(CancellationToken cancellationToken = default)
    {
        var answer = new TaskCompletionSource<IReadOnlyList<GroupEntry>>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Post(now => List(answer, now));
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Posts to an open group that this process is not in: a member sends it on. True when every member has it, once;
    /// false when no member took it in time, and it may or may not arrive.
    /// </summary>
    /// <param name="group">The group, as <see cref="ListAsync"/> names it.</param>
    /// <param name="message">What to send; it must not change any more.</param>
    /// <param name="cancellationToken">Ends the wait; the post goes on.</param>
    /// <exception cref="ArgumentException">It is too long.</exception>
    /// <exception cref="InvalidOperationException">Too many posts wait already, or the group is not open.</exception>
    public async Task<bool> PostAsync(
        GroupEntry group, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        if (group.Kind != GroupKind.Open)
        {
            throw new InvalidOperationException($"'{group.Name}' is closed: only members send to it.");
        }

        var post = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _host.AskAsync(now =>
        {
            var number = _host.Register.Post(group, message, now, _host.RegisterOutput)
                ?? throw new InvalidOperationException($"Too many posts to '{group.Name}' wait already.");
            _posts.Add(number, post);
            return true;
        });
        return await post.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Leaves all groups and says goodbye, each within <see cref="GroupNodeOptions.StopTimeout"/>, then ends.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            return;
        }

        if (_host.Fault is null)
        {
            await Within(Task.WhenAll(Groups.Select(g => LeaveAsync(g, CancellationToken.None))));
            await Within(_host.SayGoodbyeAsync());
        }

        await AbortAsync();
    }

    /// <summary>Ends at once and without a word, as a crash would.</summary>
    public async Task AbortAsync()
    {
        _isStopped = true;
        await _greeter.DisposeAsync();
        await _host.DisposeAsync();
        foreach (var group in Groups)
        {
            group.Phase = GroupPhase.Over;
            group.Updates.Complete(new GroupUpdate.Ended(GroupEnd.Stopped));
            group.Joined.TrySetException(new ObjectDisposedException(nameof(GroupNode)));
            group.Over.TrySetResult();
            foreach (var waiting in group.Waiting)
            {
                waiting.TrySetException(new ObjectDisposedException(nameof(GroupNode)));
            }
        }
    }

    private static async Task UntilSentAsync(PendingSend pending, CancellationToken cancellationToken)
    {
        await using var given = cancellationToken.Register(() => pending.TrySetCanceled(cancellationToken));
        await pending.Task;
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _host.Start();
        if (_options.Server is { } server)
        {
            _host.Post(now => _host.Know(server.Id, server.Address, now));
        }

        if (_options.ServesTime)
        {
            _host.Post(_ => _host.Groups.ServeTime(_host.WallAtZero));
        }
        else if ((_options.TimeSource ?? _options.Server?.Id) is { } source)
        {
            _host.Post(now => _host.Groups.FollowTime(source, now));
        }

        if (_options.Seeds.Count == 0)
        {
            return;
        }

        _greeter.Change(TimeSpan.Zero, GreetInterval);
        await Within(_hasMet.Task, _options.SeedTimeout, cancellationToken);
        _greeter.Change(GreetAgainInterval, GreetAgainInterval);
    }

    /// <summary>One that can only be met by others need not wait for any before it makes a group.</summary>
    private static GroupHostOptions WithItsChances(GroupNodeOptions options) =>
        options.Seeds.Count > 0 || options.Server is not null || options.Transport.Lan is not null
            ? options.Host
            : options.Host with { Register = options.Host.Register with { MakesAtOnceWhenAlone = true } };

    private static JoinOptions Complete(JoinOptions? options)
    {
        options ??= new JoinOptions();
        return options with { Group = options.Group with { TransfersState = options.ProvideState is not null } };
    }

    private void Greet()
    {
        var known = Peers;
        foreach (var seed in _options.Seeds.Where(s => !s.Equals(EndPoint) && !known.Any(p => s.Equals(p.EndPoint))))
        {
            _host.Post(_ => _transport.Greet(ContactBytes.Of(seed)));
        }
    }

    private Task Within(Task task) => Within(task, _options.StopTimeout, CancellationToken.None);

    private async Task Within(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(limit, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Whoever does not answer is not waited for.
        }
    }
}
