namespace GridVolunteer.Peer.Buffering;

/// <summary>
/// How long each thread will be busy, when every waiting unit goes to the thread that is free first. A unit
/// cannot be shared, so two seconds of work in one unit keep one thread busy and leave the other idle.
/// </summary>
internal sealed class SlotLoads(int threads)
{
    private readonly double[] _seconds = new double[threads];

    /// <summary>How long until the first thread runs dry.</summary>
    public double Runway => _seconds.Min();

    /// <summary>Work of one thread that is under way.</summary>
    public void AddRunning(double seconds) => _seconds[IndexOfLeast()] += seconds;

    /// <summary>Units that wait.</summary>
    public void AddWaiting(int units, double unitSeconds)
    {
        var rounds = units / _seconds.Length;
        for (var i = 0; i < _seconds.Length; i++)
        {
            _seconds[i] += rounds * unitSeconds;
        }

        for (var left = units % _seconds.Length; left > 0; left--)
        {
            _seconds[IndexOfLeast()] += unitSeconds;
        }
    }

    /// <summary>Seconds of work that would keep every thread busy for <paramref name="seconds"/>.</summary>
    public double Missing(double seconds) => _seconds.Sum(s => Math.Max(0, seconds - s));

    private int IndexOfLeast() => Array.IndexOf(_seconds, _seconds.Min());
}
