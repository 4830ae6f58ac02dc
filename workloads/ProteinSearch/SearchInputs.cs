using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Workloads.ProteinSearch;

/// <summary>Reads the inputs of a search, once for each job and process.</summary>
internal static class SearchInputs
{
    /// <summary>The input with the proteins to look for.</summary>
    public const string Query = "query";

    /// <summary>The input with the proteins to look among.</summary>
    public const string Database = "database";

    /// <summary>Residues a query may have: thirty times those of the longest protein known. Memory grows with
    /// them.</summary>
    public const int QueryResiduesMax = 1_000_000;

    /// <summary>The queries, laid out for alignment.</summary>
    /// <exception cref="WorkloadException">They are malformed, or one is too long.</exception>
    public static IReadOnlyList<QueryProfile> Queries(JobContext<SearchParameters> job) =>
        job.Shared(Query, () => FastaReader.ReadFile(job.InputPath(Query), Query).Select(Profile).ToArray());

    /// <summary>The database.</summary>
    /// <exception cref="WorkloadException">It is malformed.</exception>
    public static ProteinDatabase Sequences(JobContext<SearchParameters> job) =>
        job.Shared(Database, () => ProteinDatabase.Read(job.InputPath(Database), Database));

    private static QueryProfile Profile(ProteinSequence query) => query.Residues.Length <= QueryResiduesMax
        ? new QueryProfile(query)
        : throw new WorkloadException(
            $"The query {query.Name} has {query.Residues.Length} residues; at most {QueryResiduesMax} are "
            + "searched with. Cut it into pieces that overlap.");
}
