using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GridVolunteer.Sdk;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.TestWorkload;

/// <summary>
/// Answers each unit with its index, but the units that the parameter <c>at</c> names (all without it) do
/// what <c>mode</c> says.
/// </summary>
public sealed class Trickster : IWorkload
{
    public WorkloadInfo Info => new("Trickster", "Misbehaves on demand.", [], []) { AcceptsOthers = true };

    public ValueTask<WorkloadPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken) =>
        new(new WorkloadPlan { Parameters = context.Parameters, Units = UnitsOf(context.Parameters), UnitSecondsEstimate = 0.001 });

    public ValueTask<byte[]> ComputeAsync(ComputeContext context, CancellationToken cancellationToken)
    {
        var concerned = !context.Parameters.TryGetProperty("at", out var at) || at.GetInt64() == context.Unit;
        return concerned && context.Parameters.TryGetProperty("mode", out var mode)
            ? MisbehaveAsync(mode.GetString()!, context)
            : new ValueTask<byte[]>(Bytes($"{context.Unit}"));
    }

    public ValueTask<byte[]> MergeAsync(MergeContext context, CancellationToken cancellationToken) =>
        new(Bytes(string.Join(
            ',', context.Children.Select(
                c => c is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "hole"))));

    private static long UnitsOf(JsonElement parameters) => parameters.TryGetProperty("units", out var units)
        ? long.Parse(units.ToString(), CultureInfo.InvariantCulture)
        : 1;

    private static async ValueTask<byte[]> MisbehaveAsync(string mode, ComputeContext context)
    {
        switch (mode)
        {
            case "throw":
                throw new InvalidOperationException("The moon is in the wrong house.");
            case "refuse":
                throw new WorkloadException("The input has no third column.");
            case "null":
                return null!;
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "hang-with-child":
                await File.WriteAllTextAsync(
                    context.Parameters.GetProperty("pidFile").GetString()!, $"{StartSleeper().Id}",
                    CancellationToken.None);
                Thread.Sleep(Timeout.Infinite);
                break;
            case "fail-fast":
                Environment.FailFast("The reactor is open.");
                break;
            case "exit":
                Console.Error.WriteLine("I leave.");
                Environment.Exit(7);
                break;
            case "large":
                return new byte[context.Parameters.GetProperty("size").GetInt32()];
            case "print":
                Console.Out.Write(new string('x', 1_000_000));
                Console.Error.Write(new string('y', 1_000_000));
                break;
            case "async":
                await Task.Delay(1);
                break;
            case "input":
                return context.UnitInput.ToArray();
            case "inputs":
                return Bytes(
                    string.Join(',', context.Inputs.Select(i => $"{i.Key}={File.ReadAllText(i.Value)}")));
            case "scratch":
                return Scratch(context.ScratchFolder);
            case "checkpoint":
                return Checkpointed(context);
            case "surroundings":
                return Surroundings();
        }

        return Bytes($"{context.Unit}");
    }

    private static byte[] Scratch(string folder)
    {
        var before = Directory.EnumerateFileSystemEntries(folder).Count();
        Directory.CreateDirectory(Path.Combine(folder, "deep"));
        File.WriteAllText(Path.Combine(folder, "deep", "file"), "left behind");
        return Bytes($"{before}");
    }

    private static byte[] Checkpointed(ComputeContext context)
    {
        if (context.Checkpoint is { } state)
        {
            return Bytes($"resumed from {Encoding.UTF8.GetString(state.Span)}");
        }

        context.ReportProgress(0.5);
        context.SaveCheckpoint("half way"u8);
        Thread.Sleep(Timeout.Infinite);
        return [];
    }

    private static byte[] Surroundings()
    {
        var secrets = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Count(k => k.StartsWith("GRIDVOLUNTEER", StringComparison.Ordinal));
        var stat = File.ReadAllText("/proc/thread-self/stat");
        var nice = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16];
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["secrets"] = secrets.ToString(CultureInfo.InvariantCulture),
            ["nice"] = nice,
        });
    }

    private static Process StartSleeper() => Process.Start("sleep", "1000");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
