using System.Diagnostics;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Serving;

namespace GridVolunteer.Cli.Demo;

/// <summary>
/// One volunteer of the demo: this program's verb <c>agent</c> in a process of its own. Its standard input is
/// a pipe that ends with the demo, however that ends, and the agent ends with it.
/// </summary>
public sealed class DemoAgent : IDisposable
{
    private const int TailLinesMax = 20;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly Queue<string> _tail = [];

    private DemoAgent(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>Its process's id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>True when the demo killed it.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>Starts an agent of the coordinator at <paramref name="coordinator"/>.</summary>
    public static DemoAgent Start(string name, Uri coordinator, string dataFolder)
    {
        var start = OwnProgram.Start(
            "agent", "--coordinator", coordinator.GetLeftPart(UriPartial.Authority), "--data", dataFolder,
            "--name", name, "--threads", "1", "--until-input-ends");
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var agent = new DemoAgent(name, new Process { StartInfo = start });
        agent._process.OutputDataReceived += agent.Keep;
        agent._process.ErrorDataReceived += agent.Keep;
        agent._process.Start();
        agent._process.BeginOutputReadLine();
        agent._process.BeginErrorReadLine();
        return agent;
    }

    /// <summary>Kills it with SIGKILL: no goodbye, as when a machine loses power.</summary>
    public void Kill()
    {
        IsKilled = true;
        _process.Kill();
    }

    /// <summary>Fails with what it said last when it ended by itself.</summary>
    /// <exception cref="CliException">It ended although nobody killed it.</exception>
    public void ThrowIfEnded()
    {
        if (!IsKilled && _process.HasExited)
        {
            lock (_tail)
            {
                throw new CliException(
                    $"The agent {Name} ended by itself with exit code {_process.ExitCode}:\n{string.Join('\n', _tail)}");
            }
        }
    }

    /// <summary>Lets it stop, and kills it when it takes too long.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
        {
            return;
        }

        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return;
        }

        lock (_tail)
        {
            _tail.Enqueue(line.Data);
            if (_tail.Count > TailLinesMax)
            {
                _tail.Dequeue();
            }
        }
    }
}
