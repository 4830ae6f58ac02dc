namespace GridVolunteer.Cluster.Hosting;

/// <summary>
/// Ends a silo when its standard input ends: whoever starts one through a pipe, as tests do, leaves nothing
/// running behind even when it is itself killed.
/// </summary>
internal static class InputEnd
{
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
