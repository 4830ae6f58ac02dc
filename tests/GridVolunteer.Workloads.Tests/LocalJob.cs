using System.Text;
using System.Text.Json;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Workloads.Tests;

/// <summary>
/// Runs a workload from its plan to its output in this process, the way the platform would: by bytes only.
/// </summary>
internal sealed class LocalJob(IWorkload workload, IReadOnlyDictionary<string, string> inputs)
{
    public WorkloadPlan Plan { get; private set; } = null!;

    public ReadOnlyMemory<byte>[] Table { get; private set; } = [];

    /// <summary>Children of a merge, when they shall be other than the plan says.</summary>
    public int? FanIn { get; set; }

    public async Task<LocalJob> PlanAsync(string parameters)
    {
        var context = new PlanContext { Parameters = JsonElement.Parse(parameters), Inputs = inputs };
        Plan = await workload.PlanAsync(context, default);
        Table = Plan.Table?.ToArray() ?? [];
        return this;
    }

    public async Task<byte[]> ComputeAsync(
        ComputeContext context, CancellationToken cancellationToken = default) =>
        await workload.ComputeAsync(context, cancellationToken);

    public async Task<byte[]> ComputeAsync(long unit)
    {
        var scratch = Directory.CreateTempSubdirectory("gridvolunteer-test-").FullName;
        try
        {
            return await workload.ComputeAsync(Context(unit, scratch), default);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    public ComputeContext Context(long unit, string scratchFolder) => new()
    {
        Unit = unit,
        UnitInput = Table.Length > 0 ? Table[unit] : default,
        Parameters = Plan.Parameters,
        Inputs = inputs,
        ScratchFolder = scratchFolder,
        Seed = 1,
    };

    /// <summary>Computes all units and merges them; those of <paramref name="failed"/> are holes.</summary>
    public async Task<JsonElement> RunAsync(params long[] failed) =>
        JsonElement.Parse(await RunToBytesAsync(failed));

    public async Task<byte[]> RunToBytesAsync(params long[] failed)
    {
        var results = new List<ReadOnlyMemory<byte>?>();
        for (var unit = 0L; unit < Plan.Units; unit++)
        {
            results.Add(failed.Contains(unit) ? (ReadOnlyMemory<byte>?)null : await ComputeAsync(unit));
        }

        var fanIn = FanIn ?? Plan.MergeFanIn;
        for (var level = 1; ; level++)
        {
            var isLast = results.Count <= fanIn;
            var merged = new List<ReadOnlyMemory<byte>?>();
            foreach (var children in results.Chunk(fanIn))
            {
                merged.Add(await MergeAsync(level, merged.Count, isLast, children));
            }

            if (isLast)
            {
                return merged[0]!.Value.ToArray();
            }

            results = merged;
        }
    }

    /// <summary>The output of a job whose only unit gave this result.</summary>
    public Task<byte[]> MergeLastAsync(string result) =>
        MergeAsync(1, 0, isLast: true, [Encoding.UTF8.GetBytes(result)]);

    private async Task<byte[]> MergeAsync(
        int level, long index, bool isLast, ReadOnlyMemory<byte>?[] children) =>
        await workload.MergeAsync(
            new MergeContext
            {
                Level = level,
                Index = index,
                IsLast = isLast,
                Children = children,
                FirstChild = index * (FanIn ?? Plan.MergeFanIn),
                Parameters = Plan.Parameters,
                Inputs = inputs,
            },
            default);
}
