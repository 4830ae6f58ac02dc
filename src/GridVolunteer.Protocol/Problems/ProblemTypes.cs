namespace GridVolunteer.Protocol.Problems;

/// <summary>
/// The values of <see cref="Problem.Type"/>. They never change their meaning; new ones may be added.
/// </summary>
public static class ProblemTypes
{
    /// <summary>400: the request is malformed: bad JSON, a bad id, a value out of range.</summary>
    public const string Malformed = "malformed";

    /// <summary>401: a token is needed, or the one sent is wrong or has expired.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>
    /// 403: the token does not allow this, or the Host or Origin of the request is not accepted.
    /// </summary>
    public const string Forbidden = "forbidden";

    /// <summary>404: there is no such thing.</summary>
    public const string NotFound = "not-found";

    /// <summary>405: the address does not take this method.</summary>
    public const string MethodNotAllowed = "method-not-allowed";

    /// <summary>
    /// 409: the coordinator does not know this agent: send a heartbeat, then repeat the request.
    /// </summary>
    public const string IntroduceYourself = "introduce-yourself";

    /// <summary>
    /// 409: the state of the thing does not allow this now (the job is over, has no output yet).
    /// </summary>
    public const string Conflict = "conflict";

    /// <summary>413: the body is larger than allowed; the detail states the limit.</summary>
    public const string TooLarge = "too-large";

    /// <summary>415: the body has another media type than the address takes.</summary>
    public const string UnsupportedMediaType = "unsupported-media-type";

    /// <summary>416: the range asked for lies outside the blob.</summary>
    public const string RangeNotSatisfiable = "range-not-satisfiable";

    /// <summary>422: the bytes of a blob do not have the hash or length that its name says.</summary>
    public const string WrongHash = "wrong-hash";

    /// <summary>
    /// 422: what was submitted is well formed but cannot be accepted; <see cref="Problem.Errors"/> lists
    /// every fault.
    /// </summary>
    public const string Rejected = "rejected";

    /// <summary>426: the caller speaks a protocol version below the minimum.</summary>
    public const string UpgradeRequired = "upgrade-required";

    /// <summary>429: the caller has used up an allowance; repeat after <c>Retry-After</c> seconds.</summary>
    public const string TooMany = "too-many";

    /// <summary>
    /// 503: the storage cannot be written, or the coordinator stops; repeat after <c>Retry-After</c> seconds.
    /// </summary>
    public const string Unavailable = "unavailable";

    /// <summary>500: a fault of the coordinator; its log has more.</summary>
    public const string Internal = "internal";
}
