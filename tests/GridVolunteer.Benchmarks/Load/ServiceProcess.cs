using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>
/// A process that serves until it is killed; what it costs is read from <c>/proc</c>.
/// </summary>
public sealed class ServiceProcess : IDisposable
{
    private const string CompilerThread = "(.NET Tiered Com"; // The kernel keeps 15 characters.
    private const int UserTicks = 11; // In /proc/.../stat behind the name; the system's stand behind it.
    private const int TicksPerSecond = 100; // What Linux tells programs on every architecture .NET runs on.

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task _drained;

    private ServiceProcess(Process process, string announced, TimeSpan startedIn, Task drained)
    {
        _process = process;
        _drained = drained;
        Announced = announced;
        StartedIn = startedIn;
    }

    /// <summary>What it said when it was ready: where it listens.</summary>
    public string Announced { get; }

    /// <summary>From the start of the process to that.</summary>
    public TimeSpan StartedIn { get; }

    /// <summary>The most memory it has had resident, in bytes.</summary>
    public long PeakMemoryBytes => 1024 * Fact("status", "VmHWM:");

    /// <summary>The memory it has resident now, in bytes.</summary>
    public long MemoryBytes => 1024 * Fact("status", "VmRSS:");

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

    /// <summary>
    /// The part of it that .NET's compiler used, which ends when everything has been compiled to its final form.
    /// </summary>
    public TimeSpan CompilerTime
    {
        get
        {
            var ticks = Directory.EnumerateDirectories($"/proc/{_process.Id}/task").Sum(TicksOfCompiler);
            return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
        }
    }

    /// <summary>
    /// Starts a program and waits until a line of its output matches <paramref name="ready"/>. What it keeps
    /// of its user's goes below <paramref name="folder"/>, so that the user's own folders stay as they are.
    /// </summary>
    /// <exception cref="InvalidOperationException">It ended before; the message has what it said.</exception>
    public static async Task<ServiceProcess> StartAsync(
        string program, IReadOnlyList<string> arguments, string folder, Regex ready,
        CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["XDG_STATE_HOME"] = Path.Combine(folder, "state") },
        };
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (ready.Match(line) is { Success: true } match)
            {
                var drained = Task.WhenAll(
                    process.StandardOutput.ReadToEndAsync(CancellationToken.None), errors);
                return new ServiceProcess(process, match.Value, Stopwatch.GetElapsedTime(began), drained);
            }
        }

        await process.WaitForExitAsync(limit.Token);
        throw new InvalidOperationException(
            $"{Path.GetFileName(program)} ended with {process.ExitCode}: {await errors}");
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

    private static long TicksOfCompiler(string thread)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(thread, "stat"));
            if (!stat.Contains(CompilerThread, StringComparison.Ordinal))
            {
                return 0;
            }

            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[UserTicks], CultureInfo.InvariantCulture)
                + long.Parse(fields[UserTicks + 1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // The thread ended at this moment.
        }
    }

    private long Fact(string file, string name) => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/{file}").First(l => l.StartsWith(name, StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
