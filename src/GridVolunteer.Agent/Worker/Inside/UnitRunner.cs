using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;
using GridVolunteer.Sdk;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.Worker.Inside;

/// <summary>
/// Computes batches one unit after the other on one thread. Whatever a workload throws is its unit's failure, told to the
/// agent; the next unit goes on.
/// </summary>
internal sealed class UnitRunner
{
    // The agent bounds it: it has a few batches under way at most. A monitor, because a workload may starve the pool.
    private readonly Queue<object> _batches = new();
    private readonly IWorkload _workload;
    private readonly OpenMessage _job;
    private readonly Outbox _outbox;
    private readonly TimeProvider _time;
    private readonly ScratchFolder _scratch;
    private long _largeResults;

    public UnitRunner(IWorkload workload, OpenMessage job, Outbox outbox, TimeProvider time)
    {
        _workload = workload;
        _job = job;
        _outbox = outbox;
        _time = time;
        _scratch = new ScratchFolder(job.ScratchFolder);
        new Thread(Run) { IsBackground = true, Name = "units" }.Start();
    }

    /// <summary>Queues a <see cref="ComputeMessage"/> or <see cref="MergeMessage"/>.</summary>
    public void Add(object batch)
    {
        lock (_batches)
        {
            _batches.Enqueue(batch);
            Monitor.Pulse(_batches);
        }
    }

    private void Run()
    {
        while (true)
        {
            var batch = Next();
            if (batch is ComputeMessage compute)
            {
                RunUnits(compute);
            }
            else
            {
                RunMerge((MergeMessage)batch);
            }
        }
    }

    private object Next()
    {
        lock (_batches)
        {
            while (_batches.Count == 0)
            {
                Monitor.Wait(_batches);
            }

            return _batches.Dequeue();
        }
    }

    private bool NoneWaits()
    {
        lock (_batches)
        {
            return _batches.Count == 0;
        }
    }

    private void RunUnits(ComputeMessage batch)
    {
        var position = 0;
        var checkpoint = batch.Checkpoint;
        for (var r = 0; r < batch.Runs.Count; r++)
        {
            var run = batch.Runs[r];
            for (var unit = run.Start; unit < run.End; unit++)
            {
                var input = ReadOnlyMemory<byte>.Empty;
                if (!batch.Inputs.IsEmpty && !PackedInputs.TryRead(batch.Inputs, ref position, out input))
                {
                    throw new FrameException("A batch has fewer inputs than units.");
                }

                var started = _time.GetTimestamp();
                var outcome = Guarded(() => ComputeAsync(batch.Batch, unit, input, checkpoint));
                var seconds = _time.GetElapsedTime(started).TotalSeconds;
                var last = r == batch.Runs.Count - 1 && unit == run.End - 1 && NoneWaits();
                _outbox.Done(batch.Batch, outcome, seconds, flush: last);
                checkpoint = null;
            }
        }

        if (NoneWaits())
        {
            _scratch.Wipe();
        }
    }

    private ValueTask<byte[]> ComputeAsync(
        int batch, long unit, ReadOnlyMemory<byte> input, ReadOnlyMemory<byte>? checkpoint)
    {
        var context = new HostedUnit(_outbox, batch)
        {
            Unit = unit,
            UnitInput = input,
            Parameters = _job.Parameters,
            Inputs = _job.Inputs,
            ScratchFolder = _scratch.Fresh(),
            Seed = _job.Seed,
            Checkpoint = checkpoint,
        };
        return _workload.ComputeAsync(context, CancellationToken.None);
    }

    private void RunMerge(MergeMessage batch)
    {
        var started = _time.GetTimestamp();
        UnitOutcome outcome;
        try
        {
            var children = Array.ConvertAll((MergeChild[])batch.Children, Load);
            outcome = Guarded(() => _workload.MergeAsync(MergeContextOf(batch, children), CancellationToken.None));
        }
        catch (IOException fault)
        {
            outcome = UnitOutcome.Failed(UnitFailureKind.InputUnavailable, fault.Message);
        }

        _outbox.Done(batch.Batch, outcome, _time.GetElapsedTime(started).TotalSeconds, flush: NoneWaits());
    }

    private MergeContext MergeContextOf(MergeMessage batch, ReadOnlyMemory<byte>?[] children) => new()
    {
        Level = batch.Level,
        Index = batch.Index,
        IsLast = batch.IsLast,
        FirstChild = batch.FirstChild,
        Children = children,
        Parameters = _job.Parameters,
        Inputs = _job.Inputs,
    };

    private static ReadOnlyMemory<byte>? Load(MergeChild child) =>
        child.Path is { } path ? File.ReadAllBytes(path) : child.Bytes;

    private UnitOutcome Guarded(Func<ValueTask<byte[]>> compute)
    {
        try
        {
            var pending = compute();
            var result = pending.IsCompleted ? pending.Result : pending.AsTask().GetAwaiter().GetResult();
            return OutcomeOf(result ?? throw new InvalidOperationException("The workload returned null."));
        }
        catch (WorkloadException fault)
        {
            return UnitOutcome.Failed(UnitFailureKind.Threw, fault.Message);
        }
#pragma warning disable CA1031 // Code of strangers may throw anything; each unit's fault is reported, none is swallowed.
        catch (Exception fault)
        {
            return UnitOutcome.Failed(UnitFailureKind.Threw, fault.ToString());
        }
#pragma warning restore CA1031
    }

    private UnitOutcome OutcomeOf(byte[] result)
    {
        if (result.LongLength > _job.ResultSizeBytesMax)
        {
            return UnitOutcome.Failed(
                UnitFailureKind.ResultTooLarge,
                $"The result has {result.LongLength} bytes; the job allows {_job.ResultSizeBytesMax}.");
        }

        if (result.Length <= PackedResultsWriter.InlineSizeBytesMax)
        {
            return UnitOutcome.Small(result);
        }

        var name = $"r{++_largeResults}";
        File.WriteAllBytes(Path.Combine(_job.ResultFolder, name), result);
        return UnitOutcome.Large(name);
    }
}
