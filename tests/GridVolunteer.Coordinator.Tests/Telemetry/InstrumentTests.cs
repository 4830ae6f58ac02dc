using System.Diagnostics.Metrics;
using GridVolunteer.Coordinator.Telemetry;
using GridVolunteer.Coordinator.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace GridVolunteer.Coordinator.Tests.Telemetry;

/// <summary>What a job's life leaves in the meters.</summary>
public sealed class InstrumentTests
{
    [Fact]
    public async Task Life_OfAJob_IsCounted()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var own = coordinator.Service.Services.GetRequiredService<CoordinatorInstruments>().Meter;
        var sums = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter, own))
            {
                Assert.NotEmpty(instrument.Description!);
                Assert.NotEmpty(instrument.Unit!);
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Add(instrument, 1));
        listener.Start();

        var job = await TestJobs.SubmitAsync(coordinator, s => s with { Units = 10 });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        await agent.WorkAsync(agent.Request(reports: TestAgent.Report(await agent.GrantAsync())));
        await TestJobs.CompletedAsync(coordinator, job);
        listener.RecordObservableInstruments();

        lock (sums)
        {
            Assert.Equal(10, sums["gridvolunteer.units.leased"]);
            Assert.Equal(10, sums["gridvolunteer.units.reported"]);
            Assert.Equal(10, sums["gridvolunteer.units.validated"]);
            Assert.Equal(2, sums["gridvolunteer.exchange.duration"]);
            Assert.Equal(9, sums["gridvolunteer.blobs.transferred"]);
            Assert.True(sums["gridvolunteer.journal.commits"] > 0);
            Assert.Equal(0, sums["gridvolunteer.polls.waiting"]);
        }

        void Add(Instrument instrument, double value)
        {
            lock (sums)
            {
                sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value;
            }
        }
    }
}
