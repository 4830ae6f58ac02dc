namespace GridVolunteer.Groups.Swarm;

/// <summary>What is known of a peer that may hold a blob, and what it has been asked for.</summary>
internal sealed class Holder(ProcessId peer, bool isFromHost)
{
    private int _silences;

    public ProcessId Peer { get; } = peer;

    /// <summary>What it says it holds; null until it has said so.</summary>
    public PieceSet? Pieces { get; set; }

    /// <summary>Whether the host named it; else it asked for the blob itself, and gives way.</summary>
    public bool IsFromHost { get; } = isFromHost;

    /// <summary>Until when it is left alone.</summary>
    public TimeSpan PausedUntil { get; private set; }

    /// <summary>When its answer to the question what it holds is overdue; never, when none is open.</summary>
    public TimeSpan AnswerDue { get; set; } = TimeSpan.MaxValue;

    /// <summary>Blocks asked of it, and when they are overdue.</summary>
    public Dictionary<int, TimeSpan> Requests { get; } = [];

    /// <summary>Blocks whose time has passed; should they come after all, they are welcome.</summary>
    public HashSet<int> Overdue { get; } = [];

    /// <summary>It answered: whatever it was silent before is forgiven.</summary>
    public void Answered() => _silences = 0;

    /// <summary>It did not answer: it is left alone, longer each time.</summary>
    public void WasSilent(SwarmOptions options, TimeSpan now)
    {
        var pause = (1 << Math.Min(_silences++, 16)) * options.PauseMin;
        Pause(pause < options.PauseMax ? pause : options.PauseMax, now);
    }

    public void Pause(TimeSpan pause, TimeSpan now) => PausedUntil = now + pause;

    public bool MayAsk(TimeSpan now) => PausedUntil <= now;
}
