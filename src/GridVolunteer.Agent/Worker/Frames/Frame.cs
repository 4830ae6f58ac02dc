namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>
/// One message on a worker's socket: four bytes of length (little endian; kind and body), one of kind, then the body.
/// </summary>
/// <param name="Kind">What it says.</param>
/// <param name="Body">The bytes behind the kind; they are the reader's own and stay valid.</param>
internal readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Body)
{
    /// <summary>The largest frame, in bytes: a checkpoint of 4 MiB or 1,024 children of 4 KiB fit with room to spare.</summary>
    public const int SizeBytesMax = 8 * 1024 * 1024;

    /// <summary>Bytes before the kind.</summary>
    public const int PrefixSizeBytes = sizeof(uint);
}
