using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>
/// Who asked for work lately, and with how many threads: among them what is left of a job is shared. Counted
/// in spans of 45 s, the running one and the one before, since an agent without work asks at least once a
/// minute.
/// </summary>
internal sealed class Askers
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(45);

    private Dictionary<PeerId, int> _now = [];
    private Dictionary<PeerId, int> _before = [];
    private DateTimeOffset _since = DateTimeOffset.MinValue;

    /// <summary>Threads of all that asked lately.</summary>
    public long Threads { get; private set; }

    /// <summary>A volunteer asks.</summary>
    public void Note(PeerId peer, int threads, DateTimeOffset now)
    {
        if (now - _since >= Span)
        {
            Turn(now);
        }

        var known = _now.TryGetValue(peer, out var earlier) || _before.TryGetValue(peer, out earlier);
        Threads += threads - (known ? earlier : 0);
        _now[peer] = threads;
    }

    private void Turn(DateTimeOffset now)
    {
        // After a long silence even the running span is old.
        (_before, _now) = now - _since >= 2 * Span ? ([], _before) : (_now, _before);
        _now.Clear();
        _since = now;
        Threads = _before.Values.Sum(threads => (long)threads);
    }
}
