using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ProteinSearch.Alignment;

namespace GridVolunteer.Workloads.ProteinSearch.Slices;

/// <summary>
/// How large the results of units and merges get: with every query come its best hits and the counts of its
/// scores, so a search with thousands of queries has results of megabytes, and takes fewer of them in one
/// merge.
/// </summary>
internal sealed class ResultSize
{
    private const long PlatformSizeBytesMax = 1L << 30;
    private const long UsualSizeBytesMax = 16L << 20;
    private const long MergeSizeBytesMax = 256L << 20;
    private const int FanInMin = 2;
    private const int FanInMax = 64;

    // As JSON, names apart.
    private const int BytesPerQuery = 100;
    private const int BytesPerHit = 45;
    private const int BytesPerScore = 8;
    private const int BytesPerScoreMax = 20;

    /// <summary>A character of a name may take two bytes.</summary>
    private const int BytesPerCharacter = 2;

    /// <summary>Scores that chance gives a query are that many, and those of its relatives few more.</summary>
    private const int ScoresUsual = 200;

    /// <summary>No pair of residues scores more.</summary>
    private const int ScorePerResidueMax = 11;

    /// <summary>Bytes in memory for each byte of JSON, objects and text together.</summary>
    private const int MemoryPerByte = 4;

    private readonly long _usual;

    /// <summary>From what is searched with, among what, and how many hits are kept.</summary>
    /// <exception cref="WorkloadException">Results would be larger than the platform carries.</exception>
    public ResultSize(IReadOnlyList<QueryProfile> queries, ProteinDatabase database, int top)
    {
        long sequences = database.Sequences.Count;
        var name = database.Sequences.Max(sequence => sequence.Name.Length) * BytesPerCharacter;
        var hits = Math.Min(top, sequences) * (BytesPerHit + name);
        var most = 0L;
        foreach (var query in queries)
        {
            var own = BytesPerQuery + (query.Name.Length * BytesPerCharacter) + hits;
            _usual += own + (Math.Min(sequences, ScoresUsual) * BytesPerScore);
            most += own
                + (Math.Min(sequences, (long)query.Length * ScorePerResidueMax) * BytesPerScoreMax);
        }

        if (_usual > PlatformSizeBytesMax)
        {
            throw new WorkloadException(
                $"{queries.Count} queries with up to {top} hits each give results of {_usual >> 20} MiB; at "
                + $"most {PlatformSizeBytesMax >> 20} MiB can be merged. Lower top, or search with fewer "
                + "queries in each of several jobs.");
        }

        SizeBytesMax = Math.Clamp(most, UsualSizeBytesMax, PlatformSizeBytesMax);
        MergeFanIn = (int)Math.Clamp(MergeSizeBytesMax / _usual, FanInMin, FanInMax);
    }

    /// <summary>No result is larger.</summary>
    public long SizeBytesMax { get; }

    /// <summary>How many results one merge takes in.</summary>
    public int MergeFanIn { get; }

    /// <summary>What a merge holds in memory besides the inputs.</summary>
    public long MergeMemoryBytes => (MergeFanIn + 1) * _usual * MemoryPerByte;
}
