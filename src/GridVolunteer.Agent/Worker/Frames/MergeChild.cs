namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>A result that a merge takes in: bytes, a file that holds them, or neither: a hole.</summary>
/// <param name="Bytes">The result itself, or null.</param>
/// <param name="Path">A file with the result, or null.</param>
internal readonly record struct MergeChild(ReadOnlyMemory<byte>? Bytes, string? Path)
{
    /// <summary>A child that failed for good.</summary>
    public static MergeChild Hole { get; }
}
