using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GridVolunteer.Sdk;
using GridVolunteer.Sdk.Hosting;
using GridVolunteer.Workloads.ProteinSearch;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class ProteinSearchTests : IDisposable
{
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "ProteinSearch", "sample");

    private readonly string _folder = Directory.CreateTempSubdirectory("gridvolunteer-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Sample_GivesTheExpectedOutput()
    {
        var job = await SampleJob().PlanAsync("{}");
        Assert.InRange(job.Plan.Units, 60, 100);
        var output = await job.RunToBytesAsync();
        var hits = JsonElement.Parse(output).GetProperty("queries")[0].GetProperty("hits");
        Assert.Equal(25, hits.GetArrayLength());
        Assert.Equal("HBB_CALAR", hits[0].GetProperty("target").GetString());
        Assert.Equal(
            [740, 738], hits.EnumerateArray().Take(2).Select(h => h.GetProperty("score").GetInt32()));
        Assert.Equal(
            File.ReadAllText(Path.Combine(Sample, "expected.json")).Trim(), Encoding.UTF8.GetString(output));
    }

    [Fact]
    public async Task HowTheDatabaseIsCut_DoesNotMatter()
    {
        var whole = await (await SampleJob().PlanAsync("""{ "sliceResidues": "1e9", "top": 5 }""")).RunToBytesAsync();
        var cut = await (await SampleJob().PlanAsync("""{ "sliceResidues": 5000, "top": 5 }""")).RunToBytesAsync();
        Assert.Equal(Encoding.UTF8.GetString(whole), Encoding.UTF8.GetString(cut));
    }

    [Fact]
    public void SampleDatabase_IsItsTwoSourcesInOrder()
    {
        var joined = File.ReadAllText(Path.Combine(Sample, "globins45.fa")) + Unpack("proteins-2k.fasta.gz");
        Assert.Equal(joined, Unpack("database.fasta.gz"));
    }

    [Fact]
    public async Task Ties_AreBrokenByDatabaseOrder_AcrossSlices()
    {
        var database = string.Concat(Enumerable.Range(0, 40).Select(i => $">t{i}\nWWWW\n"));
        var job = await Job(">q\nWWWW\n", database).PlanAsync("""{ "top": 3, "sliceResidues": 5 }""");
        Assert.True(job.Plan.Units > 10);
        Assert.Equal(["t0", "t1", "t2"], Targets(await job.RunAsync(), query: 0));
    }

    [Fact]
    public async Task SeveralQueries_AreAnsweredInTheirOrder_AndScoresOfZeroAreNoHits()
    {
        var job = await Job(">first one\nWWWW\n>second\nCCCC\n", ">w\nWWWW\n>c\nCCCC\n").PlanAsync("{}");
        var output = await job.RunAsync();
        Assert.Equal("first", output.GetProperty("queries")[0].GetProperty("query").GetString());
        Assert.Equal(4, output.GetProperty("queries")[0].GetProperty("length").GetInt32());
        Assert.Equal(["w"], Targets(output, query: 0));
        Assert.Equal(["c"], Targets(output, query: 1));
    }

    [Fact]
    public async Task FailedUnits_LeaveOutTheirPartOfTheDatabase_AndNothingElse()
    {
        var job = await Job(">q\nWWWW\n", ">t0\nWWWW\n>t1\nWWWW\n>t2\nWWWW\n").PlanAsync("""{ "sliceResidues": 4 }""");
        Assert.Equal(["t0", "t2"], Targets(await job.RunAsync(failed: 1), query: 0));
    }

    [Fact]
    public async Task Unit_GoesOnFromAnyCheckpoint_WithTheSameResult()
    {
        var job = await SampleJob(ReportingClock()).PlanAsync("""{ "sliceResidues": "1e9", "top": 5 }""");
        var expected = await job.ComputeAsync(0);
        var first = new CheckpointingContext(job.Context(0, _folder));
        Assert.Equal(expected, await job.ComputeAsync(first));
        Assert.InRange(first.Checkpoints.Count, 20, 500);
        Assert.Equal(first.Progress.Order(), first.Progress);
        Assert.InRange(first.Progress[0], 0, 0.02);
        Assert.InRange(first.Progress[^1], 0.98, 1);
        foreach (var checkpoint in first.Checkpoints.Where((_, i) => i % 10 == 3))
        {
            var resumed = new CheckpointingContext(job.Context(0, _folder), checkpoint);
            Assert.Equal(expected, await job.ComputeAsync(resumed));
        }

        var last = new CheckpointingContext(job.Context(0, _folder), first.Checkpoints[^1]);
        Assert.Equal(expected, await job.ComputeAsync(last));
        Assert.InRange(last.Checkpoints.Count, 0, first.Checkpoints.Count / 4);
    }

    [Theory]
    [InlineData("no JSON", "", "")]
    [InlineData("null", "", "")]
    [InlineData("""{ "done": 700, "hits": [[]] }""", "", "")]
    [InlineData("""{ "next": 3, "unfinished": [], "queries": [null] }""", "", "")]
    [InlineData("""{ "next": 3, "unfinished": [1], "queries": [] }""", "", "")]
    [InlineData("""{ "next": 9999, "unfinished": []""", "[]", "[9999]")]
    [InlineData("""{ "next": 3, "unfinished": [3]""", "[]", "[2]")]
    [InlineData("""{ "next": 3, "unfinished": [1, 1]""", "[]", "[1]")]
    [InlineData("""{ "next": 3, "unfinished": []""", "[]", "[4]")]
    [InlineData("""{ "next": 3, "unfinished": []""", "[7, 7]", "[3]")]
    [InlineData("""{ "next": 3, "unfinished": []""", "[-7]", "[3]")]
    public async Task CheckpointThatNoSearchCanHaveLeft_IsPassedOver(
        string start, string places, string counts)
    {
        var checkpoint = places.Length == 0 ? start : $$"""
            {{start}}, "queries": [{
                "places": {{places}}, "hitScores": {{places.Replace("-", "").Replace('7', '8')}},
                "scores": { "scores": [8], "counts": {{counts}} } }] }
            """;
        var job = await SampleJob().PlanAsync("""{ "sliceResidues": "1e5", "top": 5 }""");
        var resumed = new CheckpointingContext(job.Context(0, _folder), Encoding.UTF8.GetBytes(checkpoint));
        Assert.Equal(await job.ComputeAsync(0), await job.ComputeAsync(resumed));
    }

    [Theory]
    [InlineData("""{ "databaseResidues": 8, "queries": [null] }""", "answers 1 queries, but the job has 1")]
    [InlineData("""{ "databaseResidues": 8, "queries": [QUERY, QUERY] }""", "answers 2 queries, but the job has 1")]
    [InlineData("\"query\": \"q\"", "\"query\": \"other\"", "hits of q that no search for it gives")]
    [InlineData("\"length\": 4", "\"length\": 5", "hits of q that no")]
    [InlineData("HIT", "null", "hits of q that no")]
    [InlineData("HIT", "HIT, HIT", "hits of q that no")]
    [InlineData("\"score\": 44", "\"score\": 0", "hits of q that no")]
    [InlineData("\"place\": 1", "\"place\": -1", "hits of q that no")]
    [InlineData("\"place\": 1", "\"place\": 2", "a hit at place 2, where the database holds no such")]
    [InlineData("\"place\": 1", "\"place\": 0", "a hit at place 0, where the database holds no such")]
    [InlineData("\"score\": 44", "\"score\": 45", "align with a score of 45, but they do not")]
    [InlineData("[1, 1]", "[1]", "hits of q that no")]
    [InlineData("[1, 1]", "[1, -1]", "hits of q that no")]
    [InlineData("[1, 1]", "[1, 2]", "of another database")]
    [InlineData("[3, 44]", "[44, 3]", "hits of q that no")]
    [InlineData("\"databaseResidues\": 8", "\"databaseResidues\": 9", "of another database")]
    public async Task ResultThatNoSearchGives_IsRefusedWithWords(string part, string into, string? message = null)
    {
        const string Hit = """{ "target": "t1", "place": 1, "score": 44 }""";
        const string Query = """
            { "query": "q", "length": 4, "hits": [HIT], "scores": { "scores": [3, 44], "counts": [1, 1] } }
            """;
        const string Good = """{ "databaseResidues": 8, "queries": [QUERY] }""";
        string Filled(string result, string from, string to) =>
            result.Replace("QUERY", Query).Replace(from, to).Replace("HIT", Hit).Replace(from, to);
        var job = await Job(">q\nWWWW\n", ">t0\nCCCC\n>t1\nWWWW\n").PlanAsync("{}");
        Assert.Contains("\"t1\"", Encoding.UTF8.GetString(await job.MergeLastAsync(Filled(Good, "same", "same"))));
        var bad = message is null ? Filled(part, "same", "same") : Filled(Good, part, into);
        var thrown = await Assert.ThrowsAsync<WorkloadException>(() => job.MergeLastAsync(bad));
        Assert.Contains(message ?? into, thrown.Message);
    }

    [Fact]
    public async Task Checkpoints_OfSeveralQueries_GoOnWithTheSameResult()
    {
        var query = Path.Combine(_folder, "queries.fa");
        var haemoglobin = File.ReadAllText(Path.Combine(Sample, "hbb-human.fa"));
        File.WriteAllText(query, $">w\n{new string('W', 44)}\n>short\nMKV\n{haemoglobin}");
        var job = await SampleJob(ReportingClock(), query).PlanAsync(
            """{ "sliceResidues": "2e5", "top": 4 }""");
        var first = new CheckpointingContext(job.Context(1, _folder));
        var expected = await job.ComputeAsync(first);
        Assert.Equal(first.Progress.Order(), first.Progress);
        Assert.NotEmpty(first.Checkpoints);
        foreach (var checkpoint in first.Checkpoints)
        {
            var resumed = new CheckpointingContext(job.Context(1, _folder), checkpoint);
            Assert.Equal(expected, await job.ComputeAsync(resumed));
        }
    }

    [Fact]
    public async Task Cancellation_StopsAUnit()
    {
        var job = await SampleJob().PlanAsync("{}");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => job.ComputeAsync(job.Context(0, _folder), new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Alignments_AreShownForTheBestHitsOnly(int alignments)
    {
        var job = await SampleJob().PlanAsync($$"""{ "alignments": {{alignments}}, "top": 10 }""");
        var hits = (await job.RunAsync()).GetProperty("queries")[0].GetProperty("hits").EnumerateArray();
        Assert.Equal(
            Enumerable.Range(0, 10).Select(rank => rank < alignments),
            hits.Select(hit => hit.TryGetProperty("alignment", out _)));
    }

    [Fact]
    public async Task QueryThatIsTooLong_IsToldWithWhatToDo()
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(
            () => Job($">titan\n{new string('A', 1_000_001)}\n", ">a\nWW\n").PlanAsync("{}"));
        Assert.Contains("titan has 1000001 residues; at most 1000000", thrown.Message);
    }

    [Fact]
    public async Task MissingInput_IsToldWithWhatToDo()
    {
        IWorkload workload = new ProteinSearchWorkload();
        var context = new PlanContext { Parameters = JsonElement.Parse("{}"), Inputs = new Dictionary<string, string>() };
        var thrown = await Assert.ThrowsAsync<WorkloadException>(
            async () => await workload.PlanAsync(context, default));
        Assert.Contains("'query' is missing", thrown.Message);
        Assert.Contains("--input database=FILE", thrown.Message);
    }

    [Fact]
    public async Task MalformedDatabase_IsToldAtPlanning()
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(
            () => Job(">q\nWW\n", ">a\nWW\n>b\nW?W\n").PlanAsync("{}"));
        Assert.Equal("The input 'database' is malformed in line 4: '?' is no residue.", thrown.Message);
    }

    /// <summary>A clock by which steps take so long that one in fifty leaves a checkpoint.</summary>
    private static SteppingClock ReportingClock() => new(TimeSpan.FromSeconds(1));

    private static LocalJob SampleJob(TimeProvider? clock = null, string? query = null) => new(
        new ProteinSearchWorkload(clock ?? TimeProvider.System), new Dictionary<string, string>
        {
            ["query"] = query ?? Path.Combine(Sample, "hbb-human.fa"),
            ["database"] = Path.Combine(Sample, "database.fasta.gz"),
        });

    private LocalJob Job(string query, string database)
    {
        var paths = new Dictionary<string, string>
        {
            ["query"] = Path.Combine(_folder, "query.fa"),
            ["database"] = Path.Combine(_folder, "database.fa"),
        };
        File.WriteAllText(paths["query"], query);
        File.WriteAllText(paths["database"], database);
        return new LocalJob(new ProteinSearchWorkload(), paths);
    }

    private static IEnumerable<string?> Targets(JsonElement output, int query) =>
        output.GetProperty("queries")[query].GetProperty("hits").EnumerateArray().Select(
            h => h.GetProperty("target").GetString());

    private static string Unpack(string name)
    {
        using var gzip = new GZipStream(
            File.OpenRead(Path.Combine(Sample, name)), CompressionMode.Decompress);
        return new StreamReader(gzip).ReadToEnd();
    }
}
