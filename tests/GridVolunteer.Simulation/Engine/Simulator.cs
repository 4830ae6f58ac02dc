namespace GridVolunteer.Simulation.Engine;

/// <summary>
/// Virtual time: a queue of things to happen, one random source and one trace, all from a seed. Nothing here waits;
/// time jumps to what happens next. What is due at the same moment happens in the order it was asked for, so a
/// run is the same every time.
/// </summary>
public sealed class Simulator
{
    private readonly PriorityQueue<Occurrence, (long Ticks, long Order)> _queue = new();
    private long _order;

    /// <summary>Begins at time zero.</summary>
    public Simulator(int seed)
    {
        Seed = seed;
        Random = new Random(seed);
    }

    /// <summary>What the run grows from.</summary>
    public int Seed { get; }

    /// <summary>The only source of randomness.</summary>
    public Random Random { get; }

    /// <summary>The virtual time since the run began.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>What has happened, as one number.</summary>
    public TraceHash Trace { get; } = new();

    /// <summary>How many things have happened.</summary>
    public long Occurrences { get; private set; }

    /// <summary>Has something happen after a while; at once, if the while is negative.</summary>
    public void After(TimeSpan delay, Action action) => Enqueue(delay, new Occurrence(action, null, null));

    /// <summary>Has a target receive an argument after a while. Allocates less than a closure does.</summary>
    public void After(TimeSpan delay, IOccurrenceTarget target, object? argument) =>
        Enqueue(delay, new Occurrence(null, target, argument));

    /// <summary>Lets happen whatever is due until then; afterwards it is that time.</summary>
    public void RunUntil(TimeSpan end)
    {
        while (_queue.TryPeek(out _, out var due) && due.Ticks <= end.Ticks)
        {
            Step();
        }

        Now = TimeSpan.FromTicks(Math.Max(Now.Ticks, end.Ticks));
    }

    /// <summary>
    /// Lets things happen until the condition holds, looked at after each; false when it does not by then.
    /// </summary>
    public bool RunUntil(Func<bool> condition, TimeSpan end)
    {
        while (!condition())
        {
            if (!_queue.TryPeek(out _, out var due) || due.Ticks > end.Ticks)
            {
                Now = TimeSpan.FromTicks(Math.Max(Now.Ticks, end.Ticks));
                return condition();
            }

            Step();
        }

        return true;
    }

    private void Step()
    {
        _queue.TryDequeue(out var occurrence, out var due);
        Now = TimeSpan.FromTicks(due.Ticks);
        Occurrences++;
        if (occurrence.Action is { } action)
        {
            action();
        }
        else
        {
            occurrence.Target!.Occur(occurrence.Argument);
        }
    }

    private void Enqueue(TimeSpan delay, Occurrence occurrence) =>
        _queue.Enqueue(occurrence, (Now.Ticks + Math.Max(0, delay.Ticks), _order++));

    private readonly record struct Occurrence(Action? Action, IOccurrenceTarget? Target, object? Argument);
}
