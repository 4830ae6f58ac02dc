using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Tests.Views;

/// <summary>
/// Memberships that are driven by hand: messages pass at once, or are dropped by a test; the clock is turned on to
/// whatever is due next.
/// </summary>
internal sealed class TwoMembers
{
    public static readonly ProcessId A = new(1);
    public static readonly ProcessId B = new(2);

    private readonly Dictionary<ProcessId, GroupMember> _members = [];
    private readonly Dictionary<ProcessId, Output<GroupEvent>> _outputs = [];

    private readonly ViewWitness? _witness;

    public TwoMembers(GroupOptions? options = null, MemberLife? witness = null)
    {
        if (witness is { } votes)
        {
            Witness = votes;
            _witness = new ViewWitness(votes);
            _witness.Serve(new GroupId(7));
            _outputs[votes.Id] = new Output<GroupEvent>();
            Events[votes.Id] = [];
        }

        foreach (var id in new[] { A, B })
        {
            _members[id] = new GroupMember(new GroupId(7), id, 100, options ?? new(), witness, new Random((int)id.Value));
            _outputs[id] = new Output<GroupEvent>();
            Events[id] = [];
        }

        Do(A, (m, o) => m.Create(Now, o));
        Do(B, (m, o) => m.Join([A], Now, o));
        Run(TimeSpan.FromSeconds(1));
    }

    public MemberLife Witness { get; }

    public TimeSpan Now { get; private set; }

    public Dictionary<ProcessId, List<GroupEvent>> Events { get; } = [];

    /// <summary>Says which messages are lost.</summary>
    public Func<ProcessId, GroupMessage, bool> IsLost { get; set; } = (_, _) => false;

    /// <summary>True while the two do not reach each other; both reach the witness.</summary>
    public bool AreCut { get; set; }

    public GroupMember this[ProcessId id] => _members[id];

    public IEnumerable<byte> Delivered(ProcessId id) =>
        Events[id].OfType<GroupEvent.Delivered>().Select(d => d.Payload.Span[0]);

    public void Do(ProcessId id, Action<GroupMember, Output<GroupEvent>> action)
    {
        action(_members[id], _outputs[id]);
        Pass();
    }

    /// <summary>Has the witness speak as the coordinator.</summary>
    public void Govern(ulong number, ProcessId[] letIn, params ProcessId[] putOut)
    {
        _witness!.Govern(new CoordinatorWord(new GroupId(7), number, letIn, putOut), [A, B], _outputs[Witness.Id]);
        Pass();
    }

    public void Send(ProcessId id, byte value, bool isSafe = false) =>
        Do(id, (m, o) => Assert.True(m.TrySend(new[] { value }, isSafe, Now, o)));

    public void Run(TimeSpan duration)
    {
        var end = Now + duration;
        while (_members.Values.Min(m => m.Due) is var due && due <= end)
        {
            Now = due > Now ? due : Now;
            foreach (var id in _members.Keys)
            {
                if (_members[id].Due <= Now)
                {
                    _members[id].Tick(Now, _outputs[id]);
                }
            }

            Pass();
        }

        Now = end;
    }

    private void Pass()
    {
        for (var isBusy = true; isBusy;)
        {
            isBusy = false;
            foreach (var (from, output) in _outputs)
            {
                var messages = output.Messages.Select(m => (m.To, Bytes: output.BytesOf(m).ToArray())).ToArray();
                Events[from].AddRange(output.Events);
                output.Clear();
                foreach (var (to, bytes) in messages)
                {
                    if (_members.TryGetValue(to, out var member))
                    {
                        if (IsLost(from, (GroupMessage)bytes[0]) || (AreCut && _members.ContainsKey(from)))
                        {
                            continue;
                        }

                        member.Receive(from, bytes, Now, _outputs[to]);
                        isBusy = true;
                    }
                    else if (_witness is not null)
                    {
                        _witness.Receive(from, bytes, Now, _outputs[to]);
                        isBusy = true;
                    }
                }
            }
        }
    }
}
