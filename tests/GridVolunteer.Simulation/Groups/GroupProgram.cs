using System.Buffers.Binary;
using GridVolunteer.Groups;
using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Groups;

/// <summary>
/// Runs one membership on a machine. One that is excluded joins again in a new life. Its state is the sum of the
/// hashes of what was delivered, which those who join take over.
/// </summary>
internal sealed class GroupProgram : ISimulatedProgram
{
    public const ulong LivesPerBoot = 1 << 16;

    private readonly Output<GroupEvent> _output = new();
    private readonly GroupWorld _world;
    private readonly MessageSender _sender;
    private readonly bool _creates;
    private readonly Queue<GroupMember> _former = new();
    private readonly Output<MembershipEvent> _detected = new();
    private readonly FailureDetector? _detector;
    private ulong _joins;
    private bool _hasBegun;

    public GroupProgram(GroupWorld world, Machine machine, bool creates)
    {
        _world = world;
        Machine = machine;
        _sender = new MessageSender(world.Network, machine);
        _creates = creates;
        Member = Make();
        _detector = world.HasDetectors ? MakeDetector() : null;
    }

    public Machine Machine { get; }

    public GroupMember Member { get; private set; }

    /// <summary>How many messages this life has sent.</summary>
    public int Sent { get; private set; }

    /// <summary>The sum of the hashes of what was delivered.</summary>
    public ulong History { get; private set; }

    /// <summary>True once it has left for good.</summary>
    public bool HasLeft { get; private set; }

    public TimeSpan Due => !_hasBegun ? TimeSpan.Zero
        : _detector is { } detector && detector.Due < Member.Due ? detector.Due
        : Member.Due;

    public void Send(bool isSafe, int padding, TimeSpan now)
    {
        Begin(now);
        var message = new SentMessage(Machine.Number, Member.Self.Life, Sent + 1);
        if (Member.TrySend(message.ToBytes(padding), isSafe, now, _output))
        {
            Sent++;
        }

        Flush(now);
    }

    public void Mark(int machine, bool isFailed, TimeSpan now)
    {
        if (isFailed)
        {
            Member.MarkFailed(SimulatedIds.Of(machine), now, _output);
        }
        else
        {
            Member.MarkAlive(SimulatedIds.Of(machine), now, _output);
        }

        Flush(now);
    }

    public void Leave(TimeSpan now)
    {
        Member.Leave(now, _output);
        Flush(now);
    }

    public void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (_sender.TryOpen(from, bytes, out var frame))
        {
            if ((frame[0] & 0xf0) == (byte)MessageFamily.Detector)
            {
                _detector?.Receive(SimulatedIds.Of(from), frame, now, _detected);
                Flush(now);
                return;
            }

            foreach (var former in _former)
            {
                // It is out, and may still have what others need.
                former.Receive(SimulatedIds.Of(from), frame, now, _output);
            }

            Member.Receive(SimulatedIds.Of(from), frame, now, _output);
            Flush(now);
        }
    }

    public void Tick(TimeSpan now)
    {
        Begin(now);
        _detector?.Tick(now, _detected);
        Member.Tick(now, _output);
        Flush(now);
    }

    public void SendFailed(int to, TimeSpan now)
    {
        _detector?.SendFailed(SimulatedIds.Of(to), now, _detected);
        Flush(now);
    }

    private void Begin(TimeSpan now)
    {
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = true;
        if (_creates)
        {
            Member.Create(now, _output);
        }
        else
        {
            Member.Join(_world.Ids, now, _output);
        }
    }

    private GroupMember Make()
    {
        var life = ((ulong)Machine.Boots * LivesPerBoot) + (_joins++ * 1_000) + 1;
        return new GroupMember(
            _world.Group,
            SimulatedIds.Of(Machine.Number),
            life,
            _world.Options,
            _world.Witness,
            new Random(_world.Simulator.Random.Next()),
            _world.Flaw);
    }

    private FailureDetector MakeDetector()
    {
        var self = SimulatedIds.Of(Machine.Number);
        var detector = new FailureDetector(
            new DetectorOptions(),
            new LocalProcess(self, (ulong)Machine.Boots, default),
            new SimulatedSigner(self),
            new Random(_world.Simulator.Random.Next()));
        foreach (var other in _world.Ids.Where(id => id != self))
        {
            detector.Watch(other, default, TimeSpan.Zero, _detected);
        }

        return detector;
    }

    private void HandOn(TimeSpan now)
    {
        _sender.Send(_detected);
        var events = _detected.Events.ToArray();
        _detected.Clear();
        foreach (var happened in events)
        {
            switch (happened.Change)
            {
                case MembershipChange.Failed or MembershipChange.Left:
                    Member.MarkFailed(happened.Member, now, _output);
                    break;
                case MembershipChange.Returned or MembershipChange.Restarted:
                    Member.MarkRestarted(happened.Member, happened.Incarnation.Boot * LivesPerBoot, now, _output);
                    Member.MarkAlive(happened.Member, now, _output);
                    break;
            }
        }
    }

    /// <summary>A new membership does not know yet who is thought dead.</summary>
    private void TellOfDead(TimeSpan now)
    {
        foreach (var dead in _detector?.Members.Where(m => m.Status is MemberStatus.Dead or MemberStatus.Left) ?? [])
        {
            Member.MarkFailed(dead.Id, now, _output);
        }
    }

    private void Flush(TimeSpan now)
    {
        HandOn(now);
        // What follows from events comes into the same output.
        for (var i = 0; !_output.IsEmpty; i++)
        {
            _sender.Send(_output);
            var events = _output.Events.ToArray();
            _output.Clear();
            foreach (var happened in events)
            {
                Handle(happened, now);
            }
        }
    }

    private void Handle(GroupEvent happened, TimeSpan now)
    {
        if (!Machine.IsUp)
        {
            return;
        }

        switch (happened)
        {
            case GroupEvent.Delivered delivered:
                History += SentMessage.Of(delivered.Payload.Span).Hash();
                break;
            case GroupEvent.ViewInstalled { State: { } state }:
                History = BinaryPrimitives.ReadUInt64LittleEndian(state.Span);
                break;
            case GroupEvent.StateWanted wanted:
                var bytes = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, History);
                Member.ProvideState(wanted.View, bytes, now, _output);
                break;
        }

        _world.Observe(this, happened);
        switch (happened)
        {
            case GroupEvent.Excluded:
                _former.Enqueue(Member);
                if (_former.Count > 3)
                {
                    _former.Dequeue();
                }

                Sent = 0;
                History = 0;
                Member = Make();
                TellOfDead(now);
                Member.Join(_world.Ids, now, _output);
                break;
            case GroupEvent.Left:
                HasLeft = true;
                break;
        }
    }
}
