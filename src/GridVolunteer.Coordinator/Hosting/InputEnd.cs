using System.CommandLine;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// Ends a serving command when its standard input ends: whoever starts one through a pipe, as the demo and the
/// tests do, leaves nothing running behind even when it is itself killed.
/// </summary>
public static class InputEnd
{
    /// <summary>The option, not shown in the help: it is for programs.</summary>
    public static Option<bool> CreateOption() => new("--until-input-ends") { Hidden = true };

    /// <summary>
    /// A token that is cancelled with <paramref name="interruption"/>, and when <paramref name="watchInput"/>
    /// is set also at the end of standard input. The source lives as long as the process.
    /// </summary>
    public static CancellationToken Stop(bool watchInput, CancellationToken interruption)
    {
        if (!watchInput)
        {
            return interruption;
        }

        var source = CancellationTokenSource.CreateLinkedTokenSource(interruption);
        var reader = new Thread(() => ReadToEnd(source)) { IsBackground = true, Name = "input-end" };
        reader.Start();
        return source.Token;
    }

    private static void ReadToEnd(CancellationTokenSource source)
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0)
        {
            // What is said does not matter, only that there is still somebody to say it.
        }

        source.Cancel();
    }
}
