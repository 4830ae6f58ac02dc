using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Access;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// How a coordinator runs. Checked as a whole at start by <see cref="CoordinatorOptionsValidator"/>.
/// </summary>
public sealed record CoordinatorOptions
{
    /// <summary>Where a coordinator listens unless told otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:4370";

    /// <summary>
    /// Where to listen: <c>http://ADDRESS:PORT</c>, the address an IP or <c>localhost</c>; port 0 takes a
    /// free one. Default <see cref="DefaultUrl"/>.
    /// </summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>
    /// The folder of journal, results, blobs and secrets; made when missing. One coordinator at a time.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>True when reading needs a token too. Default false.</summary>
    public bool Private { get; init; }

    /// <summary>Who may become a volunteer. Default open.</summary>
    public EnrolmentMode Enrolment { get; init; } = EnrolmentMode.Open;

    /// <summary>
    /// Allows addresses other than loopback although there is no TLS yet: tokens and results then cross the
    /// network in the clear. Default false.
    /// </summary>
    public bool InsecureAnyAddress { get; init; }

    /// <summary>
    /// Names under which it is reached besides its addresses, as through a gateway. Default none: a request for
    /// a name that nobody vouches for may come from a web page whose name was made to point here.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>
    /// How often an agent beats. Default 15 s; 0.1 s to 10 min. Shorter notices losses sooner and costs
    /// requests.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a volunteer may be silent before its units go to others. Default 60 s; two intervals to 1 h.
    /// Longer tolerates slow links; shorter recovers lost work sooner.
    /// </summary>
    public TimeSpan HeartbeatLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an agent's bearer token is good. Default 1 h; 1 min to 24 h.</summary>
    public TimeSpan AgentTokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The largest JSON body, in bytes. Default 8 MiB; 64 KiB to 256 MiB.</summary>
    public long RequestSizeBytesMax { get; init; } = 8 << 20;

    /// <summary>The largest blob, in bytes. Default 1 GiB; at least 1 MiB.</summary>
    public long BlobSizeBytesMax { get; init; } = 1 << 30;

    /// <summary>Bytes of blobs one agent may upload in an hour. Default 16 GiB; at least 1 MiB.</summary>
    public long AgentUploadBytesPerHourMax { get; init; } = 16L << 30;

    /// <summary>The longest wait of a long poll. Default 60 s; 0 to 5 min.</summary>
    public TimeSpan LongPollMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Requests that may wait for work at a time; beyond it they are answered at once. Default 8,192.
    /// </summary>
    public int LongPollsMax { get; init; } = 8192;

    /// <summary>Readers of the event stream at a time; beyond it they get 429. Default 256.</summary>
    public int EventReadersMax { get; init; } = 256;

    /// <summary>
    /// Where the operator token is left for programs of the same user, by address. Default the user's XDG
    /// state folder; null leaves it in the data folder only.
    /// </summary>
    public string? TokenFolder { get; init; } = OperatorTokenFile.DefaultFolder;

    /// <summary>
    /// How long a stop still takes requests while <c>/healthz</c> and <c>/readyz</c> say that it drains, so that
    /// gateways turn to others before connections are refused. Default 0; 0 to 5 min. A gateway needs its
    /// interval of checks; without one it is time lost.
    /// </summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// How long a stop waits for requests under way before it breaks them off. Default 10 s; at least 0.
    /// </summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The lowest level that is logged, to standard error. Default information; None logs nothing.
    /// </summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How volunteers' silence is judged.</summary>
    public VolunteerOptions Silence => new()
    {
        HeartbeatInterval = HeartbeatInterval,
        HeartbeatLimit = HeartbeatLimit,
    };
}
