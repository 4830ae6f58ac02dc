using System.Buffers.Binary;
using GridVolunteer.Groups;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;
using GridVolunteer.Simulation.Groups;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Register;

/// <summary>
/// A host as small as can be: a register and memberships in the groups it wants. One that is excluded asks for the
/// name again; one that has been stuck for long gives its group up, and asks again.
/// </summary>
internal sealed class RegisterProgram : ISimulatedProgram
{
    private static readonly TimeSpan TriesAgainAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromSeconds(25);

    private readonly RegisterWorld _world;
    private readonly MessageSender _sender;
    private readonly Output<RegisterEvent> _registered = new();
    private readonly Output<GroupEvent> _grouped = new();
    private readonly Dictionary<GroupId, Membership> _memberships = [];
    private readonly Queue<GroupMember> _former = new();
    private readonly Dictionary<string, GroupEntry> _wants;
    private readonly HashSet<ProcessId> _failed = [];
    private readonly MemberLife _self;
    private ulong _joins;
    private int _sent;
    private TimeSpan _triesAt;

    public RegisterProgram(RegisterWorld world, Machine machine, GroupEntry[] wants)
    {
        _world = world;
        Machine = machine;
        _sender = new MessageSender(world.Network, machine);
        _wants = wants.ToDictionary(w => w.Name);
        _self = new MemberLife(SimulatedIds.Of(machine.Number), (ulong)machine.Boots);
        Register = new GroupRegister(_self, world.Options, new Random(world.Simulator.Random.Next()), world.Flaw);
        for (var n = 0; n < world.Size; n++)
        {
            Register.Know(new GroupContact(SimulatedIds.Of(n), new byte[] { (byte)n }));
        }

        if (world.HasServer)
        {
            Register.UseServer(new GroupContact(SimulatedIds.Of(world.Size), new byte[] { 99 }));
        }
    }

    public Machine Machine { get; }

    public GroupRegister Register { get; }

    public IReadOnlyDictionary<GroupId, Membership> Memberships => _memberships;

    /// <summary>The names it still wants to be in.</summary>
    public IReadOnlyDictionary<string, GroupEntry> Wants => _wants;

    public TimeSpan Due => _memberships.Values.Select(m => m.Member.Due).Append(Register.Due).Append(_triesAt).Min();

    /// <summary>Sends to a group it is in, or posts to one it knows of.</summary>
    public void Talk(GroupEntry to, TimeSpan now)
    {
        var membership = _memberships.Values.FirstOrDefault(m => m.Entry.Name == to.Name);
        var message = new SentMessage(Machine.Number, (ulong)Machine.Boots, ++_sent);
        if (membership is not null)
        {
            var bytes = Register.Wrap(membership.Entry.Id, message.ToBytes(1));
            membership.Member.TrySend(bytes, isSafe: false, now, _grouped);
            Flush(membership, now);
        }
        else if (_world.Running.SelectMany(p => p.Memberships.Values)
            .FirstOrDefault(m => m.Entry.Name == to.Name && m.Member.View is not null) is { } others)
        {
            // What a list would have said.
            var members = others.Member.View!.Ids.Select(id => new GroupContact(id, default)).ToArray();
            Register.Post(others.Entry with { Members = members }, message.ToBytes(2), now, _registered);
            Flush(now);
        }
    }

    public void Mark(int machine, bool isFailed, TimeSpan now)
    {
        var id = SimulatedIds.Of(machine);
        _ = isFailed ? _failed.Add(id) : _failed.Remove(id);
        if (isFailed)
        {
            Register.MarkFailed(id);
        }
        else
        {
            Register.MarkAlive(id);
        }

        foreach (var membership in _memberships.Values.ToArray())
        {
            Mark(membership, id, isFailed, now);
        }
    }

    public void MarkRestarted(int machine, TimeSpan now)
    {
        var firstLife = (ulong)_world.Network.Machines[machine].Boots * GroupProgram.LivesPerBoot;
        Mark(machine, isFailed: false, now);
        foreach (var membership in _memberships.Values.ToArray())
        {
            membership.Member.MarkRestarted(SimulatedIds.Of(machine), firstLife, now, _grouped);
            Flush(membership, now);
        }
    }

    public void Dissolve(string name, TimeSpan now)
    {
        if (_memberships.Values.FirstOrDefault(m => m.Entry.Name == name) is { } membership)
        {
            Register.Dissolve(membership.Entry.Id, now, _registered);
            Flush(now);
        }
    }

    public void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (!_sender.TryOpen(from, bytes, out var frame))
        {
            return;
        }

        if ((frame[0] & 0xf0) == (byte)MessageFamily.Register)
        {
            Register.Receive(SimulatedIds.Of(from), frame, now, _registered);
            Flush(now);
            return;
        }

        foreach (var former in _former)
        {
            former.Receive(SimulatedIds.Of(from), frame, now, _grouped);
            _sender.Send(_grouped);
            _grouped.Clear();
        }

