using System.Globalization;
using GridVolunteer.Agent.Workloads;

namespace GridVolunteer.Agent.Tests.Workloads;

public sealed class WorkloadTrialTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Trial_RunsUnitsSpreadOverTheJob_AndTheMerge()
    {
        var report = await RunAsync("table", units: 70_000);
        Assert.True(report.Passed, string.Join('\n', report.Units.Select(u => u.Fault).Append(report.MergeFault)));
        Assert.Equal([0L, 23_333, 46_666, 69_999], report.Units.Select(u => u.Unit));
        Assert.Equal(70_000, report.UnitsPlanned);
        Assert.NotEqual(0, report.Output.Length);
        Assert.False(Directory.Exists(_folder["work/scratch"]));
    }

    [Fact]
    public async Task Trial_OfAJobWithOneUnit_RunsIt() =>
        Assert.Equal([0L], (await RunAsync("table", units: 1)).Units.Select(u => u.Unit));

    [Fact]
    public async Task Unit_ThatThrows_IsReportedWithWhere()
    {
        var report = await RunAsync("nan", units: 2);
        Assert.False(report.Passed);
        Assert.All(report.Units, u => Assert.StartsWith("ArithmeticException: lost count\n", u.Fault));
    }

    [Fact]
    public async Task Results_ThatDifferByMoreThanTheTolerance_AreShown()
    {
        var report = await RunAsync("far", units: 1);
        Assert.False(report.Passed);
        Assert.Contains("Two runs differ by more than the tolerance at $[0]", report.Units[0].Fault);
    }

    [Fact]
    public async Task Results_ThatDifferWithinTheTolerance_Pass() =>
        Assert.True((await RunAsync("near", units: 1)).Passed);

    [Fact]
    public async Task Statics_OfTheWorkload_DoNotCarryOver() =>
        Assert.True((await RunAsync("static", units: 1)).Passed);

    private async Task<TrialReport> RunAsync(string kind, long units)
    {
        var work = Directory.CreateDirectory(_folder["work"]).FullName;
        var package = PlannedWorkload.Pack(_folder);
        var options = new TrialOptions
        {
            Parameters = new Dictionary<string, string>
            {
                ["kind"] = kind,
                ["units"] = units.ToString(CultureInfo.InvariantCulture),
            },
        };
        return await WorkloadTrial.RunAsync(
            package, options, work, TimeProvider.System, null, default);
    }
}
