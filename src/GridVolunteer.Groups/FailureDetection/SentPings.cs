namespace GridVolunteer.Groups.FailureDetection;

/// <summary>
/// When the last pings left: an answer that comes too late for its probe still tells how long the way is, so that
/// a far process is given enough time from then on.
/// </summary>
internal sealed class SentPings
{
    private const int Kept = 64;

    private readonly (uint Sequence, ProcessId Target, TimeSpan At)[] _pings = new (uint, ProcessId, TimeSpan)[Kept];
    private int _next;

    public void Add(uint sequence, ProcessId target, TimeSpan now)
    {
        _pings[_next] = (sequence, target, now);
        _next = (_next + 1) % Kept;
    }

    /// <summary>Takes out a ping that is answered.</summary>
    public bool TryAnswer(uint sequence, ProcessId target, out TimeSpan sentAt)
    {
        for (var i = 0; i < Kept; i++)
        {
            if (_pings[i].Sequence == sequence && _pings[i].Target == target && sequence != 0)
            {
                sentAt = _pings[i].At;
                _pings[i] = default;
                return true;
            }
        }

        sentAt = default;
        return false;
    }
}
