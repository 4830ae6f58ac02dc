using System.Text.Json;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Sdk;

namespace GridVolunteer.Agent.Tests.Workloads;

public sealed class JobPlannerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TableJob_IsPlannedWithOneFileForEachShard()
    {
        var job = await PlanAsync("table", units: 70_000);
        Assert.Equal(2, job.Tables.Count);
        ReadOnlyMemory<byte> second = await File.ReadAllBytesAsync(job.Tables[1]);
        var position = 0;
        Assert.True(PackedInputs.TryRead(second, ref position, out var input));
        Assert.Equal("65536", System.Text.Encoding.UTF8.GetString(input.Span));
    }

    [Fact]
    public async Task Submission_CarriesThePlan()
    {
        File.WriteAllText(_folder["text.txt"], "hello");
        var job = await PlanAsync("table", units: 3, ("text", _folder["text.txt"]));
        var blobs = job.Files.ToDictionary(f => f, f => new BlobId(Digest.Of(File.ReadAllBytes(f)), new FileInfo(f).Length));
        Assert.Equal(3, blobs.Count);
        var submission = job.ToSubmission("r1", f => blobs[f]);
        Assert.Equal("Planned", submission.Workload);
        Assert.Equal(3, submission.Units);
        Assert.Equal(blobs[job.Package.FilePath], submission.Package);
        Assert.Equal(blobs[_folder["text.txt"]], submission.Inputs["text"]);
        Assert.Equal([blobs[job.Tables[0]]], submission.Tables);
        Assert.Equal(new AgreementRule(AgreementKind.Numeric, 0.5, 0.25), submission.Agreement);
        Assert.Equal(["python3"], submission.Needs.Programs);
        Assert.Equal(90, submission.UnitTimeLimitSeconds);
        Assert.Equal(4096, submission.ResultSizeBytesMax);
        Assert.Equal("""{"kind":"table","units":3}""", submission.Parameters.GetRawText());
    }

    [Theory]
    [InlineData("count", 0, "The plan has no units")]
    [InlineData("count", 2_000_000_000_000, "1 to 1000000000000 are possible")]
    [InlineData("short", 3, "The plan says 4 units, but its table has 3.")]
    [InlineData("long", 3, "The plan says 2 units, but its table has more.")]
    [InlineData("large", 1, "The input of unit 0 takes 70002 bytes; at most 65536")]
    [InlineData("fanin", 1, "The merge fan-in is 1")]
    [InlineData("slow", 1, "A unit should take 100 s, but is ended after 90 s")]
    [InlineData("throws", 1, "Planned failed while it planned: DivideByZeroException")]
    [InlineData("refuses", 1, "Give me more.")]
    public async Task WrongPlan_IsToldToTheSubmitter(string kind, long units, string message)
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(() => PlanAsync(kind, units));
        Assert.Contains(message, thrown.Message);
    }

    [Fact]
    public async Task Parameters_ThatAreTooLarge_AreRefusedWithTheLimit()
    {
        var thrown = await Assert.ThrowsAsync<WorkloadException>(() => PlanAsync(new string('x', 300_000), units: 1));
        Assert.Contains("at most 262144", thrown.Message);
    }

    private Task<PlannedJob> PlanAsync(string kind, long units, params (string Name, string Path)[] inputs)
    {
        var package = PlannedWorkload.Pack(_folder);
        var parameters = new Dictionary<string, string>
        {
            ["kind"] = kind,
            ["units"] = units.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        return JobPlanner.PlanAsync(package, parameters, inputs.ToDictionary(i => i.Name, i => i.Path), _folder.Root, default);
    }
}
