using System.Buffers.Binary;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>
/// Runs all groups of one machine. One that is excluded from a group joins again in a new life. Its state of a group
/// is a number for what was delivered there, which those who join take over.
/// </summary>
internal sealed class OrderProgram : ISimulatedProgram
{
    private const ulong LivesPerBoot = 1 << 16;

    private readonly Output<OrderedEvent> _output = new();
    private readonly OrderWorld _world;
    private readonly MessageSender _sender;
    private readonly bool _creates;
    private readonly Dictionary<int, Membership> _memberships = [];
    private readonly HashSet<int> _left = [];
    private readonly CausalHistory _history = new();
    private ulong _joins;
    private bool _hasBegun;

    public OrderProgram(OrderWorld world, Machine machine, bool creates)
    {
        _world = world;
        Machine = machine;
        Boots = machine.Boots;
        _sender = new MessageSender(world.Network, machine);
        _creates = creates;
        Ordered = new OrderedGroups(
            SimulatedIds.Of(machine.Number), world.Ordering, new Random(world.Simulator.Random.Next()), world.Flaw)
        {
            JointGivenUp = m => world.GivenUp.Add(OrderMessage.IndexOf(m.Payload.Span)),
        };
    }

    public Machine Machine { get; }

    public int Boots { get; }

    public OrderedGroups Ordered { get; }

    public TimeSpan Due => _hasBegun ? Ordered.Due : TimeSpan.Zero;

    /// <summary>The groups this machine is to be in, and has not left.</summary>
    public IEnumerable<int> Wanted => Enumerable.Range(0, _world.Groups.Length)
        .Where(g => _world.Groups[g].Contains(Machine.Number) && !_left.Contains(g) && !_world.Dissolved.Contains(g));

    public Membership? In(int group) => _memberships.GetValueOrDefault(group);

    public View? AgreedView(int group) => Ordered.AgreedViewOf(OrderWorld.Id(group));

    /// <summary>The life this machine is, or wants to be, in a group with; 0 when in none.</summary>
    public ulong LifeIn(int group) => Ordered.MemberOf(OrderWorld.Id(group))?.Life ?? 0;

    public void Send(int group, Delivery delivery, int padding, TimeSpan now) => Send([group], delivery, padding, now);

    public void Send(int[] groups, Delivery delivery, int padding, TimeSpan now)
    {
        if (delivery.Level() == Delivery.GlobalTime && Ordered.Time is null)
        {
            return;
        }

        if (!_hasBegun
            || groups.Any(g => Ordered.ViewOf(OrderWorld.Id(g)) is null || !_memberships.ContainsKey(g)))
        {
            return;
        }

        var membership = _memberships[groups[0]];
        var sent = new OrderMessage(
            _world.Sent.Count, membership.Member, (Machine.Number, Boots), membership.Group, delivery, _world.Simulator.Now)
        {
            Follows = delivery.Level() == Delivery.Causal ? _history.Copy() : [],
            StampBefore = _history.Stamp,
            Copies = [.. groups.Select(g => (OrderWorld.Id(g), _memberships[g].Member))],
        };
        if (Ordered.TrySend([.. groups.Select(OrderWorld.Id)], sent.ToBytes(padding), delivery, now, _output))
        {
            _world.Note(sent);
            if (delivery.Level() == Delivery.Causal)
            {
                _history.Add(sent);
                // It may wait for a later view.
                membership.Causal.Add((sent.Index, ulong.MaxValue));
            }
        }

        Flush(now);
    }

    public void Mark(int machine, bool isFailed, TimeSpan now)
    {
        if (isFailed)
        {
            Ordered.MarkFailed(SimulatedIds.Of(machine), now, _output);
        }
        else
        {
            Ordered.MarkAlive(SimulatedIds.Of(machine), now, _output);
        }

        Flush(now);
    }

    public void Leave(int group, TimeSpan now)
    {
        if (_memberships.ContainsKey(group) && _left.Add(group))
        {
            Ordered.Leave(OrderWorld.Id(group), now, _output);
            Flush(now);
        }
    }

    public void JoinAgain(int group, TimeSpan now)
    {
        if (_left.Contains(group) && !_memberships.ContainsKey(group))
        {
            _left.Remove(group);
            Join(group, now);
            Flush(now);
        }
    }

    public void Dissolve(int group, TimeSpan now)
    {
        Ordered.Dissolve(OrderWorld.Id(group), now, _output);
        Flush(now);
    }

