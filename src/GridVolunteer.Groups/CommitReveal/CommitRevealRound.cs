using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.CommitReveal;

/// <summary>
/// One round of commit, then reveal, at one member of a group: everybody commits to a result, one ordered
/// CLOSE that every member is known to have lists the commitments, and only then does anybody show what is
/// behind them. So nobody can copy: when the first digest is visible, no commitment can be added or changed
/// any more. It stops copying, not collusion. <para> Invariants: a member reveals only after the CLOSE was
/// delivered to it, and only if its own commitment is on the list as it made it; the first well-formed CLOSE
/// in the group's order counts; what a member reveals counts only if it opens the commitment listed for that
/// very member; each member ends revealed or void, once. </para> Memory: one commitment and one opening for
/// each member. One caller at a time.
/// </summary>
public sealed partial class CommitRevealRound
{
    /// <summary>Most members of a round.</summary>
    public const int MembersMax = 64;

    private const byte Version = 1;

    private readonly Bytes32 _subject;
    private readonly ProcessId _self;
    private readonly ProcessId _closer;
    private readonly HashSet<ProcessId> _members;
    private readonly CommitRevealOptions _options;
    private readonly WireWriter _writer = new();
    private readonly Dictionary<ProcessId, Bytes32> _commitments = [];
    private readonly Dictionary<ProcessId, Opening> _early = [];
    private readonly Dictionary<ProcessId, Bytes32> _listed = [];
    private Opening? _own;
    private bool _hasSaidClose;

    /// <summary>Opens a round.</summary>
    /// <param name="subject">What is committed to; the same at all members and for no other round.</param>
    /// <param name="self">The own process.</param>
    /// <param name="closer">The member that closes the round.</param>
    /// <param name="members">All members, <paramref name="self"/> and <paramref name="closer"/>
    /// included.</param>
    /// <param name="options">How long it waits.</param>
    /// <exception cref="ArgumentException">There are too many members, or one is missing; or the options have
    /// faults.</exception>
    public CommitRevealRound(
        Bytes32 subject,
        ProcessId self,
        ProcessId closer,
        IReadOnlyCollection<ProcessId> members,
        CommitRevealOptions options)
    {
        _members = [.. members];
        if (_members.Count > MembersMax || !_members.Contains(self) || !_members.Contains(closer))
        {
            throw new ArgumentException(
                $"A round has at most {MembersMax} members, the own process and the closer among them.",
                nameof(members));
        }

        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _subject = subject;
        _self = self;
        _closer = closer;
        _options = options;
    }

    /// <summary>Where the round stands.</summary>
    public RoundState State { get; private set; }

    /// <summary>
    /// When <see cref="Tick"/> wants to be called; <see cref="TimeSpan.MaxValue"/> for never.
    /// </summary>
    public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Messages refused so far.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>Members whose commitments are known here.</summary>
    public int Committed => _commitments.Count;

    /// <summary>
    /// The subject of a message of any round, so that a host finds the round it belongs to.
    /// </summary>
    public static bool TryReadSubject(ReadOnlySpan<byte> message, out Bytes32 subject)
    {
        var reader = new WireReader(message);
        var isMessage = reader.TryReadMessage(out var kind, out _, out var body);
        subject = Bytes32.Read(ref body);
        return isMessage && !body.Failed && Enum.IsDefined((CommitRevealKind)kind);
    }

    /// <summary>
    /// Commits the own process, once. After the CLOSE, or after giving up, it is too late and nothing is
    /// said.
    /// </summary>
    /// <exception cref="InvalidOperationException">The process has committed already.</exception>
    public void Commit(Opening opening, Output<CommitRevealEvent> output)
    {
        if (_own is not null)
        {
            throw new InvalidOperationException("A process commits once in a round.");
        }

        if (State != RoundState.Open)
        {
            return;
        }

        _own = opening;
        var mark = Begin(CommitRevealKind.Commit);
        Commitment.Of(_subject, _self, opening).Write(_writer);
        Say(mark, orderedAndSafe: false, output);
    }

    /// <summary>
    /// The work of the others should be done about now: from here on the CLOSE is waited for, but no longer
    /// than the options say.
    /// </summary>
    public void ExpectClose(TimeSpan now)
    {
        if (State == RoundState.Open && Due == TimeSpan.MaxValue)
        {
            Due = now + _options.ClosePatience;
        }
    }

    /// <summary>
    /// Closes the round with the commitments known here; for the closer, once. It does so by itself when all
    /// members have committed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The process is not the closer.</exception>
    public void Close(Output<CommitRevealEvent> output)
    {
        if (_self != _closer)
        {
            throw new InvalidOperationException("Only the closer closes a round.");
        }

        if (_hasSaidClose || State != RoundState.Open)
        {
            return;
        }

        _hasSaidClose = true;
        var mark = Begin(CommitRevealKind.Close);
        _writer.WriteCount(_commitments.Count);
        foreach (var (process, commitment) in _commitments.OrderBy(c => c.Key))
        {
            _writer.WriteProcess(process);
            commitment.Write(_writer);
        }

        Say(mark, orderedAndSafe: true, output);
    }

    /// <summary>Does what has become due.</summary>
    public void Tick(TimeSpan now, Output<CommitRevealEvent> output)
    {
        if (now < Due)
        {
            return;
        }

        if (State == RoundState.Open)
        {
            State = RoundState.Abandoned;
            Due = TimeSpan.MaxValue;
            output.Emit(new CommitRevealEvent.Abandoned());
            return;
        }

        foreach (var process in _listed.Keys.Order().ToArray())
        {
            Void(process, VoidReason.NotRevealed, output);
        }

        SettleWhenDone(output);
    }

    private int Begin(CommitRevealKind kind)
    {
        _writer.Clear();
        var mark = _writer.BeginMessage((byte)kind, Version);
        _subject.Write(_writer);
        return mark;
    }

    private void Say(int mark, bool orderedAndSafe, Output<CommitRevealEvent> output)
    {
        _writer.End(mark);
        output.Emit(new CommitRevealEvent.Say(_writer.Written.ToArray(), orderedAndSafe));
    }
}
