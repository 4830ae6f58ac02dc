namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>How many bits a lane has. The fewer, the more sequences are aligned at once.</summary>
internal enum ScoreSize
{
    /// <summary>Scores up to 254 are exact.</summary>
    Bits8,

    /// <summary>Scores up to 65,534 are exact.</summary>
    Bits16,

    /// <summary>All scores are exact.</summary>
    Bits32,
}
