namespace GridVolunteer.Groups.FailureDetection;

/// <summary>
/// A process has some time to refute a suspicion; each other process that confirms it shortens the time
/// (Lifeguard's local health aware suspicion): from the stretched time down to the least, in steps of a
/// logarithm, so that one slow accuser alone does little harm.
/// </summary>
internal sealed class Suspicion
{
    private readonly List<ProcessId> _accusers;
    private readonly int _wanted;
    private readonly TimeSpan _min;
    private readonly TimeSpan _max;
    private TimeSpan _since;

    /// <summary>Begins a suspicion.</summary>
    /// <param name="options">The factors.</param>
    /// <param name="members">How many live processes there are, this one and the suspect included.</param>
    /// <param name="accuser">Who suspects.</param>
    /// <param name="now">The time.</param>
    public Suspicion(DetectorOptions options, int members, ProcessId accuser, TimeSpan now)
    {
        _accusers = [accuser];
        _since = now;
        _min = options.Period * (options.SuspicionFactor * Math.Max(1, Math.Log10(members)));
        _max = _min * options.SuspicionStretch;
        // Where there are too few others to confirm anything, waiting for them is pointless.
        _wanted = members - 2 < options.Confirmations ? 0 : options.Confirmations;
    }

    /// <summary>When the suspect counts as dead.</summary>
    public TimeSpan Deadline
    {
        get
        {
            var confirmations = _accusers.Count - 1;
            if (confirmations >= _wanted)
            {
                return _since + _min;
            }

            var shortened = Math.Log(confirmations + 1) / Math.Log(_wanted + 1);
            return _since + _max - ((_max - _min) * shortened);
        }
    }

    /// <summary>Takes in another accuser; false when it changes nothing.</summary>
    public bool Confirm(ProcessId accuser)
    {
        if (_accusers.Count > _wanted || _accusers.Contains(accuser))
        {
            return false;
        }

        _accusers.Add(accuser);
        return true;
    }

    /// <summary>Gives the suspect more time, as this process itself stood still meanwhile.</summary>
    public void Postpone(TimeSpan by) => _since += by;
}
