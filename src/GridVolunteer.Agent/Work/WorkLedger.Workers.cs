using GridVolunteer.Agent.Worker;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Peer.Buffering;
using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Work;

/// <content>The workers' side: units out, outcomes in.</content>
internal sealed partial class WorkLedger : IWorkerEvents
{
    private long _computed;
    private long _failed;

    /// <summary>
    /// What a free worker runs next, or null; a unit that has a checkpoint comes alone, so that the checkpoint can go with it.
    /// </summary>
    public UnitBatch? Take(JobId? warm, bool urgentOnly)
    {
        lock (_gate)
        {
            if (_closed || _buffer.Take(warm, urgentOnly, Now) is not { } batch)
            {
                return null;
            }

            if (batch.Level > 0 || !_checkpoints.HasAny(batch.Job))
            {
                return batch;
            }

            var marked = 0;
            while (marked < batch.Count && !_checkpoints.Has(batch.Job, batch.UnitAt(marked)))
            {
                marked++;
            }

            return marked == batch.Count ? batch : _buffer.Cut(batch, Math.Max(1, marked), Now);
        }
    }

    /// <summary>The state from which a batch's first unit can go on, or null.</summary>
    public ReadOnlyMemory<byte>? CheckpointOf(UnitBatch batch)
    {
        if (batch.Level > 0 || batch.Count > 1 || !_checkpoints.Has(batch.Job, batch.UnitAt(0)))
        {
            return null;
        }

        // An array that is null must not become an empty checkpoint.
        return _checkpoints.Load(batch.Job, batch.UnitAt(0)) is { } state ? state : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>A batch that no worker got after all.</summary>
    public void GiveUp(UnitBatch batch)
    {
        lock (_gate)
        {
            _buffer.GiveUp(batch.Id);
        }

        WorkChanged.Set();
    }

    /// <summary>None of a batch's units can be computed here.</summary>
    public void Fail(UnitBatch batch, UnitFailureKind kind, string message)
    {
        lock (_gate)
        {
            var units = Enumerable.Range(0, batch.Count)
                .Select(i => FinishedUnit.WithFailure(new UnitFailure(batch.UnitAt(i), kind, message))).ToList();
            Enter(batch, units, seconds: null);
        }

        LinkChanged.Set();
    }

    /// <inheritdoc/>
    public void Finished(UnitBatch batch, int first, ResultsMessage results, string resultFolder)
    {
        var share = results.ComputeSeconds / Math.Max(1, results.Outcomes.Count);
        var units = new List<FinishedUnit>(results.Outcomes.Count);
        for (var i = 0; i < results.Outcomes.Count; i++)
        {
            units.Add(Convert(batch.UnitAt(first + i), results.Outcomes[i], resultFolder) with { ComputeSeconds = share });
        }

        lock (_gate)
        {
            Enter(batch, units, results.ComputeSeconds);
        }

        LinkChanged.Set();
    }

    /// <inheritdoc/>
    public void Checkpointed(UnitBatch batch, long unit, ReadOnlyMemory<byte> state)
    {
        // A worker may say what it likes: states of units that are not at work would fill the disk.
        if (batch.Level == 0 && batch.Runs.Any(run => unit >= run.Start && unit < run.End)
            && !_checkpoints.TrySave(batch.Job, unit, state.Span))
        {
            LogCheckpointRefused(batch.Job, unit);
        }
    }

    /// <inheritdoc/>
    public void Progressed(UnitBatch batch, long unit, double fraction) => LogProgress(batch.Job, unit, fraction);

    /// <inheritdoc/>
    public void Abandoned(UnitBatch batch, int done, UnitOutcome? failureOfNext, bool suspect)
    {
        lock (_gate)
        {
            if (failureOfNext is { Failure: { } kind, Message: var message })
            {
                var unit = batch.UnitAt(done);
                LogUnitFailed(batch.Job, batch.Level, unit, kind, message ?? "");
                Enter(batch, [FinishedUnit.WithFailure(new UnitFailure(unit, kind, message ?? ""))], seconds: null);
            }

            _buffer.GiveUp(batch.Id, suspect);
        }

        WorkChanged.Set();
        LinkChanged.Set();
    }

    /// <summary>Books the next units of a batch; results of a batch that was given up are nobody's.</summary>
    private void Enter(UnitBatch batch, List<FinishedUnit> units, double? seconds)
    {
        if (!_buffer.Finish(batch.Id, units.Count, seconds, Now))
        {
            return;
        }

        if (_buffer.IsVoid(batch.Grant))
        {
            _buffer.Acknowledge(batch.Grant, units.Count);
            return;
        }

        _spool.AddFinished(batch.Grant, units);
        NoteSpool();
        foreach (var unit in units)
        {
            _ = unit.Failure is null ? _computed++ : _failed++;
            Queue(batch.Grant, unit);
            if (batch.Level == 0)
            {
                _checkpoints.Delete(batch.Job, unit.Unit);
            }
        }

        if (_uploads.Count > 0)
        {
            UploadsChanged.Set();
        }
    }

    private FinishedUnit Convert(long unit, in UnitOutcome outcome, string resultFolder)
    {
        if (outcome.Failure is { } kind)
        {
            return FinishedUnit.WithFailure(new UnitFailure(unit, kind, outcome.Message ?? ""));
        }

        return outcome.File is { } file ? Keep(unit, Path.Combine(resultFolder, file), file)
            : FinishedUnit.WithResult(unit, outcome.Bytes);
    }

    private FinishedUnit Keep(long unit, string path, string name)
    {
        try
        {
            // The name comes from a process that runs code of strangers: it may not lead elsewhere, nor be
            // the name of a folder.
            if (!IsResultName(name)
                || File.GetAttributes(path) is var kind
                && (kind.HasFlag(FileAttributes.ReparsePoint) || kind.HasFlag(FileAttributes.Directory)))
            {
                throw new FrameException("A worker named a result file that is not one.");
            }

            return FinishedUnit.WithBlob(unit, _blobs.Keep(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return FinishedUnit.WithFailure(new UnitFailure(
                unit, UnitFailureKind.Threw, $"The result cannot be kept on disk: {fault.Message}"));
        }
    }

    private static bool IsResultName(string name) =>
        name.Length is > 0 and <= 64 && name.All(char.IsAsciiLetterOrDigit);
}
