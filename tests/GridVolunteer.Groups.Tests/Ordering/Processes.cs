using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Tests.Ordering;

/// <summary>
/// Processes that are driven by hand: messages pass at once, or are dropped by a test; the clock is turned on to
/// whatever is due next.
/// </summary>
internal sealed class Processes
{
    private readonly OrderedGroups[] _processes;
    private readonly Output<OrderedEvent>[] _outputs;

    public Processes(int count, OrderingOptions? options = null, OrderFlaw flaw = OrderFlaw.None)
    {
        _processes = [.. Enumerable.Range(0, count).Select(n => new OrderedGroups(Id(n), options ?? new(), new Random(n), flaw))];
        _outputs = [.. Enumerable.Range(0, count).Select(_ => new Output<OrderedEvent>())];
        Events = [.. Enumerable.Range(0, count).Select(_ => new List<OrderedEvent>())];
    }

    public TimeSpan Now { get; private set; }

    public List<OrderedEvent>[] Events { get; }

    /// <summary>Says which messages are lost: from, to, bytes.</summary>
    public Func<int, int, byte[], bool> IsLost { get; set; } = (_, _, _) => false;

    public OrderedGroups this[int n] => _processes[n];

    public static ProcessId Id(int n) => new((UInt128)(n + 1));

    public IEnumerable<byte> Delivered(int n, GroupId group) => Events[n].OfType<OrderedEvent.Message>()
        .Where(m => m.Group == group).Select(m => m.Payload.Span[0]);

    public void Form(GroupId group, params int[] members)
    {
        Do(members[0], (p, o) => p.Create(group, 1_000, new GroupOptions(), witness: null, Now, o));
        foreach (var n in members[1..])
        {
            Do(n, (p, o) => p.Join(group, 1_000, [Id(members[0])], new GroupOptions(), Now, o));
        }

        Run(TimeSpan.FromSeconds(3));
        Assert.All(members, n => Assert.Equal(members.Length, _processes[n].ViewOf(group)?.Members.Count));
    }

    public void Do(int n, Action<OrderedGroups, Output<OrderedEvent>> action)
    {
        action(_processes[n], _outputs[n]);
        Pass();
    }

    public void Send(int n, GroupId group, byte value, Delivery delivery) => Send(n, [group], value, delivery);

    public void Send(int n, GroupId[] groups, byte value, Delivery delivery) =>
        Do(n, (p, o) => Assert.True(p.TrySend(groups, new[] { value }, delivery, Now, o)));

    /// <summary>The place of a message in the one order; null when it was not told.</summary>
    public OrderStamp? PlaceOf(int n, GroupId group, byte value) => Events[n].OfType<OrderedEvent.Message>()
        .FirstOrDefault(m => m.Group == group && m.Payload.Span[0] == value)?.Order;

    public void Run(TimeSpan duration)
    {
        var end = Now + duration;
        while (_processes.Min(p => p.Due) is var due && due <= end)
        {
            Now = due > Now ? due : Now;
            for (var n = 0; n < _processes.Length; n++)
            {
                if (_processes[n].Due <= Now)
                {
                    _processes[n].Tick(Now, _outputs[n]);
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
            for (var from = 0; from < _outputs.Length; from++)
            {
                var output = _outputs[from];
                var messages = output.Messages.Select(m => (m.To, Bytes: output.BytesOf(m).ToArray())).ToArray();
                Events[from].AddRange(output.Events);
                output.Clear();
                foreach (var (id, bytes) in messages)
                {
                    var to = (int)id.Value - 1;
                    if (!IsLost(from, to, bytes))
                    {
                        _processes[to].Receive(Id(from), bytes, Now, _outputs[to]);
                        isBusy = true;
                    }
                }
            }
        }
    }
}
