using System.Diagnostics;

namespace GridVolunteer.Coordinator.Tests.Storage;

/// <summary>Starts the process that writes to a storage.</summary>
internal static class Probe
{
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory, "GridVolunteer.StorageProbe.dll");

    public static Process Start(params string[] arguments) => StartUnder(null, arguments);

    public static Process StartUnder(string[]? wrapper, params string[] arguments)
    {
        string[] command = [.. wrapper ?? [], "dotnet", Program, .. arguments];
        var start = new ProcessStartInfo(command[0])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (var argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
