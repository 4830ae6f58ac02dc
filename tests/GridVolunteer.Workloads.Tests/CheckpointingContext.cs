using System.Diagnostics.CodeAnalysis;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Workloads.Tests;

/// <summary>A host that keeps every checkpoint and progress a unit reports.</summary>
internal sealed class CheckpointingContext : ComputeContext
{
    [SetsRequiredMembers]
    public CheckpointingContext(ComputeContext unit, byte[]? checkpoint = null)
    {
        Unit = unit.Unit;
        UnitInput = unit.UnitInput;
        Parameters = unit.Parameters;
        Inputs = unit.Inputs;
        ScratchFolder = unit.ScratchFolder;
        Seed = unit.Seed;
        if (checkpoint is not null)
        {
            Checkpoint = checkpoint;
        }
    }

    public List<byte[]> Checkpoints { get; } = [];

    public List<double> Progress { get; } = [];

    public override void ReportProgress(double fraction) => Progress.Add(fraction);

    public override void SaveCheckpoint(ReadOnlySpan<byte> state) => Checkpoints.Add(state.ToArray());
}
