using System.Text;
using System.Text.Json;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Sdk.Tests;

public sealed class WorkloadTests
{
    private static readonly Dictionary<string, string> NoInputs = [];

    public static TheoryData<IWorkload> Both => new(new SampleWorkload(), new SourceGeneratedWorkload());

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Plan_FillsInDefaults(IWorkload workload)
    {
        var plan = await PlanAsync(workload, """{ "units": "7" }""");
        Assert.Equal(7, plan.Units);
        Assert.Null(plan.Table);
        Assert.Equal(4, plan.MergeFanIn);
        Assert.Equal(
            """{"units":7,"top":25,"scale":1.5,"mode":"Fast","verbose":false,"label":"","sizes":null,"limit":null}""",
            plan.Parameters.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Info_TellsParametersWithTypesDefaultsAndMeaning(IWorkload workload)
    {
        var info = workload.Info;
        Assert.Equal("Draws a number per unit.", info.Summary);
        Assert.Equal(new ParameterInfo("units", "integer", null, "Units to plan."), info.Parameters[0]);
        Assert.Equal(new ParameterInfo("top", "integer", "25", "Hits kept."), info.Parameters[1]);
        Assert.Equal(new ParameterInfo("mode", "one of Fast, Exact", "Fast", ""), info.Parameters[3]);
        Assert.Equal(new ParameterInfo("sizes", "list of integer", "none", ""), info.Parameters[6]);
        Assert.Equal(new InputInfo("text", false, "Anything."), Assert.Single(info.Inputs));
        Assert.False(info.AcceptsOthers);
    }

    [Fact]
    public void Info_TakesTheNameFromTheClassWithoutItsEnding() =>
        Assert.Equal("Sample", ((IWorkload)new SampleWorkload()).Info.Name);

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Compute_IsTheSameEveryTime_AndCanonical(IWorkload workload)
    {
        var first = await workload.ComputeAsync(await ContextAsync(workload, unit: 3), default);
        var second = await workload.ComputeAsync(await ContextAsync(workload, unit: 3), default);
        Assert.Equal(first, second);
        var result = JsonSerializer.Deserialize<SampleResult>(first, JsonSerializerOptions.Web)!;
        Assert.Equal(Math.Round(result.Sum, 3), result.Sum);
        Assert.Equal("fresh 3", result.Text);
    }

    [Fact]
    public async Task Compute_GoesOnFromItsCheckpoint()
    {
        IWorkload workload = new SampleWorkload();
        var fresh = await ContextAsync(workload, unit: 0);
        await workload.ComputeAsync(fresh, default);
        Assert.Equal([0.5], fresh.Progress);
        var resumed = await ContextAsync(workload, unit: 0, fresh.Saved);
        Assert.Contains("\"count\":2,\"text\":\"fresh 0 0\"", Encoding.UTF8.GetString(
            await workload.ComputeAsync(resumed, default)));
    }

    [Fact]
    public async Task Merge_SeesHolesByTheirIndex_AndTheLastOneWritesTheOutput()
    {
        IWorkload workload = new SampleWorkload();
        var child = Encoding.UTF8.GetBytes("""{"sum":1,"count":1,"text":""}""");
        var inner = await MergeAsync(workload, isLast: false, child, null, child);
        Assert.Equal("""{"sum":2,"count":2,"text":"holes 65"}""", inner);
        Assert.Equal("0 holes 64", await MergeAsync(workload, isLast: true, [null]));
    }

    [Fact]
    public async Task Table_UnitsRoundTrip_AndByteResultsStayBytes()
    {
        IWorkload workload = new TableWorkload();
        var plan = await PlanAsync(workload, """{ "units": 3 }""");
        var table = plan.Table!.ToArray();
        Assert.Equal("""{"sum":2,"count":2,"text":"é"}""", Encoding.UTF8.GetString(table[2].Span));
        var context = new RecordingContext
        {
            Unit = 2,
            UnitInput = table[2],
            Parameters = plan.Parameters,
            Inputs = NoInputs,
            ScratchFolder = "",
            Seed = 0,
        };
        Assert.Equal([2], await workload.ComputeAsync(context, default));
    }

    [Fact]
    public async Task Plan_NamesEveryWrongInputAtOnce()
    {
        IWorkload workload = new SampleWorkload();
        var inputs = new Dictionary<string, string> { ["tex"] = "nowhere.txt" };
        var context = new PlanContext { Parameters = JsonElement.Parse("""{ "units": 1 }"""), Inputs = inputs };
        var thrown = await Assert.ThrowsAsync<WorkloadException>(
            async () => await workload.PlanAsync(context, default));
        Assert.Contains("There is no input 'tex' (known: text).", thrown.Message);
        Assert.Contains("The input 'tex' is no file: nowhere.txt.", thrown.Message);
    }

    private static ValueTask<WorkloadPlan> PlanAsync(IWorkload workload, string parameters) =>
        workload.PlanAsync(
            new PlanContext { Parameters = JsonElement.Parse(parameters), Inputs = NoInputs }, default);

    private static async Task<RecordingContext> ContextAsync(IWorkload workload, long unit, byte[]? checkpoint = null) => new()
    {
        Unit = unit,
        Parameters = (await PlanAsync(workload, """{ "units": 9 }""")).Parameters,
        Inputs = NoInputs,
        ScratchFolder = "",
        Seed = 42,
        Checkpoint = checkpoint is null ? (ReadOnlyMemory<byte>?)null : checkpoint,
    };

    private static async Task<string> MergeAsync(IWorkload workload, bool isLast, params byte[]?[] children)
    {
        var context = new MergeContext
        {
            Level = 1,
            Index = 1,
            IsLast = isLast,
            FirstChild = 64,
            Children = [.. children.Select(c => c is null ? (ReadOnlyMemory<byte>?)null : c)],
            Parameters = (await PlanAsync(workload, """{ "units": 9 }""")).Parameters,
            Inputs = NoInputs,
        };
        return Encoding.UTF8.GetString(await workload.MergeAsync(context, default));
    }
}
