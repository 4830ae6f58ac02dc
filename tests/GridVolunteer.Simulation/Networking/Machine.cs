using GridVolunteer.Simulation.Engine;

namespace GridVolunteer.Simulation.Networking;

/// <summary>
/// A simulated machine: it runs one program, which may crash, start anew and stand still, on clocks that may
/// run at another rate and jump. What survives a crash is what the machine keeps: its number and
/// <see cref="Boots"/>.
/// </summary>
public sealed class Machine : IOccurrenceTarget
{
    /// <summary>Datagrams that wait for a program that stands still; what comes then is lost.</summary>
    private const int InboxMax = 2_000;

    private readonly SimulatedNetwork _network;
    private readonly Queue<Packet> _inbox = new();
    private ISimulatedProgram? _program;
    private TimeSpan _startedAt;
    private TimeSpan _wakesAt = TimeSpan.MaxValue;
    private TimeSpan _pausedUntil;
    private double _rate = 1;

    internal Machine(SimulatedNetwork network, int number)
    {
        _network = network;
        Number = number;
    }

    /// <summary>The machine's number, from 0.</summary>
    public int Number { get; }

    /// <summary>How often it has started.</summary>
    public int Boots { get; private set; }

    /// <summary>True while a program runs, or stands still.</summary>
    public bool IsUp => _program is not null;

    /// <summary>True while the program stands still.</summary>
    public bool IsPaused => _network.Simulator.Now < _pausedUntil;

    /// <summary>The time since the program's start on the machine's steady clock.</summary>
    public TimeSpan Now => (_network.Simulator.Now - _startedAt) * _rate;

    /// <summary>What the machine's wall clock shows beyond the true time; faults make it jump.</summary>
    public TimeSpan WallOffset { get; set; }

    /// <summary>The machine's wall clock.</summary>
    public DateTimeOffset Wall => DateTimeOffset.UnixEpoch.AddYears(60) + _network.Simulator.Now + WallOffset;

    /// <summary>Starts a program. Its maker is given the machine and its new count of boots.</summary>
    /// <param name="make">Makes the program.</param>
    /// <param name="rate">How fast its steady clock runs.</param>
    public void Start(Func<Machine, ISimulatedProgram> make, double rate = 1)
    {
        if (IsUp)
        {
            throw new InvalidOperationException($"Machine {Number} runs already.");
        }

        Boots++;
        _rate = rate;
        _startedAt = _network.Simulator.Now;
        _pausedUntil = TimeSpan.Zero;
        _wakesAt = TimeSpan.MaxValue;
        _network.Simulator.Trace.Add(Number, Boots, _startedAt.Ticks);
        _program = make(this);
        Arm();
    }

    /// <summary>Ends the program at once, without a word.</summary>
    public void Crash()
    {
        _program = null;
        _inbox.Clear();
        _network.Simulator.Trace.Add(Number, -1, _network.Simulator.Now.Ticks);
    }

    /// <summary>Has the program stand still for a while; datagrams wait meanwhile.</summary>
    public void Pause(TimeSpan duration)
    {
        if (!IsUp)
        {
            return;
        }

        _pausedUntil = _network.Simulator.Now + duration;
        _network.Simulator.After(duration, this, Boots);
    }

    /// <summary>
    /// Has the program do something now, or once it no longer stands still, then arms its clock; nothing while it is
    /// down.
    /// </summary>
    public void Do(Action<TimeSpan> action)
    {
        if (IsPaused)
        {
            var boots = Boots;
            _network.Simulator.After(_pausedUntil - _network.Simulator.Now, () =>
            {
                if (boots == Boots)
                {
                    Do(action);
                }
            });
        }
        else if (IsUp)
        {
            action(Now);
            Arm();
        }
    }

    void IOccurrenceTarget.Occur(object? argument)
    {
        switch (argument)
        {
            case Packet packet:
                Arrive(packet);
                break;
            case SendFailure failure when failure.Boots == Boots:
                _program?.SendFailed(failure.To, Now);
                Arm();
                break;
            case int boots when boots == Boots && !IsPaused:
                Resume();
                break;
            case TimeSpan due when due == _wakesAt:
                _wakesAt = TimeSpan.MaxValue;
                Wake();
                break;
        }
    }

    private void Arrive(Packet packet)
    {
        if (_program is null || !_network.Delivers(packet))
        {
            return;
        }

        if (IsPaused)
        {
            if (_inbox.Count < InboxMax)
            {
                _inbox.Enqueue(packet);
            }

            return;
        }

        Hand(packet);
        Arm();
    }

    private void Resume()
    {
        // Whether the socket or the clock is looked at first is chance on a real machine too.
        var clockFirst = _network.Simulator.Random.Next(2) == 0;
        if (clockFirst)
        {
            Wake();
        }

        while (_program is not null && _inbox.TryDequeue(out var packet))
        {
            Hand(packet);
        }

        if (!clockFirst)
        {
            Wake();
        }

        Arm();
    }

    private void Hand(Packet packet)
    {
        _network.Simulator.Trace.Add(packet.From, Number, _network.Simulator.Now.Ticks);
        _network.Simulator.Trace.Add(packet.Bytes);
        _program?.Receive(packet.From, packet.Bytes, Now);
    }

    private void Wake()
    {
        if (_program is { } program && !IsPaused)
        {
            program.Tick(Now);
            Arm();
        }
    }

    /// <summary>Sees to a wake-up no later than the program is due; one that comes early finds nothing due.</summary>
    private void Arm()
    {
        if (_program is not { } program || program.Due == TimeSpan.MaxValue)
        {
            return;
        }

        var at = _startedAt + (program.Due / _rate);
        at = TimeSpan.FromTicks(Math.Max(at.Ticks + 1, _network.Simulator.Now.Ticks));
        if (at < _wakesAt)
        {
            _wakesAt = at;
            _network.Simulator.After(at - _network.Simulator.Now, this, at);
        }
    }
}
