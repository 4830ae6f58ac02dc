using System.Globalization;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Client;

/// <summary>
/// The paths of API version 1, relative to the coordinator's address and shared by its service and its
/// clients.
/// </summary>
public static class ApiRoutes
{
    /// <summary>GET: what the coordinator is, and the limits it holds requests to.</summary>
    public const string About = "/v1/about";

    /// <summary>GET lists jobs (<c>before</c>, <c>limit</c>), POST submits one.</summary>
    public const string Jobs = "/v1/jobs";

    /// <summary>GET lists peers (<c>after</c>, <c>limit</c>).</summary>
    public const string Peers = "/v1/peers";

    /// <summary>POST: an agent asks for a challenge to sign.</summary>
    public const string Challenge = "/v1/agents/challenge";

    /// <summary>POST: an agent answers its challenge and gets a bearer token.</summary>
    public const string Token = "/v1/agents/token";

    /// <summary>POST: an agent's sign of life.</summary>
    public const string Heartbeat = "/v1/agents/heartbeat";

    /// <summary>POST: an exchange of results for work.</summary>
    public const string Work = "/v1/work";

    /// <summary>POST: which of these blobs does the coordinator lack.</summary>
    public const string MissingBlobs = "/v1/blobs/missing";

    /// <summary>GET: the event stream (<c>job</c>).</summary>
    public const string Events = "/v1/events";

    /// <summary>GET: the description of the API.</summary>
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>GET: the process lives.</summary>
    public const string Health = "/healthz";

    /// <summary>GET: the service takes requests.</summary>
    public const string Ready = "/readyz";

    /// <summary>GET: one job.</summary>
    public static string Job(JobId job) => $"{Jobs}/{job}";

    /// <summary>POST: <c>cancel</c>, <c>pause</c> or <c>resume</c>; answers the job.</summary>
    public static string Control(JobId job, string verb) => $"{Jobs}/{job}/{verb}";

    /// <summary>GET: what an agent needs once per job.</summary>
    public static string Recipe(JobId job) => $"{Jobs}/{job}/recipe";

    /// <summary>GET: the failures a job kept (<c>after</c>, <c>limit</c>).</summary>
    public static string Failures(JobId job) => $"{Jobs}/{job}/failures";

    /// <summary>GET: one NDJSON line a decided unit (<c>after</c>).</summary>
    public static string Results(JobId job) => $"{Jobs}/{job}/results";

    /// <summary>GET: the merged output, with ranges.</summary>
    public static string Output(JobId job) => $"{Jobs}/{job}/output";

    /// <summary>
    /// GET: canonical results of a run of units of one level, as a merge unit needs its children.
    /// </summary>
    public static string Children(JobId job, int level, UnitRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Jobs}/{job}/children?level={level}&start={run.Start}&count={run.Count}");

    /// <summary>GET (with ranges), HEAD or PUT: one blob.</summary>
    public static string Blob(BlobId blob) => $"/v1/blobs/{blob}";

    /// <summary>GET: one peer.</summary>
    public static string Peer(PeerId peer) => $"{Peers}/{peer}";
}
