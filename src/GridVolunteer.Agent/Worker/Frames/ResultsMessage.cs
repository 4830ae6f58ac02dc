using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>
/// What became of the next units of a batch, in their order. Many small outcomes share a frame: the header goes before
/// them once their number is known, so the worker collects entries and the frame is put together at the end.
/// </summary>
/// <param name="Batch">The batch.</param>
/// <param name="ComputeSeconds">Time spent computing the units told here.</param>
/// <param name="Outcomes">One for each unit, in order.</param>
internal sealed record ResultsMessage(int Batch, double ComputeSeconds, IReadOnlyList<UnitOutcome> Outcomes)
{
    private const int SmallTag = 0;
    private const int LargeTag = 1;
    private const int FailedTag = 2;

    /// <summary>Appends one outcome to the entries of a frame to be.</summary>
    public static void WriteEntry(FrameWriter entries, in UnitOutcome outcome)
    {
        if (outcome.Failure is { } kind)
        {
            entries.Varint(FailedTag);
            entries.Varint((int)kind);
            entries.Text(outcome.Message ?? "");
        }
        else if (outcome.File is { } file)
        {
            entries.Varint(LargeTag);
            entries.Text(file);
        }
        else
        {
            entries.Varint(SmallTag);
            entries.Bytes(outcome.Bytes.Span);
        }
    }

    /// <summary>Writes a whole frame around collected entries.</summary>
    public static void WriteFrame(
        FrameWriter writer, int batch, double computeSeconds, int count, ReadOnlySpan<byte> entries)
    {
        writer.Begin(FrameKind.Results);
        writer.Varint(batch);
        writer.Number(computeSeconds);
        writer.Varint(count);
        writer.Raw(entries);
        writer.End();
    }

    /// <exception cref="FrameException">The frame is malformed, or a result is larger than goes inline.</exception>
    public static ResultsMessage Read(FrameBody body)
    {
        var batch = body.Count(int.MaxValue);
        var seconds = body.Number();
        var outcomes = new UnitOutcome[body.Count(ComputeMessage.UnitsMax)];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = ReadEntry(ref body);
        }

        body.End();
        return new ResultsMessage(batch, double.IsFinite(seconds) && seconds > 0 ? seconds : 0, outcomes);
    }

    private static UnitOutcome ReadEntry(ref FrameBody body)
    {
        switch (body.Count(FailedTag))
        {
            case SmallTag:
                var bytes = body.Bytes();
                return bytes.Length <= PackedResultsWriter.InlineSizeBytesMax
                    ? UnitOutcome.Small(bytes)
                    : throw new FrameException("A worker sent a large result inline.");
            case LargeTag:
                return UnitOutcome.Large(body.Text());
            default:
                var kind = (UnitFailureKind)body.Count((int)UnitFailureKind.InputUnavailable);
                return UnitOutcome.Failed(kind, body.Text());
        }
    }
}
