using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Coordinator.Telemetry;

/// <summary>
/// What is read off when somebody looks: queues, residents, and what the storage has written.
/// </summary>
/// <param name="instruments">Where the meter is.</param>
/// <param name="storage">The storage.</param>
/// <param name="grid">The grid.</param>
/// <param name="polls">Requests that wait for work.</param>
/// <param name="readers">Readers of the event stream.</param>
public sealed class StateMeters(
    CoordinatorInstruments instruments, SqliteStorage storage, EmbeddedGrid grid, PollDesk polls,
    EventReaders readers)
{
    /// <summary>Makes the instruments; they live as long as the meter.</summary>
    public void Observe()
    {
        var meter = instruments.Meter;
        meter.CreateObservableCounter(
            "gridvolunteer.journal.commits", () =>
                storage.Counters.Commits, "{commit}", "Transactions, each with one sync.");
        meter.CreateObservableCounter(
            "gridvolunteer.journal.turns", () => storage.Counters.Turns, "{turn}", "Mailbox turns stored.");
        meter.CreateObservableCounter(
            "gridvolunteer.journal.written", () =>
                storage.Counters.SizeBytes, "By", "Records, rows and snapshots stored.");
        meter.CreateObservableGauge(
            "gridvolunteer.journal.queued", () =>
                storage.Counters.QueuedTurns, "{turn}", "Turns that wait for a commit.");
        meter.CreateObservableGauge(
            "gridvolunteer.entities.resident", () =>
                grid.ResidentEntities, "{entity}", "Jobs and shards in memory.");
        meter.CreateObservableGauge(
            "gridvolunteer.polls.waiting", () => polls.Count, "{request}", "Requests that wait for work.");
        meter.CreateObservableGauge(
            "gridvolunteer.events.readers", () => readers.Count, "{reader}", "Readers of the event stream.");
    }
}
