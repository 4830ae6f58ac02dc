namespace GridVolunteer.Protocol.Problems;

/// <summary>
/// Why a request was refused: the body of every error answer, <c>application/problem+json</c> (RFC 9457).
/// </summary>
public sealed record Problem
{
    /// <summary>The media type of a problem.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>What kind of problem: one of <see cref="ProblemTypes"/>; programs decide by it.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in a few words, the same for every occurrence.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong this time and what to do about it, for people.</summary>
    public string? Detail { get; init; }

    /// <summary>Every fault found, when there may be several; else null.</summary>
    public IReadOnlyList<string>? Errors { get; init; }
}
