using System.Text.Json;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Tests.Jobs;

public sealed class SubmissionRulesTests
{
    private static readonly JobSubmission Sound = Submissions.Sound;

    [Fact]
    public void Sound_HasNoFaults() => Assert.Empty(SubmissionRules.Faults(Sound));

    [Fact]
    public void Extremes_AreAllowed() => Assert.Empty(SubmissionRules.Faults(Sound with
    {
        RequestId = new string('r', 64),
        Workload = new string('w', 100),
        Name = new string('n', 200),
        Units = 1_000_000_000_000,
        MergeFanIn = 1024,
        Quorum = 5,
        Priority = 1000,
        ResultSizeBytesMax = 1L << 30,
        Inputs = new Dictionary<string, BlobId> { ["conf/model.json"] = Submissions.Blob },
        Needs = new JobNeeds
        {
            OperatingSystems = ["linux"],
            Architectures = ["arm64"],
            Programs = ["python3", "g++"],
        },
    }));

    [Fact]
    public void TablesForEveryShard_AreAllowed() =>
        Assert.Empty(SubmissionRules.Faults(
            Sound with { Units = 65_537, Tables = [Submissions.Blob, Submissions.Blob] }));

    [Theory]
    [MemberData(nameof(Unsound))]
    public void Unsound_IsToldByItsField(string field, JobSubmission submission)
    {
        var fault = Assert.Single(SubmissionRules.Faults(submission));

        Assert.Equal(field, fault.Field);
        Assert.EndsWith(".", fault.Message);
    }

    public static TheoryData<string, JobSubmission> Unsound() => new()
    {
        { "requestId", Sound with { RequestId = "" } },
        { "requestId", Sound with { RequestId = new string('r', 65) } },
        { "workload", Sound with { Workload = "" } },
        { "workload", Sound with { Workload = "a\nb" } },
        { "name", Sound with { Name = new string('n', 201) } },
        { "outputType", Sound with { OutputType = "json" } },
        { "package", Sound with { Package = new BlobId(Digest.Of([]), 0) } },
        { "parameters", Sound with { Parameters = default } },
        { "parameters", Sound with { Parameters = Json("[1]") } },
        { "parameters", Sound with { Parameters = Json($$"""{"a":"{{new string('x', 256 << 10)}}"}""") } },
        { "inputs", Sound with { Inputs = Inputs("../x") } },
        { "inputs", Sound with { Inputs = Inputs("/etc/x") } },
        { "units", Sound with { Units = 0 } },
        { "units", Sound with { Units = 1_000_000_000_001 } },
        { "tables", Sound with { Units = 65_537, Tables = [Submissions.Blob] } },
        { "mergeFanIn", Sound with { MergeFanIn = 1 } },
        { "mergeFanIn", Sound with { MergeFanIn = 1025 } },
        { "mergeFanIn", Sound with { MergeFanIn = -1 } },
        { "quorum", Sound with { Quorum = 0 } },
        { "quorum", Sound with { Quorum = 6 } },
        { "priority", Sound with { Priority = 0 } },
        { "priority", Sound with { Priority = 1001 } },
        { "resultSizeBytesMax", Sound with { ResultSizeBytesMax = 0 } },
        { "resultSizeBytesMax", Sound with { ResultSizeBytesMax = (1L << 30) + 1 } },
        { "resultSizeBytesMax", Sound with { Quorum = 2, Agreement = Numeric(0.1) } },
        { "agreement.kind", Sound with { Agreement = new((AgreementKind)9) } },
        { "agreement", Sound with { Agreement = new(AgreementKind.Exact, 0.1) } },
        { "agreement.absoluteTolerance", Sound with { Agreement = Numeric(-1) } },
        { "agreement.absoluteTolerance", Sound with { Agreement = Numeric(double.PositiveInfinity) } },
        { "agreement.relativeTolerance", Sound with { Agreement = Numeric(0, double.NaN) } },
        { "agreement.relativeTolerance", Sound with { Agreement = Numeric(0, 1.5) } },
        { "unitSecondsEstimate", Sound with { UnitSecondsEstimate = 0 } },
        { "unitSecondsEstimate", Sound with { UnitSecondsEstimate = double.NaN } },
        { "unitTimeLimitSeconds", Sound with { UnitTimeLimitSeconds = 1e9 } },
        { "unitTimeLimitSeconds", Sound with { UnitSecondsEstimate = 20, UnitTimeLimitSeconds = 10 } },
        { "needs.operatingSystems", Sound with { Needs = new JobNeeds { OperatingSystems = ["Linux"] } } },
        { "needs.architectures", Sound with { Needs = new JobNeeds { Architectures = ["sparc"] } } },
        { "needs.memoryBytes", Sound with { Needs = new JobNeeds { MemoryBytes = -1 } } },
        { "needs.diskBytes", Sound with { Needs = new JobNeeds { DiskBytes = -1 } } },
        { "needs.programs", Sound with { Needs = new JobNeeds { Programs = ["/usr/bin/python3"] } } },
        { "needs.programs", Sound with { Needs = new JobNeeds { Programs = ["Python3"] } } },
        { "needs.programs", Sound with { Needs = new JobNeeds { Programs = [null!] } } },
    };

    [Fact]
    public void NumericAgreement_OfSmallResults_IsAllowed() => Assert.Empty(SubmissionRules.Faults(
        Sound with { Quorum = 2, Agreement = Numeric(0.1, 0.01), ResultSizeBytesMax = 4096 }));

    [Fact]
    public void EveryFault_IsToldAtOnce()
    {
        var faults = SubmissionRules.Faults(
            Sound with { Units = 0, Quorum = 9, Priority = 0, Parameters = default });

        Assert.Equal(["parameters", "units", "quorum", "priority"], faults.Select(f => f.Field));
    }

    private static Dictionary<string, BlobId> Inputs(string name) => new() { [name] = Submissions.Blob };

    private static AgreementRule Numeric(double absolute, double relative = 0) =>
        new(AgreementKind.Numeric, absolute, relative);

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
