using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Engine;

namespace GridVolunteer.Cluster.Grains;

/// <summary>What the grains of one silo work with.</summary>
/// <param name="Grid">Where they find others.</param>
/// <param name="Engine">The timer, the outbox and the journal of their mailboxes.</param>
/// <param name="Broker">Told of work, here and on all silos.</param>
/// <param name="Volunteers">How volunteers' silence is judged.</param>
/// <param name="Residents">Who lives here.</param>
/// <param name="Openings">Has shards live where they are asked for.</param>
/// <param name="Calls">Counts calls of grains.</param>
internal sealed record SiloEngine(
    IGrid Grid, GridEngine Engine, IBrokerFeed Broker, VolunteerOptions Volunteers, SiloResidents Residents,
    OpeningHints Openings, CallCounts Calls);
