using GridVolunteer.Groups.Multicast;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <summary>
/// One process's membership in one group: virtual synchrony (Birman and Joseph, <i>Exploiting virtual synchrony in
/// distributed systems</i>, 1987). Members agree on views one after the other, each by single-decree consensus
/// (Lamport, <i>The part-time parliament</i>, 1998) among the members of the view before; what agreement decides
/// is the members of the next view together with the cut, how much of each sender is delivered before it begins.
/// So what a sender sent reaches all who go on, or none, also when it dies half way.
/// <list type="number">
/// <item>PREPARE: a member freezes (no sending, receiving or delivering in this view) and tells what it holds of
/// each sender, and what it has accepted, if anything.</item>
/// <item>The leader, the first whom it does not think dead, needs a majority of the view. It adopts the accepted
/// proposal of the highest ballot; if there is none, the next members are those who answered and those who join, the
/// cut is the most that anybody holds of each sender.</item>
/// <item>A member accepts only while it holds every message of the cut; it fetches what it lacks.</item>
/// <item>COMMIT at a majority: everybody passes it on, delivers up to the cut, and installs the view.</item>
/// </list>
/// <para>
/// In a minority nothing is decided, so sending and delivering stop; when the others are back it learns that they
/// have gone on without it (<see cref="GroupEvent.Excluded"/>), or agreement goes on. Two histories are never
/// merged.
/// </para>
/// </summary>
public sealed partial class GroupMember : IProtocol<GroupEvent>
{
    private readonly GroupOptions _options;
    private readonly MemberLife? _witness;
    private readonly Random _random;
    private readonly GroupFlaw _flaw;
    private readonly GroupPost _post;
    private readonly ulong _firstLife;
    private readonly Queue<(ReadOnlyMemory<byte> Payload, bool IsSafe)> _queue = new();
    private TimeSpan _last;
    private MemberState _state = MemberState.Out;
    private ViewChannel? _channel;
    private ViewChannel? _previous;
    private Proposal? _lastCommit;

