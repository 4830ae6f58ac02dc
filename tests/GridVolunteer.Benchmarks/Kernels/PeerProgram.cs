using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>
/// A small program around what others wrote, compiled here and now, so that it is as fast as this machine
/// allows.
/// </summary>
internal sealed class PeerProgram
{
    private readonly string _path;

    private PeerProgram(string path) => _path = path;

    /// <summary>Compiles a program of the folder <c>Peers</c>.</summary>
    /// <param name="recipe">What to compile and how.</param>
    /// <param name="folder">Where the program goes.</param>
    /// <param name="say">Told in a line why there is none.</param>
    /// <param name="cancellationToken">Stops the compiler.</param>
    /// <returns>The program; null when the compiler or the library is missing.</returns>
    public static async Task<PeerProgram?> TryCompileAsync(
        PeerRecipe recipe, string folder, Action<string> say, CancellationToken cancellationToken)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Peers", recipe.Source);
        var program = Path.Combine(folder, Path.GetFileNameWithoutExtension(recipe.Source));
        string[] arguments = ["-O3", "-march=native", "-o", program, source, .. recipe.Libraries];
        try
        {
            var (exitCode, _, error) = await RunAsync(recipe.Compiler, arguments, "", cancellationToken);
            if (exitCode == 0)
            {
                return new PeerProgram(program);
            }

            var reason = error.Split('\n').FirstOrDefault(
                line => line.Contains("error", StringComparison.OrdinalIgnoreCase), $"exit code {exitCode}");
            say($"Without {recipe.Name}: it does not compile ({reason.Trim()}). "
                + $"Install it: {recipe.Install}");
        }
        catch (Win32Exception)
        {
            say($"Without {recipe.Name}: there is no {recipe.Compiler}. Install it: {recipe.Install}");
        }

        return null;
    }

    /// <summary>Seconds as an argument.</summary>
    public static string Seconds(double seconds) => seconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs the program.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public async Task<PeerOutput> RunAsync(
        IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        var (exitCode, output, error) = await RunAsync(_path, arguments, input, cancellationToken);
        return exitCode == 0
            ? PeerOutput.Parse(output)
            : throw new InvalidOperationException(
                $"{Path.GetFileName(_path)} {string.Join(' ', arguments)} ended with {exitCode}: {error}");
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
