using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Events;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>What a backend is given to work with.</summary>
/// <param name="Options">How the coordinator runs.</param>
/// <param name="Events">Takes what happens in this process: counts it and shows it to readers here.</param>
/// <param name="Ring">The readers' events alone: for what happened in another process, which counts it.</param>
/// <param name="Broker">Told what changed for the broker of this process.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Loggers">For logs.</param>
public sealed record BackendServices(
    CoordinatorOptions Options, IEventSink Events, EventRing Ring, IBrokerFeed Broker, TimeProvider Clock,
    ILoggerFactory Loggers);
