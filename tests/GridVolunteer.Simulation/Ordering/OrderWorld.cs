using GridVolunteer.Groups;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>
/// Machines in several overlapping groups, the checkers that watch them, and in place of a failure detector one that
/// knows the truth, tells it late, and errs when it is told to.
/// </summary>
internal sealed class OrderWorld
{
    private readonly List<IOrderChecker> _checkers = [];
    private readonly OrderProgram?[] _programs;
    private readonly List<OrderMessage> _sent = [];
    private readonly HashSet<int> _told = [];

    public OrderWorld(int seed, int machines, int[][] groups, GroupOptions options, OrderingOptions ordering, OrderFlaw flaw, bool hasTime)
    {
        Simulator = new Simulator(seed);
        Network = new SimulatedNetwork(Simulator, machines + (hasTime ? 1 : 0));
        HasTime = hasTime;
        Options = options;
        Ordering = ordering;
        Flaw = flaw;
        Size = machines;
        Groups = groups;
        _programs = new OrderProgram?[machines];
        if (hasTime)
        {
            Network.Machines[machines].Start(m => new TimeProgram(this, m));
        }
    }

    /// <summary>What time it is when a run begins.</summary>
    public static DateTimeOffset TimeAtZero { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True when one more machine serves the time.</summary>
    public bool HasTime { get; }

    public Simulator Simulator { get; }

    public SimulatedNetwork Network { get; }

    public GroupOptions Options { get; }

    public OrderingOptions Ordering { get; }

    public OrderFlaw Flaw { get; }

    public int Size { get; }

    /// <summary>Which machines are to be in which group.</summary>
    public int[][] Groups { get; }

    public List<string> Violations { get; } = [];

    /// <summary>All lives in all groups.</summary>
    public List<Membership> Memberships { get; } = [];

    public IReadOnlyList<OrderMessage> Sent => _sent;

    /// <summary>
    /// Causal messages that a process has sent or was told in a group shortly before it was excluded from it or left:
    /// it cannot know what became of them, and whatever it sends elsewhere does not follow them.
    /// </summary>
    public HashSet<int> Severed { get; } = [];

    /// <summary>Joint messages that were dropped in a group since nobody was left who knew what became of them elsewhere.</summary>
    public HashSet<int> GivenUp { get; } = [];

    /// <summary>How many messages were delivered.</summary>
    public long Delivered { get; private set; }

    /// <summary>Groups that have been ended because a majority was gone.</summary>
    public HashSet<int> Dissolved { get; } = [];

    public static GroupId Id(int group) => new((UInt128)(100 + group));

    public static int NumberOf(GroupId group) => (int)(group.Value - 100);

    public OrderProgram? ProgramOf(int machine) => Network.Machines[machine].IsUp ? _programs[machine] : null;

    /// <summary>
    /// True when a joint message may have come to nothing: its sender was excluded from one of its groups, left it or crashed,
    /// and nobody was told it, not even one that is gone; or it was given up.
    /// </summary>
    public bool MayBeVoid(OrderMessage message) =>
        message.IsJoint && (GivenUp.Contains(message.Index)
            || (!_told.Contains(message.Index)
                && message.Copies.Any(c => MembershipOf(c.Group, c.Sender) is not { HasEnded: false })));

    public Membership? MembershipOf(GroupId group, MemberLife member) =>
        Memberships.Find(m => m.Member == member && m.Group == group);

    public void Check(params IEnumerable<IOrderChecker> checkers) => _checkers.AddRange(checkers);

    public void Start(int machine, bool creates)
    {
        var rate = 1 + (0.0002 * (Simulator.Random.NextDouble() - 0.5));
        Network.Machines[machine].Start(m => _programs[machine] = new OrderProgram(this, m, creates), rate);
    }

    public void Crash(int machine)
    {
        if (!Network.Machines[machine].IsUp)
        {
            return;
        }

        var boots = Network.Machines[machine].Boots;
        _programs[machine]!.End();
        _programs[machine] = null;
        Network.Machines[machine].Crash();
        TellAll(machine, isFailed: true, () => Network.Machines[machine] is { IsUp: false } m && m.Boots == boots);
    }

    public void Restart(int machine)
    {
        if (Network.Machines[machine].IsUp)
        {
            return;
        }

        Start(machine, creates: false);
        for (var n = 0; n < Size; n++)
        {
            Tell(n, machine, isFailed: true);
            Tell(n, machine, isFailed: false);
        }
    }

    public void TellAll(int machine, bool isFailed, Func<bool> holds)
    {
        for (var n = 0; n < Size; n++)
        {
            var observer = n;
            Simulator.After(TimeSpan.FromSeconds(0.1 + (2 * Simulator.Random.NextDouble())), () =>
            {
                if (observer != machine && holds())
                {
                    Tell(observer, machine, isFailed);
                }
            });
        }
    }

    public void Tell(int observer, int machine, bool isFailed)
    {
        if (observer != machine && _programs[observer] is { } program)
        {
            Network.Machines[observer].Do(now => program.Mark(machine, isFailed, now));
        }
    }

    public void TellTruth()
    {
        for (var observer = 0; observer < Size; observer++)
        {
            for (var machine = 0; machine < Size; machine++)
            {
                Tell(observer, machine, isFailed: !Network.Machines[machine].IsUp);
            }
        }
    }

    /// <summary>What the register would do: ends groups in which too many have gone for the rest to go on.</summary>
    public void DissolveLost()
    {
        for (var group = 0; group < Groups.Length; group++)
        {
            var number = group;
            if (!Groups[group].Any(m => ProgramOf(m)?.AgreedView(number) is not null))
            {
                Dissolved.Add(number);
            }

            foreach (var machine in Groups[group])
            {
                if (ProgramOf(machine)?.AgreedView(number) is { } view
                    && view.Members.Count(m => ProgramOf(SimulatedIds.MachineOf(m.Id))?.LifeIn(number) == m.Life) < view.Majority)
                {
                    Dissolved.Add(number);
                }
            }

            if (Dissolved.Contains(group))
            {
                foreach (var machine in Groups[group])
                {
                    Network.Machines[machine].Do(now => ProgramOf(machine)?.Dissolve(number, now));
                }
            }
        }
    }

    /// <summary>Makes a message that is about to be sent.</summary>
    public OrderMessage Note(OrderMessage sent)
    {
        _sent.Add(sent);
        foreach (var checker in _checkers)
        {
            checker.Send(sent);
        }

        return sent;
    }

    public void Observe(Membership membership, OrderedEvent happened)
    {
        OrderMessage? message = null;
        if (happened is OrderedEvent.Message delivered)
        {
            Delivered++;
            var index = OrderMessage.IndexOf(delivered.Payload.Span);
            message = _sent[index];
            _told.Add(index);
        }

        Simulator.Trace.Add(membership.Boot.Machine, message?.Index ?? -1, NumberOf(membership.Group));
        foreach (var checker in _checkers)
        {
            checker.Observe(membership, happened, message);
        }
    }

    public void Conclude() => _checkers.ForEach(c => c.Conclude());

    public void Violate(string what) => Violations.Add($"{Simulator.Now.TotalSeconds:F3} s: {what}");
}
