using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Agents;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// The machines of the agents that are alive, to say why a job waits. Counted anew when the last count is a
/// second old, so that a page of jobs does not count ten thousand agents for each. Safe for concurrent use.
/// </summary>
/// <param name="volunteers">Knows the agents.</param>
/// <param name="clock">The clock that the count's age goes by.</param>
public sealed class AgentCensus(IVolunteerRoster volunteers, TimeProvider clock)
{
    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(1);

    private Count _last = new(DateTimeOffset.MinValue, []);

    /// <summary>The machines.</summary>
    public async ValueTask<IReadOnlyList<HostFacts>> AliveAsync(CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _last);
        if (clock.GetUtcNow() - last.At < AgeMax)
        {
            return last.Hosts;
        }

        var views = await volunteers.ListAsync(after: null, int.MaxValue, cancellationToken);
        HostFacts[] hosts = [.. views.Where(view => view.State == "alive").Select(view => view.Host)];
        Volatile.Write(ref _last, new Count(clock.GetUtcNow(), hosts));
        return hosts;
    }

    private sealed record Count(DateTimeOffset At, IReadOnlyList<HostFacts> Hosts);
}
