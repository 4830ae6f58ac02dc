using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Protocol.Client;

/// <content>What agents call: proof of their key, heartbeats, exchanges, recipes and children.</content>
public sealed partial class CoordinatorClient
{
    /// <summary>Asks for a challenge to sign.</summary>
    public Task<Challenge> ChallengeAsync(ChallengeRequest request, CancellationToken cancellationToken) =>
        PostAsync(ApiRoutes.Challenge, request, Json.ChallengeRequest, Json.Challenge, cancellationToken);

    /// <summary>Answers a challenge and gets a token.</summary>
    public Task<TokenAnswer> TokenAsync(TokenRequest request, CancellationToken cancellationToken) =>
        PostAsync(ApiRoutes.Token, request, Json.TokenRequest, Json.TokenAnswer, cancellationToken);

    /// <summary>Beats.</summary>
    public Task<HeartbeatAnswer> HeartbeatAsync(Heartbeat heartbeat, CancellationToken cancellationToken) =>
        PostAsync(ApiRoutes.Heartbeat, heartbeat, Json.Heartbeat, Json.HeartbeatAnswer, cancellationToken);

    /// <summary>
    /// Exchanges results for work. The answer may take as long as the request says it may wait, and 30 s
    /// more.
    /// </summary>
    public Task<WorkAnswer> WorkAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var limit = CallLimit + TimeSpan.FromSeconds(request.WaitSeconds);
        return PostAsync(
            ApiRoutes.Work, request, Json.WorkRequest, Json.WorkAnswer, cancellationToken, limit);
    }

    /// <summary>What is needed once per job to compute its units.</summary>
    public Task<JobRecipe> RecipeAsync(JobId job, CancellationToken cancellationToken) =>
        GetAsync(ApiRoutes.Recipe(job), Json.JobRecipe, cancellationToken);

    /// <summary>
    /// Canonical results of <paramref name="run"/> of <paramref name="level"/>, for a merge unit above them.
    /// </summary>
    public Task<ChildResults> ChildrenAsync(
        JobId job, int level, UnitRun run, CancellationToken cancellationToken) =>
        GetAsync(ApiRoutes.Children(job, level, run), Json.ChildResults, cancellationToken);

    /// <summary>A page of peers, by id.</summary>
    public Task<PeerPage> PeersAsync(string? after, int limit, CancellationToken cancellationToken) =>
        GetAsync(Page(ApiRoutes.Peers, "after", after, limit), Json.PeerPage, cancellationToken);

    /// <summary>One peer.</summary>
    public Task<PeerView> PeerAsync(PeerId peer, CancellationToken cancellationToken) =>
        GetAsync(ApiRoutes.Peer(peer), Json.PeerView, cancellationToken);
}
