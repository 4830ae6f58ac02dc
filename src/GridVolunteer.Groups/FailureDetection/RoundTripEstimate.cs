namespace GridVolunteer.Groups.FailureDetection;

/// <summary>The time to a process and back, smoothed as TCP does it (RFC 6298).</summary>
internal sealed class RoundTripEstimate
{
    private TimeSpan _variation;

    /// <summary>The smoothed time; nothing before the first measurement.</summary>
    public TimeSpan? Smoothed { get; private set; }

    /// <summary>Takes in one measurement.</summary>
    public void Add(TimeSpan sample)
    {
        if (Smoothed is not { } smoothed)
        {
            Smoothed = sample;
            _variation = sample / 2;
            return;
        }

        _variation = ((_variation * 3) + (smoothed - sample).Duration()) / 4;
        Smoothed = ((smoothed * 7) + sample) / 8;
    }

    /// <summary>How long to wait for an answer, within the bounds; <paramref name="unknown"/> at first.</summary>
    public TimeSpan Timeout(TimeSpan unknown, TimeSpan min, TimeSpan max)
    {
        var timeout = Smoothed is { } smoothed ? smoothed + (_variation * 4) : unknown;
        return timeout < min ? min : timeout > max ? max : timeout;
    }
}
