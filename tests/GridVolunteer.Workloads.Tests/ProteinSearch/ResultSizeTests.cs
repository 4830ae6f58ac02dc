using System.Text;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ProteinSearch;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class ResultSizeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gridvolunteer-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ResultsOfThousandsOfQueries_StayWithinWhatThePlanAllows_AndMergeByFew()
    {
        var job = await JobOf(queries: 3000, sequences: 500).PlanAsync("""{ "top": 500, "sliceResidues": 1000000 }""");
        Assert.Equal(1, job.Plan.Units);
        var result = await job.ComputeAsync(0);
        Assert.InRange(result.Length, 17 << 20, job.Plan.ResultSizeBytesMax);
        Assert.InRange(job.Plan.MergeFanIn, 2, 10);
        Assert.InRange(job.Plan.Needs.MemoryBytes, 10L * result.Length, 50L * result.Length);
    }

    [Fact]
    public async Task ResultsOfFewQueries_AreOfTheUsualSize()
    {
        var plan = (await JobOf(queries: 2, sequences: 50).PlanAsync("{}")).Plan;
        Assert.Equal((64, 16L << 20), (plan.MergeFanIn, plan.ResultSizeBytesMax));
        Assert.InRange(plan.Needs.MemoryBytes, 200L << 20, 210L << 20);
    }

    [Fact]
    public async Task MoreQueriesThanResultsCanAnswer_AreRefusedAtPlanning()
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(
            () => JobOf(queries: 3000, sequences: 10_000).PlanAsync("""{ "top": 10000 }"""));
        Assert.Contains("3000 queries with up to 10000 hits", thrown.Message);
        Assert.Contains("Lower top", thrown.Message);
    }

    private LocalJob JobOf(int queries, int sequences)
    {
        string Write(string name, int count)
        {
            var text = new StringBuilder();
            for (var i = 0; i < count; i++)
            {
                text.Append($">{name}-{i}\nWCHW\n");
            }

            var path = Path.Combine(_folder, $"{name}.fa");
            File.WriteAllText(path, text.ToString());
            return path;
        }

        return new LocalJob(new ProteinSearchWorkload(), new Dictionary<string, string>
        {
            ["query"] = Write("query", queries),
            ["database"] = Write("sequence", sequences),
        });
    }
}