        foreach (var membership in _memberships.Values.ToArray())
        {
            membership.Member.Receive(SimulatedIds.Of(from), frame, now, _grouped);
            Flush(membership, now);
        }
    }

    public void Tick(TimeSpan now)
    {
        if (now >= _triesAt)
        {
            _triesAt = now + TriesAgainAfter;
            SeeToWants(now);
        }

        Register.Tick(now, _registered);
        Flush(now);
        foreach (var membership in _memberships.Values.ToArray())
        {
            membership.Member.Tick(now, _grouped);
            Flush(membership, now);
        }
    }

    public void SendFailed(int to, TimeSpan now)
    {
        // The detector would look into it.
    }

    private void SeeToWants(TimeSpan now)
    {
        foreach (var membership in _memberships.Values.Where(m => now > m.StalledAt + GivesUpAfter).ToArray())
        {
            GoOut(membership, now);
        }

        foreach (var want in _wants.Values)
        {
            if (!_memberships.Values.Any(m => m.Entry.Name == want.Name))
            {
                Register.Open(want.Name, want.Kind, want.Rule, now, _registered);
                Flush(now);
            }
        }
    }

    private void Mark(Membership membership, ProcessId id, bool isFailed, TimeSpan now)
    {
        if (isFailed)
        {
            membership.Member.MarkFailed(id, now, _grouped);
        }
        else
        {
            membership.Member.MarkAlive(id, now, _grouped);
        }

        Flush(membership, now);
    }

    private void Flush(TimeSpan now)
    {
        while (!_registered.IsEmpty)
        {
            _sender.Send(_registered);
            var events = _registered.Events.ToArray();
            _registered.Clear();
            foreach (var happened in events.TakeWhile(_ => Machine.IsUp))
            {
                Handle(happened, now);
            }
        }
    }

    private void Handle(RegisterEvent happened, TimeSpan now)
    {
        switch (happened)
        {
            case RegisterEvent.Found found:
                Enter(found.Entry, now);
                break;
            case RegisterEvent.Vacant vacant:
                Enter(vacant.Entry, now);
                break;
            case RegisterEvent.Superseded superseded when _memberships.TryGetValue(superseded.Group, out var old):
                GoOut(old, now);
                Enter(superseded.By, now);
                break;
            case RegisterEvent.Dissolved dissolved when _memberships.TryGetValue(dissolved.Group, out var ended):
                _wants.Remove(ended.Entry.Name);
                _world.End(this, dissolved.Group);
                GoOut(ended, now);
                break;
            case RegisterEvent.Posted posted when _memberships.TryGetValue(posted.Group, out var membership):
                membership.Member.TrySend(posted.Message, isSafe: false, now, _grouped);
                Flush(membership, now);
                break;
        }
    }

    /// <summary>Makes a group, or joins it when it has members.</summary>
    private void Enter(GroupEntry entry, TimeSpan now)
    {
        if (!_wants.ContainsKey(entry.Name) || _memberships.Values.Any(m => m.Entry.Name == entry.Name))
        {
            return;
        }

        var life = ((ulong)Machine.Boots * GroupProgram.LivesPerBoot) + (_joins++ * 1_000) + 1;
        var member = new GroupMember(
            entry.Id,
            _self.Id,
            life,
            new() { TransfersState = true, Rule = entry.Rule },
            entry.Server,
            new Random(_world.Simulator.Random.Next()));
        var membership = new Membership(entry, member) { HasHistory = entry.Members.Count == 0 };
        _memberships.Add(entry.Id, membership);
        Register.Entered(entry);
        foreach (var id in _failed)
        {
            Mark(membership, id, isFailed: true, now);
        }

        if (entry.Members.Count == 0)
        {
            member.Create(now, _grouped);
        }
        else
        {
            member.Join([.. entry.Members.Select(m => m.Id)], now, _grouped);
        }

        Flush(membership, now);
    }

    private void GoOut(Membership membership, TimeSpan now)
    {
        _memberships.Remove(membership.Entry.Id);
        Register.Exited(membership.Entry.Id);
        membership.Member.Dissolve(now, _grouped);
        _sender.Send(_grouped);
        _grouped.Clear();
        _former.Enqueue(membership.Member);
        if (_former.Count > 3)
        {
            _former.Dequeue();
        }
    }

    private void Flush(Membership membership, TimeSpan now)
    {
        while (!_grouped.IsEmpty)
        {
            _sender.Send(_grouped);
            var events = _grouped.Events.ToArray();
            _grouped.Clear();
            foreach (var happened in events.TakeWhile(_ => Machine.IsUp))
            {
                Handle(membership, happened, now);
            }
        }
    }

    private void Handle(Membership membership, GroupEvent happened, TimeSpan now)
    {
        var group = membership.Entry.Id;
        switch (happened)
        {
            case GroupEvent.Delivered delivered
                when Register.TryUnwrap(group, delivered.Payload, out var opened):
                membership.History += SentMessage.Of(opened.Payload.Span).Hash();
                _world.Deliver(this, group, opened);
                break;
            case GroupEvent.ViewInstalled installed:
                if (installed.State is { } state)
                {
                    membership.History = BinaryPrimitives.ReadUInt64LittleEndian(
                        Register.UnwrapState(group, state).Span);
                    membership.HasHistory = true;
                }

                membership.StalledAt = null;
                Register.Installed(group, installed.View);
                break;
            case GroupEvent.StateWanted wanted:
                var bytes = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, membership.History);
                membership.Member.ProvideState(wanted.View, Register.WrapState(group, bytes), now, _grouped);
                break;
            case GroupEvent.Stalled:
                membership.StalledAt = now;
                break;
        }

        _world.Observe(this, group, happened);
        if (happened is GroupEvent.Excluded && _memberships.GetValueOrDefault(group) == membership)
        {
            GoOut(membership, now);
            SeeToWants(now);
        }
    }
}
