using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <summary>
/// Keeps the register of groups for all who name it as their server, votes along in their tiny and even views
/// (<see cref="ViewWitness"/>), and is the coordinator of the hierarchical ones: it lets in, puts out, dissolves. It
/// keeps nothing over a restart: members tell it what there is. While it is away groups go on without it.
/// <para>
/// It takes in messages of the families Register and Views, of groups that its process is no member of.
/// </para>
/// </summary>
public sealed partial class GroupServer : IProtocol<RegisterEvent>
{
    private readonly MemberLife _self;
    private readonly RegisterOptions _options;
    private readonly Random _random;
    private readonly Func<ProcessId, string, bool> _mayJoin;
    private readonly RegisterPost _post;
    private readonly ViewWitness _witness;
    private readonly Output<GroupEvent> _votes = new();
    private readonly SortedDictionary<string, ServedGroup> _groups = new(StringComparer.Ordinal);
    private readonly Tombstones _ended;
    private TimeSpan _last;
    private TimeSpan? _learnsUntil;
    private TimeSpan _speaksAt;
    private ulong _words;

    /// <summary>Makes a server that knows no groups.</summary>
    /// <param name="self">This process and its life: greater at each start.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="random">Randomness, from a seed of the host's; ids of groups come from it.</param>
    /// <param name="mayJoin">
    /// Whether a process may be in the group of that name; everybody may, when it is null.
    /// </param>
    /// <exception cref="ArgumentException">The options are out of their ranges.</exception>
    public GroupServer(
        MemberLife self, RegisterOptions options, Random random, Func<ProcessId, string, bool>? mayJoin = null)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _self = self;
        _options = options;
        _random = random;
        _mayJoin = mayJoin ?? ((_, _) => true);
        _post = new RegisterPost(self.Life);
        _witness = new ViewWitness(self);
        _ended = new Tombstones(options);
    }

    /// <summary>Messages that were refused.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>Messages about votes that were refused.</summary>
    public Refusals VoteRefusals => _witness.Refusals;

    /// <summary>The groups, by name.</summary>
    public IEnumerable<GroupEntry> Groups => _groups.Values.Select(g => g.Entry);

    /// <inheritdoc/>
    public TimeSpan Due => _ended.Due < _speaksAt ? _ended.Due : _speaksAt;

    /// <summary>
    /// Dissolves a group: all members that are known are told until they know. False when there is none of that name.
    /// </summary>
    public bool Dissolve(string name, TimeSpan now, Output<RegisterEvent> output)
    {
        if (!_groups.Remove(name, out var group))
        {
            return false;
        }

        now = Advance(now);
        _ended.Add(group.Entry.Id, group.Entry.Members.Select(m => m.Id), now);
        Work(now, output);
        return true;
    }

    /// <summary>
    /// Puts a process out of a group for good; in a hierarchical one the members are told. False when there is no
    /// group of that name, or it is out already.
    /// </summary>
    public bool PutOut(string name, ProcessId id, TimeSpan now, Output<RegisterEvent> output)
    {
        if (!_groups.TryGetValue(name, out var group) || !group.Expel(id))
        {
            return false;
        }

        Advance(now);
        Speak(group, output);
        return true;
    }

    /// <summary>Takes back that a process was put out: it may ask again.</summary>
    public bool Pardon(string name, ProcessId id) =>
        _groups.TryGetValue(name, out var group) && group.PutOut.Remove(id);

    /// <inheritdoc/>
    public void Tick(TimeSpan now, Output<RegisterEvent> output) => Work(Advance(now), output);

    private TimeSpan Advance(TimeSpan now)
    {
        _last = now > _last ? now : _last;
        _learnsUntil ??= _last + _options.LearnTime;
        return _last;
    }

    private void Work(TimeSpan now, Output<RegisterEvent> output)
    {
        _ended.Tick(now, _post, output);
        if (now < _speaksAt)
        {
            return;
        }

        _speaksAt = now + (_options.AnnounceInterval / 2);
        foreach (var (name, group) in _groups.ToArray())
        {
            if (now >= group.HeardAt + _options.EntryLasts)
            {
                // Its vote is kept: those who are silent may still be there.
                _groups.Remove(name);
            }
            else
            {
                Speak(group, output);
            }
        }
    }

    /// <summary>Tells members who may be in the group, and in which life this process votes.</summary>
    private void Speak(ServedGroup group, Output<RegisterEvent> output)
    {
        _witness.Govern(group.Word(++_words), [.. group.Entry.Members.Select(m => m.Id)], _votes);
        PassOnVotes(output);
    }

    private void PassOnVotes(Output<RegisterEvent> output)
    {
        foreach (var vote in _votes.Messages)
        {
            output.Send(vote.To, vote.Carrier, _votes.BytesOf(vote));
        }

        _votes.Clear();
    }

    private GroupId DrawId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new GroupId(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }
}
