using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>
/// The coordinator as a process of its own, as volunteers meet it: <c>gridvolunteer coordinator</c>.
/// </summary>
public sealed partial class CoordinatorProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task _drained;

    private CoordinatorProcess(
        Process process, string dataFolder, Uri address, TimeSpan startedIn, Task drained)
    {
        _process = process;
        _drained = drained;
        DataFolder = dataFolder;
        Address = address;
        StartedIn = startedIn;
    }

    /// <summary>Where its data lies.</summary>
    public string DataFolder { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>From the start of the process to its address being announced.</summary>
    public TimeSpan StartedIn { get; }

    /// <summary>The operator's token.</summary>
    public string OperatorToken => File.ReadAllText(Path.Combine(DataFolder, "operator.token")).Trim();

    /// <summary>The most memory it has had resident, in bytes.</summary>
    public long PeakMemoryBytes => 1024 * Fact("status", "VmHWM:");

    /// <summary>Bytes it has caused to be written to disk.</summary>
    public long WrittenBytes => Fact("io", "write_bytes:");

    /// <summary>Processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it on <paramref name="dataFolder"/>, at a free port of loopback.</summary>
    public static async Task<CoordinatorProcess> StartAsync(
        string dataFolder, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "gridvolunteer.dll"),
                "coordinator", "--urls", "http://127.0.0.1:0", "--data", dataFolder,
            },
            // The user's own folders stay as they are.
            Environment = { ["XDG_STATE_HOME"] = Path.Combine(dataFolder, "state") },
        };
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                var drained = Task.WhenAll(
                    process.StandardOutput.ReadToEndAsync(CancellationToken.None), errors);
                return new CoordinatorProcess(
                    process, dataFolder, new Uri(match.Value), Stopwatch.GetElapsedTime(began), drained);
            }
        }

        await process.WaitForExitAsync(limit.Token);
        throw new InvalidOperationException($"The coordinator ended with {process.ExitCode}: {await errors}");
    }

    /// <summary>kill -9, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _drained;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private long Fact(string file, string name) => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/{file}").First(l => l.StartsWith(name, StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Listening();
}
