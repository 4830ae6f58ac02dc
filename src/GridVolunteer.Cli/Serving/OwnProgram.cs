using System.Diagnostics;

namespace GridVolunteer.Cli.Serving;

/// <summary>Starts this program again, as another process.</summary>
public static class OwnProgram
{
    private const string AssemblyFile = "gridvolunteer.dll";

    /// <summary>
    /// How to start this program with <paramref name="arguments"/>: its executable, or <c>dotnet</c> and its
    /// assembly when it was started that way.
    /// </summary>
    public static ProcessStartInfo Start(params IEnumerable<string> arguments)
    {
        var executable = Environment.ProcessPath
            ?? throw new InvalidOperationException(
                "The system does not tell which program this process runs.");
        var isHost = Path.GetFileNameWithoutExtension(executable) is "dotnet";
        var start = new ProcessStartInfo(executable) { UseShellExecute = false };
        if (isHost)
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, AssemblyFile));
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
