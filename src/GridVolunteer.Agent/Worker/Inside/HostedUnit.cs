using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.Worker.Inside;

/// <summary>A unit's context in a worker: progress and checkpoints go to the agent.</summary>
internal sealed class HostedUnit(Outbox outbox, int batch) : ComputeContext
{
    private const int CheckpointSizeBytesMax = 4 * 1024 * 1024;

    /// <inheritdoc/>
    public override void ReportProgress(double fraction)
    {
        if (double.IsFinite(fraction))
        {
            outbox.Progress(batch, Unit, Math.Clamp(fraction, 0, 1));
        }
    }

    /// <inheritdoc/>
    public override void SaveCheckpoint(ReadOnlySpan<byte> state)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(state.Length, CheckpointSizeBytesMax);
        outbox.Checkpoint(batch, Unit, state.ToArray());
    }
}
