using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using GridVolunteer.Agent.Tests.Workloads;
using GridVolunteer.Agent.Worker;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Agent.Tests.Worker;

/// <summary>
/// A worker whose agent is killed sees its socket close, and nothing else: here nobody but the worker can end the worker.
/// </summary>
public sealed class AgentDeathTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task WhenTheSocketCloses_AWorkerEndsWithWhatItStarted_ThoughItsUnitHangs()
    {
        var (launch, connection) = await WorkerLaunch.StartAsync(
            WorkerBench.Command, _folder.Root, TimeSpan.FromMinutes(1), TimeProvider.System, default);
        using (launch)
        {
            using (var stream = new NetworkStream(connection, ownsSocket: true))
            {
                await HangAsync(stream);
            }

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await launch.Process.WaitForExitAsync(limit.Token);
            var child = int.Parse(await File.ReadAllTextAsync(_folder["pid"], limit.Token), CultureInfo.InvariantCulture);
            while (IsAlive(child))
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Speaks as an agent until the unit hangs and has started a process of its own.</summary>
    private async Task HangAsync(NetworkStream stream)
    {
        using var parameters = JsonDocument.Parse(
            $$"""{ "mode": "hang-with-child", "pidFile": {{JsonSerializer.Serialize(_folder["pid"])}} }""");
        var reader = new FrameReader(stream);
        Assert.Equal(FrameKind.Hello, (await reader.ReadAsync(default))!.Value.Kind);
        var writer = new FrameWriter();
        new OpenMessage
        {
            PackageFolder = WorkerBench.PackageFolder,
            ScratchFolder = _folder.Root,
            ResultFolder = _folder.Root,
            Parameters = parameters.RootElement.Clone(),
            Inputs = new Dictionary<string, string>(),
            Seed = 0,
            ResultSizeBytesMax = 100,
            CheckpointInterval = TimeSpan.FromSeconds(1),
        }.Write(writer);
        new ComputeMessage { Batch = 1, Runs = [new UnitRun(0, 1)], Inputs = default }.Write(writer);
        await stream.WriteAsync(writer.Written);
        Assert.Equal(FrameKind.Opened, (await reader.ReadAsync(default))!.Value.Kind);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!File.Exists(_folder["pid"]) || new FileInfo(_folder["pid"]).Length == 0)
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
