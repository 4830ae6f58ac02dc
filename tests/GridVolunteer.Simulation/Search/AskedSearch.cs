namespace GridVolunteer.Simulation.Search;

/// <summary>What became of one search, as nobody in it can see.</summary>
internal sealed class AskedSearch(int asker, int? holder)
{
    public int Asker { get; } = asker;

    /// <summary>Who holds what is asked for; null for everybody.</summary>
    public int? Holder { get; } = holder;

    /// <summary>Who was handed the query.</summary>
    public HashSet<int> Handled { get; } = [];

    /// <summary>Whose answers arrived.</summary>
    public HashSet<int> Answers { get; } = [];

    /// <summary>The widest ring that set out.</summary>
    public int Ring { get; set; }

    /// <summary>Which way each ring went: from, to, ring.</summary>
    public HashSet<(int From, int To, int Ring)> Ways { get; } = [];

    public bool HasEnded { get; set; }

    public long Messages { get; set; }
}
