using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>Units to compute in order.</summary>
internal sealed record ComputeMessage
{
    /// <summary>The most units of one batch.</summary>
    public const int UnitsMax = 4096;

    /// <summary>The agent's number for this batch; results come back under it.</summary>
    public required int Batch { get; init; }

    /// <summary>The units, in increasing order.</summary>
    public required IReadOnlyList<UnitRun> Runs { get; init; }

    /// <summary>Their inputs in the same order (<see cref="PackedInputs"/>); empty for a job by count.</summary>
    public required ReadOnlyMemory<byte> Inputs { get; init; }

    /// <summary>The last checkpoint of the first unit, or null.</summary>
    public ReadOnlyMemory<byte>? Checkpoint { get; init; }

    public void Write(FrameWriter writer)
    {
        writer.Begin(FrameKind.Compute);
        writer.Varint(Batch);
        writer.Varint(Runs.Count);
        foreach (var run in Runs)
        {
            writer.Varint(run.Start);
            writer.Varint(run.Count);
        }

        writer.Bytes(Inputs.Span);
        writer.Flag(Checkpoint is not null);
        if (Checkpoint is { } state)
        {
            writer.Bytes(state.Span);
        }

        writer.End();
    }

    public static ComputeMessage Read(FrameBody body)
    {
        var batch = body.Count(int.MaxValue);
        var runs = new UnitRun[body.Count(UnitsMax)];
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = new UnitRun(body.Varint(), body.Count(UnitsMax));
        }

        var inputs = body.Bytes();
        // A bare null would turn into empty memory: it converts to an array, and that to memory.
        var checkpoint = body.Flag() ? body.Bytes() : (ReadOnlyMemory<byte>?)null;
        body.End();
        return new ComputeMessage { Batch = batch, Runs = runs, Inputs = inputs, Checkpoint = checkpoint };
    }
}
