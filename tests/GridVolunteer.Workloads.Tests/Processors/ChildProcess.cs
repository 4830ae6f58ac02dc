using System.Diagnostics;
using System.Reflection;

namespace GridVolunteer.Workloads.Tests.Processors;

/// <summary>
/// Runs a static method of this assembly in a process of its own in some <see cref="ProcessorMode"/>: the
/// assembly is a program too, and <see cref="Main"/> is where the child begins.
/// </summary>
internal static class ChildProcess
{
    private const int Refused = 3;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    /// <summary>
    /// What <paramref name="method"/>, a static method without captured variables, returns there. Throws if
    /// the child fails, or if the mode's switch has no effect in it.
    /// </summary>
    public static string Run(ProcessorMode mode, Func<string> method)
    {
        var start = new ProcessStartInfo(DotnetHost)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.ArgumentList.Add(mode.Name);
        start.ArgumentList.Add(method.Method.DeclaringType!.FullName!);
        start.ArgumentList.Add(method.Method.Name);
        if (mode.Switch != null)
        {
            start.Environment[mode.Switch] = "0";
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeLimit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{method.Method.Name} took longer than {TimeLimit} {mode.Name}.");
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{method.Method.Name} {mode.Name} exited with {process.ExitCode}: {errors.Result}");
        }

        return output.Result;
    }

    /// <summary>The child's beginning: a mode, a type and a method.</summary>
    public static int Main(string[] args)
    {
        if (args is not [var mode, var type, var method])
        {
            Console.Error.WriteLine("These are tests; run them with `dotnet test`.");
            return Refused;
        }

        if (!ProcessorMode.Named(mode).TookEffect())
        {
            Console.Error.WriteLine($"The runtime ignored the switch of {mode}.");
            return Refused;
        }

        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var found = typeof(ChildProcess).Assembly.GetType(type, throwOnError: true)!.GetMethod(method, Any)!;
        Console.Out.Write((string)found.Invoke(null, null)!);
        return 0;
    }

    // Tests run in a host of their own or in `dotnet`; only the latter can run an assembly.
    private static string DotnetHost
    {
        get
        {
            var own = Environment.ProcessPath;
            var name = Path.GetFileNameWithoutExtension(own);
            return string.Equals(name, "dotnet", StringComparison.OrdinalIgnoreCase)
                ? own! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        }
    }
}
