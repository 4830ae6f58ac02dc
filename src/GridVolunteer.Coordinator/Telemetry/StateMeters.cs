using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Coordinator.Hosting;

namespace GridVolunteer.Coordinator.Telemetry;

/// <summary>
/// What is read off when somebody looks: queues, residents, and what the backend has to show.
/// </summary>
/// <param name="instruments">Where the meter is.</param>
/// <param name="backend">What lies behind the API.</param>
/// <param name="polls">Requests that wait for work.</param>
/// <param name="readers">Readers of the event stream.</param>
public sealed class StateMeters(
    CoordinatorInstruments instruments, IGridBackend backend, PollDesk polls, EventReaders readers)
{
    /// <summary>Makes the instruments; they live as long as the meter.</summary>
    public void Observe()
    {
        var meter = instruments.Meter;
        backend.Observe(meter);
        meter.CreateObservableGauge(
            "gridvolunteer.polls.waiting", () => polls.Count, "{request}", "Requests that wait for work.");
        meter.CreateObservableGauge(
            "gridvolunteer.events.readers", () => readers.Count, "{reader}", "Readers of the event stream.");
    }
}
