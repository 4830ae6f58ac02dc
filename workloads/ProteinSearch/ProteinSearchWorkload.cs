using System.ComponentModel;
using System.Text.Json.Serialization;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Hits;
using GridVolunteer.Workloads.ProteinSearch.Output;

namespace GridVolunteer.Workloads.ProteinSearch;

/// <summary>
/// Finds the proteins of a database that are most like given ones, by exact Smith-Waterman alignment. A unit
/// is a slice of the database; every worker process reads the inputs once and shares them between its units.
/// </summary>
[Description("Finds the proteins of a database most like yours, by exact Smith-Waterman alignment.")]
[Input(Query, "The proteins to look for: FASTA, plain or gzip.")]
[Input(Database, "The proteins to look among: FASTA, plain or gzip.")]
public sealed class ProteinSearchWorkload : Workload<SearchParameters, DatabaseSlice, PartHits>
{
    private const string Query = "query";
    private const string Database = "database";

    /// <summary>A checkpoint every so many cells: a few tens of milliseconds; the host keeps fewer.</summary>
    private const long CellsPerCheckpoint = 1 << 24;

    /// <summary>A unit may take an hour, and on slow machines many times what it should.</summary>
    private const double UnitTimeLimitSecondsMin = 3600;
    private const double SlownessMax = 50;

    private const long WorkerMemoryBytes = 200L << 20;
    private const int OverheadBytesPerSequence = 120;

    /// <inheritdoc/>
    protected override JsonSerializerContext Json => ProteinSearchJson.Default;

    /// <inheritdoc/>
    protected override JobPlan<DatabaseSlice> Plan(
        JobContext<SearchParameters> job, CancellationToken cancellationToken)
    {
        var queryResidues = ReadQueries(job).Sum(q => (long)q.Length);
        cancellationToken.ThrowIfCancellationRequested();
        var database = ReadDatabase(job);
        var sliceResidues = job.Parameters.SliceResidues
            ?? SlicePlanner.ChooseResidues(queryResidues, database.Residues);
        var slices = SlicePlanner.Cut(database, sliceResidues);
        var cells = (double)queryResidues * database.Residues;
        var unitSeconds = cells / slices.Count / SlicePlanner.CellsPerSecond;
        return JobPlan.Table(slices) with
        {
            UnitSecondsEstimate = unitSeconds,
            UnitTimeLimit = TimeSpan.FromSeconds(
                Math.Max(UnitTimeLimitSecondsMin, unitSeconds * SlownessMax)),
            Needs = new MachineNeeds
            {
                MemoryBytes = WorkerMemoryBytes + database.Residues
                    + ((long)database.Sequences.Count * OverheadBytesPerSequence),
            },
        };
    }

    /// <inheritdoc/>
    protected override ValueTask<PartHits> ComputeAsync(
        UnitContext<SearchParameters, DatabaseSlice> unit, CancellationToken cancellationToken)
    {
        var queries = ReadQueries(unit);
        var database = ReadDatabase(unit);
        var slice = unit.Unit;
        var search = new SliceSearch(queries, unit.Parameters.Top);
        var done = 0;
        if (unit.TryLoadCheckpoint<SliceProgress>(out var progress))
        {
            search.Restore(progress);
            done = progress.Done;
        }

        var cellsSinceCheckpoint = 0L;
        while (done < slice.Count)
        {
            var place = slice.First + done;
            cellsSinceCheckpoint += search.Compare(database.Sequences[place], place, cancellationToken);
            done++;
            if (cellsSinceCheckpoint >= CellsPerCheckpoint)
            {
                unit.SaveCheckpoint(new SliceProgress(done, search.Hits));
                unit.ReportProgress((double)done / slice.Count);
                cellsSinceCheckpoint = 0;
            }
        }

        var found = queries.Zip(search.Hits, (query, hits) => new QueryHits(query.Name, query.Length, hits));
        return ValueTask.FromResult(new PartHits(database.Residues, [.. found]));
    }

    /// <inheritdoc/>
    protected override PartHits Merge(MergeSet<PartHits> results, JobContext<SearchParameters> job)
    {
        // A merge of nothing but holes has nothing to say about the queries either.
        var parts = results.Results.Where(part => part.Queries.Count > 0).ToArray();
        if (parts.Length == 0)
        {
            return new PartHits(0, []);
        }

        var queries = parts[0].Queries.Select((query, q) =>
        {
            var best = parts.SelectMany(part => part.Queries[q].Hits).Order().Take(job.Parameters.Top);
            return query with { Hits = [.. best] };
        });
        return new PartHits(parts[0].DatabaseResidues, [.. queries]);
    }

    /// <inheritdoc/>
    protected override byte[] Output(PartHits merged, JobContext<SearchParameters> job) =>
        ToBytes(SearchOutput.From(merged));

    private static IReadOnlyList<QueryProfile> ReadQueries(JobContext<SearchParameters> job) => job.Shared(
        Query,
        () => FastaReader.ReadFile(job.InputPath(Query), Query).Select(query => new QueryProfile(query)).ToArray());

    private static ProteinDatabase ReadDatabase(JobContext<SearchParameters> job) =>
        job.Shared(Database, () => ProteinDatabase.Read(job.InputPath(Database), Database));
}
