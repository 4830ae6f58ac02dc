using System.Diagnostics;

namespace GridVolunteer.EndToEnd.Tests.Running;

/// <summary>
/// A coordinator or an agent in a process of its own. Its standard input is a pipe from the test, so it ends
/// with the test whatever happens to that.
/// </summary>
public sealed class ServingProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource<string> _firstLine = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    private ServingProcess(Process process) => _process = process;

    /// <summary>Everything it said so far.</summary>
    public string Said
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Starts it.</summary>
    public static ServingProcess Start(ProcessStartInfo start)
    {
        start.ArgumentList.Add("--until-input-ends");
        var serving = new ServingProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        serving._process.OutputDataReceived += (_, line) => serving.Keep(line.Data, isOutput: true);
        serving._process.ErrorDataReceived += (_, line) => serving.Keep(line.Data, isOutput: false);
        serving._process.Exited += (_, _) => serving._firstLine.TrySetException(
            new InvalidOperationException($"It ended before it was up: {serving.Said}"));
        serving._process.Start();
        serving._process.BeginOutputReadLine();
        serving._process.BeginErrorReadLine();
        return serving;
    }

    /// <summary>The first line of its standard output: it is up.</summary>
    public Task<string> FirstLineAsync() => _firstLine.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Kills it with SIGKILL and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Lets it end by itself, as Ctrl-C would, and answers its exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line, bool isOutput)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
        }

        if (isOutput)
        {
            _firstLine.TrySetResult(line);
        }
    }
}