    public void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (_sender.TryOpen(from, bytes, out var frame))
        {
            Ordered.Receive(SimulatedIds.Of(from), frame, now, _output);
            Flush(now);
        }
    }

    public void Tick(TimeSpan now)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            if (_world.HasTime)
            {
                Ordered.FollowTime(SimulatedIds.Of(_world.Size), now);
            }

            foreach (var group in Wanted.ToArray())
            {
                if (_creates && _world.Groups[group][0] == Machine.Number)
                {
                    Ordered.Create(OrderWorld.Id(group), NextLife(), _world.Options, witness: null, now, _output);
                }
                else
                {
                    Join(group, now);
                }
            }
        }

        Ordered.Tick(now, _output);
        Flush(now);
    }

    public void SendFailed(int to, TimeSpan now)
    {
        // Nothing here; the detector would look into it.
    }

    /// <summary>The machine crashes.</summary>
    public void End()
    {
        foreach (var group in _memberships.Keys.ToArray())
        {
            End(group, isCut: false);
        }
    }

    private ulong NextLife() => ((ulong)Boots * LivesPerBoot) + (_joins++ * 1_000) + 1;

    private void Join(int group, TimeSpan now) => Ordered.Join(
        OrderWorld.Id(group),
        NextLife(),
        [.. _world.Groups[group].Where(m => m != Machine.Number).Select(SimulatedIds.Of)],
        _world.Options,
        now,
        _output);

    private void End(int group, bool isCut)
    {
        if (_memberships.Remove(group, out var ended))
        {
            ended.Agreed = Math.Max(ended.Agreed, Ordered.AgreedViewOf(OrderWorld.Id(group))?.Number ?? 0);
            ended.HasEnded = true;
            _world.Severed.UnionWith(
                ended.Causal.Where(c => isCut && c.Agreed >= ended.Agreed - Math.Min(1, ended.Agreed)).Select(c => c.Index));
        }
    }

    private void Flush(TimeSpan now)
    {
        while (!_output.IsEmpty)
        {
            _sender.Send(_output);
            var events = _output.Events.ToArray();
            _output.Clear();
            foreach (var happened in events)
            {
                if (Machine.IsUp && Machine.Boots == Boots)
                {
                    Handle(happened, now);
                }
            }
        }
    }

    private void Handle(OrderedEvent happened, TimeSpan now)
    {
        var group = OrderWorld.NumberOf(happened.Group);
        switch (happened)
        {
            case OrderedEvent.ViewInstalled installed:
                Begin(group, installed);
                break;
            case OrderedEvent.Message message:
                var sent = _world.Sent[OrderMessage.IndexOf(message.Payload.Span)];
                _memberships[group].History = Fold(_memberships[group].History, sent);
                Observe(group, happened);
                _history.Deliver(message, sent);
                if (sent.Delivery.Level() == Delivery.Causal)
                {
                    _memberships[group].Causal.RemoveAll(c => c.Index == sent.Index);
                    _memberships[group].Causal.Add((sent.Index, AgreedView(group)?.Number ?? 0));
                }

                break;
            case OrderedEvent.StateWanted wanted:
                var bytes = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, _memberships[group].History);
                Ordered.ProvideState(wanted.Group, wanted.View, bytes, now, _output);
                break;
            case OrderedEvent.Excluded:
                End(group, isCut: true);
                if (!_left.Contains(group))
                {
                    Join(group, now);
                }

                break;
            case OrderedEvent.Left or OrderedEvent.Dissolved:
                End(group, isCut: true);
                break;
        }
    }

    private void Begin(int group, OrderedEvent.ViewInstalled installed)
    {
        if (!_memberships.TryGetValue(group, out var membership))
        {
            var member = Ordered.MemberOf(installed.Group)!.Value;
            membership = new Membership(installed.Group, member, (Machine.Number, Boots));
            _memberships[group] = membership;
            _world.Memberships.Add(membership);
            membership.IsBlank = installed.State is null && installed.View.Number > 1;
            membership.History = installed.State is { } state
                ? BinaryPrimitives.ReadUInt64LittleEndian(state.Span)
                : 0;
        }

        Observe(group, installed);
        membership.View = installed.View;
    }

    private void Observe(int group, OrderedEvent happened)
    {
        var membership = _memberships[group];
        membership.Agreed = Math.Max(membership.Agreed, AgreedView(group)?.Number ?? 0);
        _world.Observe(membership, happened);
    }

    /// <summary>What is in total order counts in that order; of the rest it counts which there were.</summary>
    private static ulong Fold(ulong history, OrderMessage sent)
    {
        var hash = ((ulong)sent.Index + 1) * 0x9E37_79B9_7F4A_7C15;
        hash = (hash ^ (hash >> 31)) * 0xBF58_476D_1CE4_E5B9;
        var (ordered, other) = ((uint)(history >> 32), (uint)history);
        return sent.Delivery.Level() == Delivery.Total
            ? ((ulong)((ordered * 31) + (uint)(hash >> 32)) << 32) | other
            : ((ulong)ordered << 32) | (other + (uint)(hash >> 32));
    }
}
