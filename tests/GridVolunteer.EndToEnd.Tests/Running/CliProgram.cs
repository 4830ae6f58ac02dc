using System.Diagnostics;

namespace GridVolunteer.EndToEnd.Tests.Running;

/// <summary>The command line program as it was built, started as processes.</summary>
/// <param name="variables">Its environment, beside what the test itself has.</param>
public sealed class CliProgram(IReadOnlyDictionary<string, string> variables)
{
    private static readonly TimeSpan DeadlineDefault = TimeSpan.FromSeconds(90);

    /// <summary>How to start it.</summary>
    public ProcessStartInfo Start(params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "gridvolunteer.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Runs a command to its end.</summary>
    public Task<CliResult> RunAsync(params string[] args) => RunInAsync(folder: null, args);

    /// <summary>Runs a command in a folder to its end.</summary>
    public async Task<CliResult> RunInAsync(string? folder, params string[] args)
    {
        var start = Start(args);
        start.WorkingDirectory = folder ?? AppContext.BaseDirectory;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(DeadlineDefault);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"'gridvolunteer {string.Join(' ', args)}' did not end.\n{await output}\n{await error}", e);
        }

        return new CliResult(
            $"gridvolunteer {string.Join(' ', args)}", process.ExitCode, await output, await error);
    }
}
