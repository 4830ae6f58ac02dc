using System.Diagnostics.CodeAnalysis;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <summary>
/// What a process knows of groups by their names: one register for all groups of a process. Where there is a
/// <see cref="GroupServer"/> (<see cref="UseServer"/>) it is asked; without one, or while it is away, the processes
/// that are known (<see cref="Know"/>) are, and the members of each group keep it known among themselves. Two groups
/// that were made under one name come down to one, that of the lower id: the members of the other move over.
/// <para>
/// It joins nothing by itself. The host asks for a name (<see cref="Open"/>), makes or joins the group it is
/// told of, and says so (<see cref="Entered"/>, <see cref="Installed"/>, <see cref="Exited"/>).
/// </para>
/// </summary>
public sealed partial class GroupRegister : IProtocol<RegisterEvent>
{
    private readonly RegisterOptions _options;
    private readonly MemberLife _self;
    private readonly Random _random;
    private readonly RegisterFlaw _flaw;
    private readonly RegisterPost _post;
    private readonly SortedDictionary<ProcessId, ReadOnlyMemory<byte>> _known = [];
    private readonly HashSet<ProcessId> _failed = [];
    private readonly List<NameSearch> _searches = [];
    private readonly SortedDictionary<GroupId, OwnGroup> _groups = [];
    private readonly Tombstones _ended;
    private TimeSpan _last;
    private ProcessId? _server;

    /// <summary>Makes a register that knows nobody.</summary>
    /// <param name="self">This process and its life: greater at each start.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="random">Randomness, from a seed of the host's; ids of groups come from it.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public GroupRegister(MemberLife self, RegisterOptions options, Random random)
        : this(self, options, random, RegisterFlaw.None)
    {
    }

