namespace GridVolunteer.Groups.FailureDetection;

/// <summary>A probe under way: a ping, then the question to others, then a judgement.</summary>
/// <param name="target">Who is probed.</param>
/// <param name="sequence">The number its answers carry.</param>
internal sealed class Probe(Peer target, uint sequence)
{
    private readonly List<ProcessId> _nacked = [];

    public Peer Target { get; } = target;

    public uint Sequence { get; } = sequence;

    /// <summary>When others are asked.</summary>
    public TimeSpan AskAt { get; set; }

    /// <summary>When the next probe begins, if this one is answered: it may last longer than a period.</summary>
    public TimeSpan NextAt { get; init; }

    /// <summary>When it has failed.</summary>
    public TimeSpan EndsAt { get; set; }

    /// <summary>True once others were asked.</summary>
    public bool HasAsked { get; set; }

    /// <summary>Those who were asked.</summary>
    public List<ProcessId> Relays { get; } = [];

    /// <summary>How many of those have not even said that they heard nothing.</summary>
    public int MissingNacks => Relays.Count - _nacked.Count;

    /// <summary>True when an answer may come from there.</summary>
    public bool Concerns(ProcessId from) => from == Target.Id || Relays.Contains(from);

    public void Nack(ProcessId relay)
    {
        if (Relays.Contains(relay) && !_nacked.Contains(relay))
        {
            _nacked.Add(relay);
        }
    }
}
