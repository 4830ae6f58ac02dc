using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Peer.Reporting;

/// <summary>A unit that is done with: its result, a blob with its result, or its failure.</summary>
public readonly record struct FinishedUnit
{
    private const int OverheadSizeBytes = 8;

    private FinishedUnit(long unit, ReadOnlyMemory<byte> inline, BlobId? blob, UnitFailure? failure)
    {
        Unit = unit;
        Inline = inline;
        Blob = blob;
        Failure = failure;
    }

    /// <summary>The unit's index in its level.</summary>
    public long Unit { get; }

    /// <summary>The result, when it is small.</summary>
    public ReadOnlyMemory<byte> Inline { get; }

    /// <summary>The blob that holds it, when it is large.</summary>
    public BlobId? Blob { get; }

    /// <summary>Why there is none.</summary>
    public UnitFailure? Failure { get; }

    /// <summary>What computing it took, in seconds of one thread.</summary>
    public double ComputeSeconds { get; init; }

    /// <summary>About what it adds to a report.</summary>
    public int SizeBytes => OverheadSizeBytes + Inline.Length + (Failure?.Message.Length ?? 0)
        + (Blob is null ? 0 : PackedResultsWriter.BlobIdSizeBytes);

    /// <summary>A small result, at most <see cref="PackedResultsWriter.InlineSizeBytesMax"/>.</summary>
    public static FinishedUnit WithResult(long unit, ReadOnlyMemory<byte> inline) =>
        new(unit, inline, null, null);

    /// <summary>A large result, which the coordinator has as a blob.</summary>
    public static FinishedUnit WithBlob(long unit, BlobId blob) => new(unit, default, blob, null);

    /// <summary>A unit that failed.</summary>
    public static FinishedUnit WithFailure(UnitFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new FinishedUnit(failure.Unit, default, null, failure);
    }
}
