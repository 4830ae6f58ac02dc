using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace GridVolunteer.Benchmarks.Groups;

/// <summary>A measured process, from outside.</summary>
internal sealed class MemberProcess : IDisposable
{
    private static readonly TimeSpan LineLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly Action<MemberProcess, string[]> _happened;

    private MemberProcess(int number, Process process, Action<MemberProcess, string[]> happened)
    {
        Number = number;
        _process = process;
        _happened = happened;
    }

    public int Number { get; }

    public string EndPoint { get; private set; } = "";

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one; what happens in it is told to <paramref name="happened"/>, from any thread.</summary>
    public static MemberProcess Start(
        int number, string? seed, double loss, int joins, Action<MemberProcess, string[]> happened)
    {
        List<string> arguments =
            ["groups", "member", FormattableString.Invariant($"{number}"), "--loss", loss.ToString(CultureInfo.InvariantCulture)];
        if (seed is not null)
        {
            arguments.AddRange(["--seed", seed]);
        }

        arguments.AddRange(["--joins", FormattableString.Invariant($"{joins}")]);

        var self = Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
        {
            arguments.Insert(0, Path.Combine(AppContext.BaseDirectory, "GridVolunteer.Benchmarks.dll"));
        }

        var start = new ProcessStartInfo(self, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            // One small process of many on few cores: no thread of its own to collect garbage with, and room for 256 MiB
            // between two collections; none that looks for work before it sleeps; and the compiler's work done once, so
            // that it is over when the warm-up is.
            Environment =
            {
                ["DOTNET_gcConcurrent"] = "0",
                ["DOTNET_GCgen0size"] = "0x10000000",
                ["DOTNET_TieredCompilation"] = "0",
                ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
            },
        };
        var member = new MemberProcess(number, Process.Start(start)!, happened);
        _ = member.ReadAsync();
        return member;
    }

    /// <summary>Waits for an answer that begins with a word; returns its words.</summary>
    public async Task<string[]> UntilAsync(string word)
    {
        using var limit = new CancellationTokenSource(LineLimit);
        while (true)
        {
            var words = (await _answers.Reader.ReadAsync(limit.Token)).Split(' ');
            if (words[0] == "at")
            {
                EndPoint = words[1];
            }

            if (words[0] == word)
            {
                return words;
            }
        }
    }

    public async Task<string[]> AskAsync(string command, string answer)
    {
        Tell(command);
        return await UntilAsync(answer);
    }

    public void Tell(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
    }

    /// <summary>Ends it without a word (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["failed" or "there" or "view" or "suspected" or "event", ..] words)
            {
                _happened(this, words);
            }
            else
            {
                _answers.Writer.TryWrite(line);
            }
        }

        _answers.Writer.TryComplete();
    }
}
