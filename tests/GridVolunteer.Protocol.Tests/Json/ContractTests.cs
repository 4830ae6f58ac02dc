using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Protocol.Tests.Json;

/// <summary>
/// The JSON of API version 1, letter by letter where agents of other versions depend on it.
/// </summary>
public sealed class ContractTests
{
    private static readonly GrantId Grant = GrantId.Parse("j17.0.3.42");

    [Fact]
    public void WorkRequest_IsWrittenAsDocumented()
    {
        var request = new WorkRequest
        {
            RequestId = "r1",
            Reports =
            [
                new GrantReport
                {
                    Grant = Grant,
                    Runs = [new UnitRun(196608, 2), new UnitRun(196700, 1)],
                    Results = new byte[] { 2, 65, 2, 66, 0 },
                    Failures = [new UnitFailure(196650, UnitFailureKind.TimedOut, "ran 60 s")],
                    Returned = [new UnitRun(196651, 49)],
                    ComputeSeconds = 1.5,
                },
            ],
            Wanted = new WorkWanted { Seconds = 30 },
        };
        Assert.Equal(
            """
            {"requestId":"r1","reports":[{"grant":"j17.0.3.42","runs":[[196608,2],[196700,1]],"results":"AkECQgA=",
            "failures":[{"unit":196650,"kind":"TimedOut","message":"ran 60 s"}],"returned":[[196651,49]],
            "computeSeconds":1.5}],"wanted":{"seconds":30,"threadsIdle":0,"unitsMax":4096,"jobsHeld":[],
            "urgentSlotFree":false},"waitSeconds":0}
            """.ReplaceLineEndings(""),
            Write(request, ProtocolJson.Default.WorkRequest));
    }

    [Fact]
    public void WorkAnswer_ReadsBackAsWritten()
    {
        var answer = new WorkAnswer
        {
            RequestId = "r1",
            Outcomes = [new ReportOutcome(Grant, 100, 0), new ReportOutcome(Grant, 0, 0, "unknown grant")],
            Grants =
            [
                new GrantOffer { Grant = Grant, Runs = [new UnitRun(5, 100)], DeadlineSeconds = 60, Inputs = new byte[] { 1, 7 } },
            ],
        };
        var text = Write(answer, ProtocolJson.Default.WorkAnswer);
        Assert.Equal(
            text, Write(Read(text, ProtocolJson.Default.WorkAnswer), ProtocolJson.Default.WorkAnswer));
        Assert.Contains(
            """{"grant":"j17.0.3.42","runs":[[5,100]],"inputs":"AQc=","deadlineSeconds":60,"urgent":false}""",
            text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobState.Queued, "queued")]
    [InlineData(JobState.Running, "running")]
    [InlineData(JobState.Paused, "paused")]
    [InlineData(JobState.Completed, "completed")]
    [InlineData(JobState.CompletedWithFailures, "completed_with_failures")]
    [InlineData(JobState.Failed, "failed")]
    [InlineData(JobState.Cancelled, "cancelled")]
    public void JobState_HasItsDocumentedName(JobState state, string name) =>
        Assert.Equal($"\"{name}\"", JsonSerializer.Serialize(state));

    [Fact]
    public void UnknownFields_AreIgnored()
    {
        var request = Read("""{"requestId":"r1","colour":{"of":["tea"]},"waitSeconds":20}""", ProtocolJson.Default.WorkRequest);
        Assert.Equal(20, request.WaitSeconds);
        Assert.Empty(request.Reports);
        Assert.Null(request.Wanted);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"requestId":null}""")]
    [InlineData("""{"requestId":7}""")]
    [InlineData("""{"requestId":"r","reports":null}""")]
    [InlineData("""{"requestId":"r","waitSeconds":"5"}""")]
    [InlineData("""{"requestId":"r","wanted":{}}""")]
    [InlineData("""{"requestId":"r","reports":[{}]}""")]
    [InlineData("""{"requestId":"r","reports":[{"grant":"17"}]}""")]
    [InlineData("""{"requestId":"r","reports":[{"grant":"j1.0.0.1","failures":[{"unit":1}]}]}""")]
    [InlineData("""{"requestId":"r","reports":[{"grant":"j1.0.0.1","results":"not base64!"}]}""")]
    [InlineData("""{"requestId":"r","reports":[{"grant":"j1.0.0.1","runs":[[1]]}]}""")]
    [InlineData("""{"requestId":"r","reports":[{"grant":"j1.0.0.1","runs":[[1,0]]}]}""")]
    [InlineData("""{"requestId":"r","reports":[{"grant":"j1.0.0.1","runs":[[-1,5]]}]}""")]
    [InlineData("""{"requestId":"r","reports":[{"grant":"j1.0.0.1","runs":[[1,2,3]]}]}""")]
    [InlineData("""{"requestId":"r","reports":[{"grant":"j1.0.0.1","runs":[[9223372036854775807,5]]}]}""")]
    [InlineData("""{"requestId":"r","reports":[{"grant":"j1.0.0.1","runs":[{"start":1,"count":2}]}]}""")]
    public void MalformedRequests_AreRefusedByTheReader(string text) =>
        Assert.Throws<JsonException>(() => Read(text, ProtocolJson.Default.WorkRequest));

    [Fact]
    public async Task NullInPlaceOfAList_IsRefusedByAsynchronousReadingToo()
    {
        var text = """
            {"name":"a","grants":null,"host":{"operatingSystem":"linux","architecture":"x64","threads":1,"memoryBytes":1,
            "diskBytes":1,"programs":null}}
            """;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await Assert.ThrowsAsync<JsonException>(
            async () => await JsonSerializer.DeserializeAsync(stream, ProtocolJson.Default.Heartbeat));
    }

    [Fact]
    public void JobSubmission_TakesItsDefaults()
    {
        var text = $$"""
            {"requestId":"r1","workload":"Pi","package":"{{new string('0', 64)}}-5","parameters":{"n":3},"units":10}
            """;
        var submission = Read(text, ProtocolJson.Default.JobSubmission);
        Assert.Equal(64, submission.MergeFanIn);
        Assert.Equal(1, submission.Quorum);
        Assert.Equal(AgreementRule.Exact, submission.Agreement);
        Assert.Equal(100, submission.Priority);
        Assert.Equal(3600, submission.UnitTimeLimitSeconds);
        Assert.Equal(16 << 20, submission.ResultSizeBytesMax);
        Assert.Equal("application/json", submission.OutputType);
        Assert.Empty(submission.Inputs);
        Assert.Empty(submission.Tables);
        Assert.Equal(3, submission.Parameters.GetProperty("n").GetInt32());
    }

    private static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    private static T Read<T>(string text, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(text, type)!;
}
