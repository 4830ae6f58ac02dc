using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Kernel;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>
/// Smith-Waterman scores of queries of 286, 381 and 755 residues, the first of these lengths in the sample
/// <c>proteins-2k</c>, against all of it. The scores of all contenders have to be equal, sequence by
/// sequence.
/// </summary>
/// <param name="race">How it is run.</param>
/// <param name="parasail">The peer; null when it is not there.</param>
internal sealed class ProteinRace(Race race, PeerProgram? parasail)
{
    private const string MainVariant = "striped_avx2_256_sat";
    private const double Giga = 1e9;
    private static readonly string[] OtherVariants = ["striped_avx2_256_16", "striped_sse41_128_sat"];
    private static readonly int[] QueryLengths = [286, 381, 755];

    private readonly ProteinSequence[] _database = [.. FastaReader.ReadFile(
        Path.Combine(AppContext.BaseDirectory, "Kernels", "proteins-2k.fasta.gz"), "database")];

    /// <summary>The peer's name and version, once it has run.</summary>
    public string? PeerVersion { get; private set; }

    /// <summary>Runs the race, query by query.</summary>
    /// <exception cref="InvalidOperationException">Scores differ.</exception>
    public async Task<IReadOnlyList<ProteinFigures>> RunAsync(CancellationToken cancellationToken)
    {
        var figures = new List<ProteinFigures>();
        foreach (var length in QueryLengths)
        {
            figures.Add(await RunAsync(_database.First(p => p.Residues.Length == length), cancellationToken));
        }

        return figures;
    }

    private async Task<ProteinFigures> RunAsync(ProteinSequence query, CancellationToken cancellationToken)
    {
        // The widest first: its scores are those that all others have to find.
        var searches = Enum.GetValues<SimdWidth>().Where(width => width <= LaneAligner.WidthOfThisMachine)
            .OrderDescending().Select(width => new TimedSearch(query, _database, width)).ToArray();
        var scores = () => searches[0].Scores;
        var contenders = searches.Select(search => new Contender(
            search.Name,
            (seconds, cancellation) => Task.FromResult(LapOf(search, seconds, scores, cancellation)))
        {
            IsCompiledAsItRuns = true,
        }).ToList();
        if (parasail is not null)
        {
            var input = string.Concat(_database.Prepend(query).Select(p => $"{Letters(p)}\n"));
            contenders.AddRange(OtherVariants.Prepend(MainVariant).Select(variant => new Contender(
                variant,
                (seconds, cancellation) => LapOfPeerAsync(variant, seconds, input, scores, cancellation))));
        }

        var rates = await race.RunAsync(contenders, cancellationToken);
        return new ProteinFigures
        {
            QueryLength = query.Residues.Length,
            Query = query.Name,
            Gcups = Figure.Of(rates, searches[0].Name, Giga)!.Value,
            GcupsByVectorBits = searches.ToDictionary(
                search => search.VectorBits, search => Figure.Of(rates, search.Name, Giga)!.Value),
            ParasailGcups = Figure.Of(rates, MainVariant, Giga),
            ParasailOthers = OtherVariants.Where(rates.ContainsKey).ToDictionary(
                variant => variant, variant => Figure.Of(rates, variant, Giga)!.Value),
        };
    }

    private Lap LapOf(
        TimedSearch search, double seconds, Func<int[]> scores, CancellationToken cancellationToken)
    {
        var lap = search.Run(seconds, cancellationToken);
        CheckScores(search.Scores, scores(), search.Name);
        return lap;
    }

    private async Task<Lap> LapOfPeerAsync(
        string variant, double seconds, string input, Func<int[]> scores, CancellationToken cancellationToken)
    {
        var output = await parasail!.RunAsync(
            [variant, PeerProgram.Seconds(seconds)], input, cancellationToken);
        PeerVersion = output.Version;
        CheckScores([.. output.Figures.Select(score => (int)score)], scores(), $"parasail's {variant}");
        return output.Lap;
    }

    private void CheckScores(int[] found, int[] expected, string by)
    {
        if (found.Length != expected.Length)
        {
            throw new InvalidOperationException(
                $"There are {found.Length} scores by {by} and not {expected.Length}.");
        }

        for (var i = 0; i < expected.Length; i++)
        {
            if (found[i] != expected[i])
            {
                throw new InvalidOperationException(
                    $"The score of {_database[i].Name} is {expected[i]}, but {found[i]} by {by}.");
            }
        }
    }

    private static string Letters(ProteinSequence protein) =>
        string.Concat(protein.Residues.Select(code => Alphabet.Letters[code]));
}
