using GridVolunteer.Protocol.Problems;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// The problems the API answers with; one factory each, so that kind, title and status always go together.
/// </summary>
public static class ApiProblem
{
    /// <summary>400: the request is malformed.</summary>
    public static Problem Malformed(string detail) =>
        Of(ProblemTypes.Malformed, "The request is malformed", 400, detail);

    /// <summary>401: no token, or not a good one.</summary>
    public static Problem Unauthenticated(string detail) =>
        Of(ProblemTypes.Unauthenticated, "A token is needed", 401, detail);

    /// <summary>403: not allowed.</summary>
    public static Problem Forbidden(string detail) => Of(ProblemTypes.Forbidden, "Not allowed", 403, detail);

    /// <summary>404: nothing there.</summary>
    public static Problem NotFound(string detail) =>
        Of(ProblemTypes.NotFound, "There is no such thing", 404, detail);

    /// <summary>405: not with this method.</summary>
    public static Problem MethodNotAllowed(string detail) =>
        Of(ProblemTypes.MethodNotAllowed, "The method is not allowed here", 405, detail);

    /// <summary>409: the coordinator does not know the agent.</summary>
    public static Problem IntroduceYourself { get; } = Of(
        ProblemTypes.IntroduceYourself, "The coordinator does not know this agent", 409,
        "Send a heartbeat, then repeat the request: nothing of it was taken in.");

    /// <summary>409: not in this state.</summary>
    public static Problem Conflict(string detail) =>
        Of(ProblemTypes.Conflict, "The state does not allow this now", 409, detail);

    /// <summary>413: too many bytes.</summary>
    public static Problem TooLarge(long limitBytes) => Of(
        ProblemTypes.TooLarge, "The body is too large", 413,
        $"The body may have at most {limitBytes} bytes.");

    /// <summary>415: not this media type.</summary>
    public static Problem UnsupportedMediaType(string detail) =>
        Of(ProblemTypes.UnsupportedMediaType, "The media type is not taken here", 415, detail);

    /// <summary>416: outside the blob.</summary>
    public static Problem RangeNotSatisfiable(long lengthBytes) => Of(
        ProblemTypes.RangeNotSatisfiable, "The range lies outside", 416, $"There are {lengthBytes} bytes.");

    /// <summary>422: other bytes than the name says.</summary>
    public static Problem WrongHash(string detail) =>
        Of(ProblemTypes.WrongHash, "The bytes are not those that the name says", 422, detail);

    /// <summary>422: well formed, but not acceptable; all faults.</summary>
    public static Problem Rejected(IReadOnlyList<string> faults) =>
        Of(ProblemTypes.Rejected, "The submission cannot be accepted", 422, string.Join(" ", faults)) with
        {
            Errors = faults,
        };

    /// <summary>426: too old a protocol.</summary>
    public static Problem UpgradeRequired(string detail) =>
        Of(ProblemTypes.UpgradeRequired, "A newer version is needed", 426, detail);

    /// <summary>429: an allowance is used up.</summary>
    public static Problem TooMany(string detail) =>
        Of(ProblemTypes.TooMany, "Too many requests", 429, detail);

    /// <summary>503: not now.</summary>
    public static Problem Unavailable(string detail) =>
        Of(ProblemTypes.Unavailable, "The coordinator cannot do this now", 503, detail);

    /// <summary>500: a bug.</summary>
    public static Problem Internal { get; } = Of(
        ProblemTypes.Internal, "The coordinator failed", 500,
        "This is a fault of the coordinator; its log says more.");

    private static Problem Of(string type, string title, int status, string detail) =>
        new() { Type = type, Title = title, Status = status, Detail = detail };
}
