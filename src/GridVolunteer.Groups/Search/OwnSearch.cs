namespace GridVolunteer.Groups.Search;

/// <summary>A search that this process asked for.</summary>
internal sealed class OwnSearch(byte[] query, int answersWanted)
{
    private readonly HashSet<ProcessId> _answerers = [];

    public byte[] Query { get; } = query;

    /// <summary>The ring it is at.</summary>
    public int Ring { get; set; } = -1;

    /// <summary>When the ring has had its time.</summary>
    public TimeSpan RingEnds { get; set; }

    public int Answers => _answerers.Count;

    public bool HasEnough => _answerers.Count >= answersWanted;

    /// <summary>Counts an answer; false for a second of the same process.</summary>
    public bool TryCount(ProcessId answerer) => _answerers.Add(answerer);
}
