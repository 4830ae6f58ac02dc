using GridVolunteer.Simulation.Campaigns;
using Xunit.Abstractions;

namespace GridVolunteer.Groups.Tests.Simulation;

/// <summary>What the tests of every layer ask of its simulation.</summary>
internal static class SimulatedLayer
{
    /// <summary>Runs the share of a layer that every build runs; all must hold.</summary>
    public static void RunShare(ILayer layer, int runs, ITestOutputHelper output)
    {
        var campaign = new Campaign(layer).RunParallel(1, runs, threads: 2);
        output.WriteLine(campaign.Report());
        Assert.True(campaign.Failures.Count == 0, campaign.Report());
    }

    /// <summary>A seed that once showed something that did not hold.</summary>
    public static void Hold(ILayer layer, int seed, string what, ITestOutputHelper output)
    {
        output.WriteLine(what);
        Assert.Equal([], layer.Run(seed).Violations);
    }

    /// <summary>A known mistake is noticed within so many runs.</summary>
    public static void Catch(ILayer layer, string flaw, int runs, ITestOutputHelper output)
    {
        var campaign = new Campaign(layer, flaw).Run(1, runs, failuresMax: 1);
        output.WriteLine(campaign.Report());
        Assert.True(campaign.Failures.Count > 0, $"No checker noticed {flaw} in {runs} runs.");
    }

    /// <summary>A seed goes the same way every time.</summary>
    public static void Replay(ILayer layer)
    {
        var traces = Enumerable.Range(1, 5).Select(seed => layer.Run(seed).TraceHash).ToArray();
        Assert.Equal(traces, Enumerable.Range(1, 5).Select(seed => layer.Run(seed).TraceHash));
        Assert.Equal(traces.Length, traces.Distinct().Count());
    }
}