    internal GroupRegister(MemberLife self, RegisterOptions options, Random random, RegisterFlaw flaw)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _self = self;
        _options = options;
        _random = random;
        _flaw = flaw;
        _post = new RegisterPost(self.Life);
        _ended = new Tombstones(options);
    }

    /// <summary>Messages that were refused.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>The groups this process is in, as it has said.</summary>
    public IEnumerable<GroupEntry> Groups => _groups.Values.Select(g => g.Entry);

    /// <inheritdoc/>
    public TimeSpan Due
    {
        get
        {
            var due = Earlier(_ended.Due, _receipts.Count > 0 ? _last : TimeSpan.MaxValue);
            due = Earlier(due, _listing is { } listing ? Earlier(listing.EndsAt, listing.AsksAt) : TimeSpan.MaxValue);
            due = _searches.Aggregate(due, (d, s) => Earlier(d, Earlier(s.AsksAt, s.EndsAt)));
            due = _groups.Values.Where(g => !g.IsOver).Aggregate(due, (d, g) => Earlier(d, g.SpeaksAt));
            return _posts.Values.Where(p => p.Waiting.Count > 0).Aggregate(due, (d, p) => Earlier(d, p.SendsAt));
        }
    }

    // The server counts as present until it is thought dead.
    private ProcessId? Server => _server is { } server && !_failed.Contains(server) ? server : null;

    /// <summary>
    /// Names the group server, or says that there is none; it counts as present until
    /// <see cref="MarkFailed"/>.
    /// </summary>
    public void UseServer(GroupContact? server)
    {
        _server = server?.Id;
        if (server is { } there)
        {
            Know(there);
        }
    }

    /// <summary>Learns of a process, or of another address of it.</summary>
    public void Know(GroupContact process)
    {
        if (process.Id != _self.Id)
        {
            _known[process.Id] = process.Address;
        }
    }

    /// <summary>Forgets a process: it is asked no more.</summary>
    public void Forget(ProcessId id) => _known.Remove(id);

    /// <summary>Learns that a process is thought dead.</summary>
    public void MarkFailed(ProcessId id) => _failed.Add(id);

    /// <summary>Learns that a process that was thought dead is there.</summary>
    public void MarkAlive(ProcessId id) => _failed.Remove(id);

    /// <summary>
    /// Says that this process is in a group: it has created it, or asked to join it. From now on what the members
    /// of open groups send is to be passed through <see cref="Wrap"/>, and what is delivered through
    /// <see cref="TryUnwrap"/>.
    /// </summary>
    public void Entered(GroupEntry entry) =>
        _groups[entry.Id] = new OwnGroup(entry) { SpeaksAt = _last + JoinDoubt };

    /// <summary>
    /// Says that a view has begun in a group that this process is in, and so that the state with it was taken over
    /// (<see cref="UnwrapState"/>).
    /// </summary>
    public void Installed(GroupId group, View view)
    {
        if (_groups.TryGetValue(group, out var own))
        {
            own.Install(view);
            own.SpeaksAt = Earlier(own.SpeaksAt, _last + (_options.AnnounceInterval / 10));
        }
    }

    /// <summary>Says that this process is in a group no longer.</summary>
    public void Exited(GroupId group) => _groups.Remove(group);

    /// <summary>What to send to a group for a payload: the payload itself, unless the group is open.</summary>
    public ReadOnlyMemory<byte> Wrap(GroupId group, ReadOnlyMemory<byte> payload) =>
        GateOf(group) is { } gate ? gate.Wrap(payload.Span) : payload;

    /// <summary>
    /// Opens what a group has delivered; false when it is to be passed over: a post that was delivered before, or
    /// something malformed. Call it for every message of the group, in the order of delivery.
    /// </summary>
    public bool TryUnwrap(
        GroupId group, ReadOnlyMemory<byte> message, [NotNullWhen(true)] out OpenedMessage? opened)
    {
        if (GateOf(group) is not { } gate)
        {
            opened = new OpenedMessage(Author: null, 0, message, IsRepeated: false);
            return true;
        }

        if (!gate.TryOpen(message, out opened))
        {
            Refusals.Count(RefusalReason.Malformed);
            return false;
        }

        if (opened.Author is { } author && _groups[group].EndPost(author, opened.Number))
        {
            _receipts.Add((group, author, opened.Number));
        }

        return !opened.IsRepeated || _flaw == RegisterFlaw.PostsRepeat;
    }

    /// <summary>What to hand in as a group's state: the host's own, and which posts have been delivered.</summary>
    public ReadOnlyMemory<byte> WrapState(GroupId group, ReadOnlyMemory<byte> state)
    {
        if (GateOf(group) is not { } gate)
        {
            return state;
        }

        var writer = new WireWriter();
        var mark = writer.BeginRecord();
        gate.Write(writer);
        writer.End(mark);
        writer.WriteRaw(state.Span);
        return writer.Written.ToArray();
    }

    /// <summary>The host's own part of the state that came with the first view of a group.</summary>
    public ReadOnlyMemory<byte> UnwrapState(GroupId group, ReadOnlyMemory<byte> state)
    {
        if (GateOf(group) is not { } gate)
        {
            return state;
        }

        var reader = new WireReader(state.Span);
        var record = reader.ReadRecord();
        if (reader.Failed || !gate.TryRead(ref record))
        {
            Refusals.Count(RefusalReason.Malformed);
            return ReadOnlyMemory<byte>.Empty;
        }

        return state[^reader.Remaining..];
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now, Output<RegisterEvent> output) => Work(Advance(now), output);

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private TimeSpan Advance(TimeSpan now) => _last = now > _last ? now : _last;

    private OpenGate? GateOf(GroupId group) => _groups.GetValueOrDefault(group)?.Gate;

    private void Work(TimeSpan now, Output<RegisterEvent> output)
    {
        SeeToSearches(now, output);
        SeeToListing(now, output);
        SeeToGroups(now, output);
        SeeToPosts(now, output);
        _ended.Tick(now, _post, output);
    }
}