    /// <summary>Makes a membership that is in no view yet: create the group, or join it.</summary>
    /// <param name="group">The group.</param>
    /// <param name="self">This process.</param>
    /// <param name="life">
    /// This life: greater than any before, with room for a thousand above it, as a member that is not let in at once
    /// raises it. A boot counter times 65,536 will do.
    /// </param>
    /// <param name="options">How the members deal with each other.</param>
    /// <param name="witness">Who votes along in tiny and even groups, for a group that is created here.</param>
    /// <param name="random">Randomness, from a seed of the host's.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public GroupMember(
        GroupId group, ProcessId self, ulong life, GroupOptions options, MemberLife? witness, Random random)
        : this(group, self, life, options, witness, random, GroupFlaw.None)
    {
    }

    internal GroupMember(
        GroupId group,
        ProcessId self,
        ulong life,
        GroupOptions options,
        MemberLife? witness,
        Random random,
        GroupFlaw flaw)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        Group = group;
        Self = new MemberLife(self, life);
        _options = options;
        _witness = witness;
        _random = random;
        _flaw = flaw;
        _firstLife = life;
        _post = new GroupPost(group, self) { Life = life };
    }

    private enum MemberState
    {
        Out,
        Joining,
        In,
    }

    /// <summary>The group.</summary>
    public GroupId Group { get; }

    /// <summary>This member.</summary>
    public MemberLife Self { get; private set; }

    /// <summary>The view this member is in; null when it is in none.</summary>
    public View? View => _state == MemberState.In ? _channel!.View : null;

    /// <summary>True while agreement on the next view is under way.</summary>
    public bool IsFrozen => _state == MemberState.In && _channel!.IsFrozen;

    /// <summary>Messages that wait for room in the window or for the next view.</summary>
    public int Queued => _queue.Count;

    /// <summary>Messages that are kept until everybody has them.</summary>
    public int Kept => (_channel?.Kept ?? 0) + (_previous?.Kept ?? 0);

    /// <summary>Messages that were refused.</summary>
    public Refusals Refusals { get; } = new();

    /// <inheritdoc/>
    public TimeSpan Due => _state switch
    {
        MemberState.Joining => _joinsAt,
        MemberState.In => Earlier(Earlier(_channel!.Due, AgreementDue), Earlier(_leavesAt, _stateAt)),
        _ => TimeSpan.MaxValue,
    };

    /// <summary>Makes the group, with this member alone in its first view.</summary>
    /// <exception cref="InvalidOperationException">
    /// The membership was used before, or the group is to be hierarchical and no witness was given.
    /// </exception>
    public void Create(TimeSpan now, Output<GroupEvent> output)
    {
        RequireOut();
        if (_options.Rule == GroupRule.Hierarchical && _witness is null)
        {
            throw new InvalidOperationException("A hierarchical group is created with its coordinator as witness.");
        }

        Begin(now, output);
        ProcessId? coordinator = _options.Rule == GroupRule.Hierarchical ? _witness?.Id : null;
        Enter(new View(1, [Self], _witness, coordinator, _options.Rule), previous: null, now);
        Emit(new GroupEvent.ViewInstalled(_channel!.View, [Self], [], State: null));
        Finish(output);
    }

    /// <summary>
    /// Sends a message to the group. It is delivered to this member too, and in the order of its sending. False,
    /// and nothing happens, when this member is in no view, or too much waits already.
    /// </summary>
    /// <param name="payload">What to send; it is not copied, so must not change.</param>
    /// <param name="isSafe">True when it is to be delivered only where every member is known to hold it.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <exception cref="ArgumentException">The message is too long.</exception>
    public bool TrySend(ReadOnlyMemory<byte> payload, bool isSafe, TimeSpan now, Output<GroupEvent> output)
    {
        if (payload.Length > _options.PayloadSizeBytesMax)
        {
            throw new ArgumentException(
                $"A message has at most {_options.PayloadSizeBytesMax} bytes; this one has {payload.Length}.",
                nameof(payload));
        }

        if (_state != MemberState.In || _isLeaving || _queue.Count >= _options.QueueMessagesMax)
        {
            return false;
        }

        now = Begin(now, output);
        _queue.Enqueue((payload, isSafe));
        SendQueued(now);
        Finish(output);
        return true;
    }

    /// <summary>
    /// Ends the group here: whoever keeps the register says that it is over, because too many have gone for those
    /// left to decide anything, or because its purpose is done. Those left may join under a new id.
    /// </summary>
    public void Dissolve(TimeSpan now, Output<GroupEvent> output)
    {
        if (_state == MemberState.Out)
        {
            return;
        }

        Begin(now, output);
        GoOut(new GroupEvent.Dissolved());
        Finish(output);
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now, Output<GroupEvent> output)
    {
        now = Begin(now, output);
        if (_state == MemberState.In)
        {
            _channel!.Tick(now);
        }

        Work(now);
        Finish(output);
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void RequireOut()
    {
        if (_state != MemberState.Out || _lastCommit is not null)
        {
            throw new InvalidOperationException("A membership is used once: make another to join again.");
        }
    }

    private TimeSpan Begin(TimeSpan now, Output<GroupEvent> output)
    {
        _last = now > _last ? now : _last;
        _post.Output = output;
        return _last;
    }

    /// <summary>Hands on what the channel has delivered, and the events, in their order.</summary>
    private void Finish(Output<GroupEvent> output)
    {
        TakeDeliveries();
        if (_heldBack is not null)
        {
            return;
        }

        foreach (var happened in _events)
        {
            output.Emit(happened);
        }

        _events.Clear();
    }

    private void Work(TimeSpan now)
    {
        switch (_state)
        {
            case MemberState.Joining:
                SeeToJoin(now);
                break;
            case MemberState.In:
                SeeToLeave(now);
                SeeToAgreement(now);
                if (_state == MemberState.In)
                {
                    DropPrevious();
                    SeeToState(now);
                    SendQueued(now);
                }

                break;
        }
    }

    private void SendQueued(TimeSpan now)
    {
        while (_queue.Count > 0 && _channel!.HasRoom)
        {
            var (payload, isSafe) = _queue.Dequeue();
            _channel.Send(payload, isSafe, now);
        }
    }
}
