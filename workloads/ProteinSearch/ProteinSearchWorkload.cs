using System.ComponentModel;
using System.Text.Json.Serialization;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Hits;
using GridVolunteer.Workloads.ProteinSearch.Kernel;
using GridVolunteer.Workloads.ProteinSearch.Output;
using GridVolunteer.Workloads.ProteinSearch.Slices;

namespace GridVolunteer.Workloads.ProteinSearch;

/// <summary>
/// Finds the proteins of a database that are most like given ones, by exact Smith-Waterman alignment. A unit
/// is a slice of the database; every worker process reads the inputs once and shares them between its units.
/// </summary>
[Description("Finds the proteins of a database most like yours, by exact Smith-Waterman alignment.")]
[Input(SearchInputs.Query, "The proteins to look for: FASTA, plain or gzip.")]
[Input(SearchInputs.Database, "The proteins to look among: FASTA, plain or gzip.")]
public sealed class ProteinSearchWorkload : Workload<SearchParameters, DatabaseSlice, PartHits>
{
    /// <summary>What the platform takes as a checkpoint.</summary>
    private const int CheckpointSizeBytesMax = 4 << 20;

    /// <summary>What the last merge takes for a query, without its alignments.</summary>
    private const double FitSecondsPerQuery = 0.05;

    /// <summary>A unit may take an hour, and on slow machines many times what it should.</summary>
    private const double UnitTimeLimitSecondsMin = 3600;
    private const double SlownessMax = 50;

    private const long WorkerMemoryBytes = 200L << 20;
    private const int OverheadBytesPerSequence = 120;

    /// <summary>Two vectors, of each of the kernel's three sizes.</summary>
    private const int KernelBytesPerResidue = 3 * 2 * 64;

    private readonly TimeProvider _clock;

    /// <summary>What hosts make.</summary>
    public ProteinSearchWorkload()
        : this(TimeProvider.System)
    {
    }

    /// <summary>With a clock that says when progress is reported; results do not depend on it.</summary>
    internal ProteinSearchWorkload(TimeProvider clock) => _clock = clock;

    /// <inheritdoc/>
    protected override JsonSerializerContext Json => ProteinSearchJson.Default;

    /// <inheritdoc/>
    protected override JobPlan<DatabaseSlice> Plan(
        JobContext<SearchParameters> job, CancellationToken cancellationToken)
    {
        var queries = SearchInputs.Queries(job);
        var queryResidues = queries.Sum(q => (long)q.Length);
        cancellationToken.ThrowIfCancellationRequested();
        var database = SearchInputs.Sequences(job);
        var sliceResidues = job.Parameters.SliceResidues
            ?? SlicePlanner.ChooseResidues(queryResidues, database);
        var slices = SlicePlanner.Cut(database, sliceResidues);
        var cells = (double)queryResidues * database.Residues;
        var unitSeconds = cells / slices.Count / SlicePlanner.CellsPerSecond;
        var results = new ResultSize(queries, database, job.Parameters.Top);
        var fitSeconds = queries.Count * FitSecondsPerQuery;
        return JobPlan.Table(slices) with
        {
            UnitSecondsEstimate = unitSeconds,
            UnitTimeLimit = TimeSpan.FromSeconds(
                Math.Max(UnitTimeLimitSecondsMin, SlownessMax * Math.Max(unitSeconds, fitSeconds))),
            MergeFanIn = results.MergeFanIn,
            ResultSizeBytesMax = results.SizeBytesMax,
            Needs = new MachineNeeds
            {
                MemoryBytes = WorkerMemoryBytes + results.MergeMemoryBytes + database.Residues + queryResidues
                    + (((long)database.Sequences.Count + queries.Count) * OverheadBytesPerSequence)
                    + ((long)queries.Max(q => q.Length) * KernelBytesPerResidue),
            },
        };
    }

    /// <inheritdoc/>
    protected override ValueTask<PartHits> ComputeAsync(
        UnitContext<SearchParameters, DatabaseSlice> unit, CancellationToken cancellationToken)
    {
        var queries = SearchInputs.Queries(unit);
        var database = SearchInputs.Sequences(unit);
        var search = new SliceSearch(
            queries, database, unit.Unit, unit.Parameters.Top, new SearchKernel());
        if (LoadCheckpoint(unit) is { } reached)
        {
            // What no search of this slice can have left is passed over: the unit starts from the beginning.
            search.TryRestore(reached);
        }

        // Apart from each other: what many queries have found takes long to write, and nobody waits for it.
        var (progress, checkpoints) = (new Pace(_clock), new Pace(_clock));
        var report = () => unit.ReportProgress(search.Fraction);
        var keep = () => SaveCheckpoint(unit, search);
        while (!search.IsDone)
        {
            search.Advance(cancellationToken);
            progress.Act(report);
            checkpoints.Act(keep);
        }

        return ValueTask.FromResult(new PartHits(database.Residues, search.Found));
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

        var queries = SearchInputs.Queries(job);
        foreach (var part in parts)
        {
            PartCheck.ThrowIfNotOf(queries, job.Parameters.Top, part);
        }

        var found = parts[0].Queries.Select((query, q) =>
        {
            var best = parts.SelectMany(part => part.Queries[q].Hits).Order().Take(job.Parameters.Top);
            return query with
            {
                Hits = [.. best],
                Scores = ScoreCounts.Sum(parts.Select(part => part.Queries[q].Scores)),
            };
        });
        return new PartHits(parts[0].DatabaseResidues, [.. found]);
    }

    /// <inheritdoc/>
    protected override byte[] Output(PartHits merged, JobContext<SearchParameters> job)
    {
        if (merged.Queries.Count == 0)
        {
            return ToBytes(new SearchOutput([], []));
        }

        var (queries, database) = (SearchInputs.Queries(job), SearchInputs.Sequences(job));
        PartCheck.ThrowIfNotOf(queries, job.Parameters.Top, merged);
        PartCheck.ThrowIfNotIn(database, merged);
        return ToBytes(new OutputWriter(queries, database, job.Parameters.Alignments).Write(merged));
    }

    private static SliceProgress? LoadCheckpoint(UnitContext<SearchParameters, DatabaseSlice> unit)
    {
        try
        {
            return unit.TryLoadCheckpoint<SliceProgress>(out var progress) ? progress : null;
        }
        catch (InvalidDataException)
        {
            // Of another version, or damaged: nothing is lost but the time it took.
            return null;
        }
    }

    private void SaveCheckpoint(UnitContext<SearchParameters, DatabaseSlice> unit, SliceSearch search)
    {
        if (search.IsDone)
        {
            return;
        }

        // Very many queries with very many hits: such a unit goes without.
        var state = ToBytes(search.Save());
        if (state.Length <= CheckpointSizeBytesMax)
        {
            unit.SaveCheckpoint(state);
        }
    }
}
