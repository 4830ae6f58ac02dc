using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// Runs units and merges of a planned job twice, each time on an instance of its own, and says how the bytes
/// differ.
/// </summary>
internal sealed class TrialRuns
{
    private readonly PlannedJob _job;
    private readonly long _seed;
    private readonly string _workFolder;
    private readonly TimeProvider _time;
    private readonly IWorkload[] _instances;
    private readonly SortedDictionary<long, byte[]> _results = [];

    public TrialRuns(PlannedJob job, long seed, string workFolder, TimeProvider time)
    {
        _job = job;
        _seed = seed;
        _workFolder = workFolder;
        _time = time;

        // Loaded apart, so that statics of the workload cannot carry anything from one run to the other.
        var folder = Path.Combine(workFolder, "trial");
        PackageFolder.Unpack(job.Package.FilePath, folder);
        _instances = [WorkloadHost.Load(folder), WorkloadHost.Load(folder)];
    }

    public async Task<TrialUnit> ComputeTwiceAsync(long unit, CancellationToken cancellationToken)
    {
        var seconds = 0.0;
        var input = await ReadInputAsync(unit, cancellationToken);
        var (result, fault) = await TwiceAsync(async workload =>
        {
            var scratch = Directory.CreateDirectory(Path.Combine(_workFolder, "scratch")).FullName;
            try
            {
                var started = _time.GetTimestamp();
                var bytes = await workload.ComputeAsync(Context(unit, input, scratch), cancellationToken);
                seconds = _time.GetElapsedTime(started).TotalSeconds;
                return bytes;
            }
            finally
            {
                Directory.Delete(scratch, recursive: true);
            }
        });
        if (result.Length > 0)
        {
            _results[unit] = result;
        }

        return new TrialUnit(unit, seconds, result.Length, fault);
    }

    /// <summary>Merges what was computed as the one merge of a job whose other units do not exist.</summary>
    public Task<(byte[] Output, string? Fault)> MergeTwiceAsync(CancellationToken cancellationToken)
    {
        var context = new MergeContext
        {
            Level = 1,
            Index = 0,
            IsLast = true,
            FirstChild = 0,
            Children = [.. _results.Values.Select(bytes => (ReadOnlyMemory<byte>?)bytes)],
            Parameters = _job.Plan.Parameters,
            Inputs = _job.Inputs,
        };
        return TwiceAsync(workload => workload.MergeAsync(context, cancellationToken).AsTask());
    }

    private async Task<(byte[] Bytes, string? Fault)> TwiceAsync(Func<IWorkload, Task<byte[]>> run)
    {
        try
        {
            var first = await run(_instances[0]);
            var second = await run(_instances[1]);
            return (first, first.Length > _job.Plan.ResultSizeBytesMax
                ? $"The result has {first.Length} bytes, more than the plan's {_job.Plan.ResultSizeBytesMax}."
                : ResultComparison.Difference(first, second, _job.Plan.Agreement));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // An author's code may throw anything: that is what the trial is to show, with where it happened.
            return ([], $"{e.GetType().Name}: {e.Message}\n{e.StackTrace}");
        }
    }

    private ComputeContext Context(long unit, ReadOnlyMemory<byte> input, string scratch) => new()
    {
        Unit = unit,
        UnitInput = input,
        Parameters = _job.Plan.Parameters,
        Inputs = _job.Inputs,
        ScratchFolder = scratch,
        Seed = _seed,
    };

    private async Task<ReadOnlyMemory<byte>> ReadInputAsync(long unit, CancellationToken cancellationToken)
    {
        if (_job.Tables.Count == 0)
        {
            return default;
        }

        ReadOnlyMemory<byte> table = await File.ReadAllBytesAsync(_job.Tables[WorkGeometry.ShardNumber(unit)], cancellationToken);
        var position = 0;
        ReadOnlyMemory<byte> input = default;
        for (var i = 0; i <= unit % WorkGeometry.UnitsPerShard; i++)
        {
            if (!PackedInputs.TryRead(table, ref position, out input))
            {
                throw new InvalidDataException($"The table ends before unit {unit}.");
            }
        }

        return input;
    }
}
