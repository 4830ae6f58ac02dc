using System.Text.Json;
using GridVolunteer.Workloads.ParameterSweep.Results;

namespace GridVolunteer.Workloads.Tests.ParameterSweep;

public sealed class RunTableTests
{
    [Fact]
    public void Table_KeepsTheFirstRunsThatFit_AndCountsTheOthers()
    {
        var parts = Enumerable.Range(0, 10).Select(i => new SweepResult([Run(i)])).ToArray();
        var inner = RunTable.Join(parts, sizeBytesMax: 1000);
        Assert.InRange(inner.Runs.Count, 2, 9);
        Assert.Equal(
            Enumerable.Range(0, inner.Runs.Count).Select(i => (long)i), inner.Runs.Select(r => r.Index));
        Assert.Equal(10 - inner.Runs.Count, inner.RunsOmitted);
        var outer = RunTable.Join([inner, new SweepResult([Run(10)])], sizeBytesMax: 1_000_000);
        Assert.Equal(inner.RunsOmitted + 1, outer.RunsOmitted);
        Assert.Equal(inner.Runs.Count, outer.Runs.Count);
    }

    private static Run Run(int index) => new()
    {
        Index = index,
        Parameters = new Dictionary<string, JsonElement>(),
        ExitCode = 0,
        Stdout = new string('x', 100),
    };
}
