using System.CommandLine;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Cli.Submission;

namespace GridVolunteer.Cli.Demo;

/// <summary><c>demo</c>: a real job, end to end, on this machine.</summary>
public static class DemoVerb
{
    private static readonly Option<bool> Json = JsonOption.Create(
        "one object as the last line; progress goes to standard error");
    private static readonly Option<bool> Keep =
        new("--keep") { Description = "Keep the folder with all data of the demo." };

    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var verb = new Verb(
            "demo", "Searches real proteins on four agents of this machine, one of which is killed half way.",
            "gridvolunteer demo", "gridvolunteer demo --json")
        {
            Notes =
            [
                "Everything runs on loopback and in a temporary folder; nothing is left behind.",
                "Exit code 1 when the answer is wrong or no work was taken over.",
            ],
        };
        verb.Add(Json);
        verb.Add(Keep);
        return verb.Does((parsed, cancellation) =>
            RunAsync(host, parsed.GetValue(Json), parsed.GetValue(Keep), cancellation));
    }

    private static async Task<ExitCode> RunAsync(
        CliHost host, bool json, bool keep, CancellationToken cancellation)
    {
        var terminal = host.Terminal;
        using var scratch = new ScratchFolder("demo") { IsKept = keep };
        if (keep)
        {
            terminal.Note($"All data is in {scratch.FullPath}");
        }

        var result = await ShowAsync(host, json, scratch.FullPath, cancellation);
        var faults = DemoEnding.Faults(result).ToArray();
        if (!json)
        {
            DemoEnding.Write(result, terminal);
        }

        foreach (var fault in faults)
        {
            terminal.Note(fault);
        }

        if (json)
        {
            terminal.WriteJson(result, DemoJson.Default.DemoResult);
        }

        return faults.Length == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<DemoResult> ShowAsync(
        CliHost host, bool json, string folder, CancellationToken cancellation)
    {
        var began = host.Clock.GetTimestamp();
        var terminal = host.Terminal;
        IDemoView view = (json, terminal) switch
        {
            (false, { IsInteractive: true }) => new DrawnDemoView(terminal.Ansi),
            (true, { IsErrorInteractive: true }) => new DrawnDemoView(terminal.AnsiError),
            _ => new PlainDemoView(
                json ? terminal.Error : terminal.Out, () => host.Clock.GetElapsedTime(began)),
        };
        DemoResult? result = null;
        await view.ShowAsync(
            async () => result = await new DemoRun(view, host.Clock).RunAsync(folder, cancellation));
        return result!;
    }
}
