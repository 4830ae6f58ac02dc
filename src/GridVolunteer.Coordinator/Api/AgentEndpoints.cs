using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace GridVolunteer.Coordinator.Api;

/// <summary>Heartbeats, and the volunteers as people see them.</summary>
public static class AgentEndpoints
{
    private const int NameLengthMax = 64;
    private const int ProgramsMax = 256;

    /// <summary>Shards that a heartbeat's grants may lie in: each costs a look and some memory.</summary>
    private const int ShardsMax = 1024;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ApiRoutes.Heartbeat, BeatAsync)
            .For(Access.Agent)
            .Described(
                "heartbeat", "A sign of life.",
                "Introduces the agent, says which grants it holds, and learns which of them are void.")
            .Produces<HeartbeatAnswer>()
            .Problems(400, 401, 503);
        routes.MapGet(ApiRoutes.Peers, ListAsync)
            .For(Access.Reader)
            .Described("peers", "Lists the agents that have been heard since the coordinator started, by id.")
            .Produces<PeerPage>()
            .Problems(400);
        routes.MapGet(ApiRoutes.Peers + "/{id}", FindAsync)
            .For(Access.Reader)
            .Described("peer", "One agent.")
            .Produces<PeerView>()
            .Problems(400, 404);
    }

    private static async Task<IResult> BeatAsync(
        HttpContext context, Heartbeat heartbeat, IGrid grid, CancellationToken cancellationToken)
    {
        if (Fault(heartbeat) is { } fault)
        {
            return new ProblemResult(ApiProblem.Malformed(fault));
        }

        var peer = context.Features.GetRequiredFeature<Caller>().RequireAgent();
        var answer = await grid.Volunteer(peer).BeatAsync(heartbeat, cancellationToken);
        return TypedResults.Ok(answer);
    }

    private static string? Fault(Heartbeat heartbeat) =>
        heartbeat.Name.Length > NameLengthMax ? $"name has at most {NameLengthMax} characters."
        : heartbeat.Grants.Count > Volunteer.GrantsMax ? $"grants lists at most {Volunteer.GrantsMax}."
        : heartbeat.Grants.Count > ShardsMax && heartbeat.Grants.DistinctBy(g => g.Shard).Count() > ShardsMax
            ? $"grants lie in at most {ShardsMax} shards."
        : heartbeat.Host.Programs.Count > ProgramsMax ? $"host.programs lists at most {ProgramsMax}."
        : heartbeat.Host.Programs.Contains(null!) ? "host.programs holds a null."
        : heartbeat.Host.Programs.Any(program => program.Length > NameLengthMax)
            ? $"host.programs holds names of at most {NameLengthMax} characters."
        : heartbeat.Host.OperatingSystem.Length > NameLengthMax
            || heartbeat.Host.Architecture.Length > NameLengthMax
            || heartbeat.Host.AgentVersion.Length > NameLengthMax
            ? "host.operatingSystem, host.architecture and host.agentVersion have at most "
                + $"{NameLengthMax} characters."
        : heartbeat.Host.Threads < 1 ? "host.threads is at least 1."
        : heartbeat.LastRequestId?.Length > WorkRules.RequestIdLengthMax
            ? $"lastRequestId has at most {WorkRules.RequestIdLengthMax} characters."
        : null;

    private static async Task<IResult> ListAsync(
        string? after, string? limit, IVolunteerRoster volunteers, CancellationToken cancellationToken)
    {
        var size = Binding.PageSize(limit);
        var items = await volunteers.ListAsync(
            Binding.OptionalId<PeerId>(after), size, cancellationToken);
        return TypedResults.Ok(new PeerPage(items, items.Count == size ? items[^1].Peer.ToString() : null));
    }

    private static async Task<IResult> FindAsync(string id, IGrid grid, CancellationToken cancellationToken)
    {
        var peer = Binding.Id<PeerId>(id);
        return await grid.Volunteer(peer).ViewAsync(cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : new ProblemResult(
                ApiProblem.NotFound($"No peer {peer} has been heard since the coordinator started."));
    }
}
