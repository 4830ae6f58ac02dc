namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>Compiles the peers and runs the races.</summary>
/// <param name="options">How.</param>
/// <param name="say">Told what there is to know on the way.</param>
internal sealed class KernelRun(KernelOptions options, Action<string> say)
{
    /// <summary>Runs everything.</summary>
    /// <exception cref="InvalidOperationException">A peer finds other scores or prices.</exception>
    public async Task<KernelReport> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("gridvolunteer-peers-").FullName;
        try
        {
            var race = new Race(options.Rounds, options.SecondsPerRound);
            var parasail = await CompileAsync(PeerRecipe.Parasail, folder, cancellationToken);
            var quantLib = await CompileAsync(PeerRecipe.QuantLib, folder, cancellationToken);
            var plainC = await CompileAsync(PeerRecipe.PlainC, folder, cancellationToken);
            var proteins = new ProteinRace(race, parasail);
            var asian = new AsianRace(race, quantLib, plainC);
            var proteinFigures = await proteins.RunAsync(cancellationToken);
            var optionFigures = await asian.RunAsync(cancellationToken);
            return new KernelReport
            {
                ProteinSearch = proteinFigures,
                OptionPricing = optionFigures,
                Peers = [.. new[] { proteins.PeerVersion, asian.PeerVersion }.OfType<string>()],
                Machine = MachineFigures.OfThisMachine(),
                Rounds = options.Rounds,
                SecondsPerRound = options.SecondsPerRound,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<PeerProgram?> CompileAsync(
        PeerRecipe recipe, string folder, CancellationToken cancellationToken) =>
        options.WithPeers ? await PeerProgram.TryCompileAsync(recipe, folder, say, cancellationToken) : null;
}
