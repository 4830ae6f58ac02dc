using System.Net;
using GridVolunteer.Protocol.Problems;

namespace GridVolunteer.Protocol.Client;

/// <summary>
/// The coordinator answered, and refused. <see cref="Exception.Message"/> is fit for people.
/// </summary>
public sealed class CoordinatorProblemException : Exception
{
    /// <summary>
    /// From the parts of a problem body; <paramref name="errors"/> lists every fault where there are several.
    /// </summary>
    public CoordinatorProblemException(
        HttpStatusCode status, string title, string? detail = null, IReadOnlyList<string>? errors = null)
        : base(Sentence(title, detail, errors))
    {
        Status = status;
        Title = title;
        Detail = detail;
        Errors = errors ?? [];
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>What kind of problem, one of <see cref="ProblemTypes"/>, or null.</summary>
    public string? Type { get; init; }

    /// <summary>The kind in a few words.</summary>
    public string Title { get; }

    /// <summary>What is wrong this time, and what to do; null when the coordinator did not say.</summary>
    public string? Detail { get; }

    /// <summary>Every fault found, when there may be several; else empty.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>How long the coordinator asks to wait before the next try, when it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether the same request may succeed later: the service is overloaded, starting, or cannot write.
    /// </summary>
    public bool IsTransient => (int)Status is 408 or 429 or >= 500;

    private static string Sentence(string title, string? detail, IReadOnlyList<string>? errors)
    {
        var head = string.IsNullOrEmpty(detail) ? title : $"{title}: {detail}";
        return errors is { Count: > 0 } ? string.Join("\n  - ", [head, .. errors]) : head;
    }
}
