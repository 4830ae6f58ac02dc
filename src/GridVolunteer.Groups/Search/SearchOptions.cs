namespace GridVolunteer.Groups.Search;

/// <summary>How far searches go and how much of others' is borne.</summary>
public sealed record SearchOptions
{
    /// <summary>Most links a query crosses, whatever it says of itself.</summary>
    public const int TimeToLiveCap = 7;

    /// <summary>Most bytes of a query; it travels in one datagram.</summary>
    public const int QuerySizeBytesMax = 1_024;

    /// <summary>Most bytes of an answer; it travels in one datagram.</summary>
    public const int AnswerSizeBytesMax = 1_024;

    /// <summary>The defaults.</summary>
    public static SearchOptions Default { get; } = new();

    /// <summary>
    /// How many links the query may cross, ring after ring until there are answers enough. Default 2, 4, 6;
    /// each 1 to 7, rising, 1 to 4 of them. The near ones are asked first, so a common thing costs little.
    /// </summary>
    public IReadOnlyList<int> Rings { get; init; } = [2, 4, 6];

    /// <summary>How long a ring is waited for. Default 1.5 s; above 0.</summary>
    public TimeSpan RingPatience { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Whether answers go straight to the asker, or back the way the query came. Default back: peers of
    /// which each knows only its neighbours can always do that.
    /// </summary>
    public bool AnswersGoDirect { get; init; }

    /// <summary>How long a query is remembered. Default 120 s; above 0.</summary>
    public TimeSpan SeenLifetime { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// Most queries remembered. Default 32,768 (some MB, and more than 32 neighbours at their limit fill); at
    /// least 1. A query beyond it is refused, for it might be handled twice.
    /// </summary>
    public int SeenMax { get; init; } = 32_768;

    /// <summary>Most neighbours. Default 32; at least 1.</summary>
    public int NeighboursMax { get; init; } = 32;

    /// <summary>Queries a second that a neighbour may send in the long run. Default 8; above 0.</summary>
    public double QueriesPerSecond { get; init; } = 8;

    /// <summary>Queries that it may send at once. Default 32; at least 1.</summary>
    public int QueriesBurst { get; init; } = 32;

    /// <summary>Most answers to one query that are passed back. Default 32; at least 1.</summary>
    public int AnswersPassedMax { get; init; } = 32;

    /// <summary>Own searches under way at once. Default 32; at least 1.</summary>
    public int OwnSearchesMax { get; init; } = 32;

    /// <summary>Every fault of these options, in words; empty when there is none.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        var rising = Rings.Zip(Rings.Skip(1)).All(r => r.First < r.Second);
        Require(
            Rings.Count is >= 1 and <= 4 && rising && Rings.All(r => r is >= 1 and <= TimeToLiveCap),
            $"Rings must be 1 to 4 rising numbers from 1 to {TimeToLiveCap}.");
        Require(RingPatience > TimeSpan.Zero, "RingPatience must be above 0.");
        Require(SeenLifetime > TimeSpan.Zero, "SeenLifetime must be above 0.");
        Require(SeenMax >= 1, "SeenMax must be at least 1.");
        Require(NeighboursMax >= 1, "NeighboursMax must be at least 1.");
        Require(QueriesPerSecond > 0, "QueriesPerSecond must be above 0.");
        Require(QueriesBurst >= 1, "QueriesBurst must be at least 1.");
        Require(AnswersPassedMax >= 1, "AnswersPassedMax must be at least 1.");
        Require(OwnSearchesMax >= 1, "OwnSearchesMax must be at least 1.");
        return faults;

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
