using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Telemetry;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>What the application is built on, opened before it.</summary>
/// <param name="Secrets">The secrets.</param>
/// <param name="Ring">The events.</param>
/// <param name="Queue">What the engine tells the broker.</param>
/// <param name="Instruments">The counters.</param>
/// <param name="Backend">What lies behind the API.</param>
internal sealed record CoordinatorServices(
    CoordinatorSecrets Secrets, EventRing Ring, HintQueue Queue, CoordinatorInstruments Instruments,
    IGridBackend Backend);
