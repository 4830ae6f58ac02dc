using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Groups.Tests.Simulation;

public sealed class SimulatedNetworkTests
{
    private readonly Simulator _simulator = new(1);
    private readonly SimulatedNetwork _network;
    private readonly Recorder[] _programs = new Recorder[3];

    public SimulatedNetworkTests()
    {
        _network = new SimulatedNetwork(_simulator, 3);
        for (var n = 0; n < 3; n++)
        {
            Start(n);
        }
    }

    [Fact]
    public void Datagrams_ArriveAfterTheirDelay()
    {
        Send(0, 1, 7);
        Assert.Empty(_programs[1].Received);
        Run();
        Assert.Equal([(0, (byte)7)], _programs[1].Received);
        Assert.InRange(_programs[1].LastAt.TotalMilliseconds, 0.2, 20);
    }

    [Fact]
    public void Loss_IsAsLikelyAsSaid()
    {
        _network.Conditions = new LinkConditions { Loss = 0.25 };
        SendMany(10_000);
        Assert.InRange(_programs[1].Received.Count, 7_300, 7_700);
    }

    [Fact]
    public void Duplicates_AreAsLikelyAsSaid()
    {
        _network.Conditions = new LinkConditions { Duplication = 0.1 };
        SendMany(10_000);
        Assert.InRange(_programs[1].Received.Count, 10_800, 11_200);
    }

    [Fact]
    public void Datagrams_OvertakeEachOther_AndStreamsKeepTheirOrder()
    {
        _network.Conditions = new LinkConditions { Reordering = 0.3, Loss = 0.2 };
        for (byte i = 0; i < 100; i++)
        {
            Send(0, 1, i);
            Send(0, 2, i, isStream: true);
        }

        Run();
        var datagrams = _programs[1].Received.Select(r => r.Byte).ToArray();
        Assert.NotEqual(datagrams.Order(), datagrams);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), _programs[2].Received.Select(r => r.Byte));
    }

    [Fact]
    public void Cut_IsOneWay_AndHeals()
    {
        _network.Cut(0, 1);
        Send(0, 1, 1);
        Send(1, 0, 2);
        Run();
        Assert.Empty(_programs[1].Received);
        Assert.Single(_programs[0].Received);
        _network.Heal();
        Send(0, 1, 3);
        Run();
        Assert.Single(_programs[1].Received);
    }

    [Fact]
    public void Islands_DoNotReachEachOther()
    {
        _network.Isolate([0], 1);
        Send(0, 1, 1);
        Send(1, 2, 2);
        Run();
        Assert.Empty(_programs[1].Received);
        Assert.Single(_programs[2].Received);
    }

    [Fact]
    public void Pause_HoldsEverythingBack()
    {
        _network.Machines[1].Pause(TimeSpan.FromSeconds(5));
        Send(0, 1, 1);
        _simulator.RunUntil(TimeSpan.FromSeconds(4));
        Assert.Empty(_programs[1].Received);
        _simulator.RunUntil(TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.FromSeconds(5), _programs[1].LastAt);
        Assert.Single(_programs[1].Received);
    }

    [Fact]
    public void Crash_LosesWhatIsUnderWay_AndStreamsDoNotOutliveIt()
    {
        Send(0, 1, 1);
        Send(0, 1, 2, isStream: true);
        _network.Machines[1].Crash();
        Start(1);
        Run();
        Assert.Equal([(0, (byte)1)], _programs[1].Received);
        Assert.Equal(2, _network.Machines[1].Boots);
    }

    [Fact]
    public void FailingSend_IsToldToTheSender()
    {
        _network.FailSends(0, 1);
        Send(0, 1, 1);
        Run();
        Assert.Equal([1], _programs[0].FailedSends);
        Assert.Empty(_programs[1].Received);
    }

    [Fact]
    public void SteadyClock_RunsAtItsRate_AndTheWallClockJumpsAlone()
    {
        _network.Machines[2].Crash();
        _network.Machines[2].Start(m => _programs[2] = new Recorder(m), rate: 2);
        var wall = _network.Machines[2].Wall;
        _network.Machines[2].WallOffset = TimeSpan.FromSeconds(-10);
        _simulator.RunUntil(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(6), _network.Machines[2].Now);
        Assert.Equal(wall - TimeSpan.FromSeconds(7), _network.Machines[2].Wall);
    }

    [Fact]
    public void Ticks_ComeWhenDue()
    {
        _programs[0].Due = TimeSpan.FromSeconds(2);
        _network.Machines[0].Do(_ => { });
        _simulator.RunUntil(TimeSpan.FromSeconds(3));
        // A clock that runs at another rate may round down: a tick is a ten-millionth of a second late at most.
        Assert.InRange(Assert.Single(_programs[0].Ticks).Ticks, 20_000_000, 20_000_001);
    }

    private void Start(int machine) =>
        _network.Machines[machine].Start(m => _programs[machine] = new Recorder(m));

    private void Send(int from, int to, byte value, bool isStream = false) =>
        _network.Send(from, to, [value], isStream);

    private void SendMany(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Send(0, 1, (byte)i);
        }

        Run();
    }

    private void Run() => _simulator.RunUntil(_simulator.Now + TimeSpan.FromSeconds(10));

    private sealed class Recorder(Machine machine) : ISimulatedProgram
    {
        public TimeSpan Due { get; set; } = TimeSpan.MaxValue;

        public List<(int From, byte Byte)> Received { get; } = [];

        public List<TimeSpan> Ticks { get; } = [];

        public List<int> FailedSends { get; } = [];

        public TimeSpan LastAt { get; private set; }

        public void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now)
        {
            Assert.Equal(machine.Now, now);
            Received.Add((from, bytes[0]));
            LastAt = now;
        }

        public void Tick(TimeSpan now)
        {
            if (now >= Due)
            {
                Ticks.Add(now);
                Due = TimeSpan.MaxValue;
            }
        }

        public void SendFailed(int to, TimeSpan now) => FailedSends.Add(to);
    }
}
