using System.CommandLine;
using System.Text.Json;
using GridVolunteer.Benchmarks.Kernels;

namespace GridVolunteer.Benchmarks;

/// <summary>
/// <c>kernels</c>: how fast the workloads compute on one core, beside what others do on the same machine in
/// the same run; exit code 1 when they find other numbers.
/// </summary>
internal sealed class KernelsCommand : Command
{
    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "How often each contender has its turn.",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<double> _seconds = new("--seconds")
    {
        Description = "How long a turn is, in seconds of processor time.",
        DefaultValueFactory = _ => 0.5,
    };

    private readonly Option<bool> _noPeers = new("--no-peers") { Description = "Leaves the peers out." };

    private readonly Option<bool> _json =
        new("--json") { Description = "Prints one JSON object and nothing else." };

    public KernelsCommand()
        : base(
            "kernels",
            "Cells a second of ProteinSearch and path steps a second of OptionPricing, beside others'.")
    {
        _rounds.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() < 1)
            {
                given.AddError("--rounds is 1 or more.");
            }
        });
        _seconds.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<double>() is not (> 0 and <= 3600))
            {
                given.AddError("--seconds is above 0, and 3,600 at most.");
            }
        });
        Option[] options = [_rounds, _seconds, _noPeers, _json];
        foreach (var option in options)
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var options = new KernelOptions(
            parsed.GetValue(_rounds), parsed.GetValue(_seconds), WithPeers: !parsed.GetValue(_noPeers));
        try
        {
            var report = await new KernelRun(options, error.WriteLine).RunAsync(cancellationToken);
            await output.WriteLineAsync(parsed.GetValue(_json)
                ? JsonSerializer.Serialize(report, KernelJson.Default.KernelReport)
                : KernelTable.Of(report));
            return 0;
        }
        catch (InvalidOperationException e)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
