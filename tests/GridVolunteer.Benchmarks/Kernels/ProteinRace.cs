using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>
/// Smith-Waterman scores of queries of 286, 381 and 755 residues, the first of these lengths in the sample
/// <c>proteins-2k</c>, against all of it. The scores of all contenders have to be equal, sequence by sequence.
/// </summary>
/// <param name="race">How it is run.</param>
/// <param name="parasail">The peer; null when it is not there.</param>
internal sealed class ProteinRace(Race race, PeerProgram? parasail)
{
    private const string Ours = "ProteinSearch";
    private const string Main = "striped_avx2_256_sat";
    private static readonly string[] Others = ["striped_avx2_256_16", "striped_sse41_128_sat"];
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
        var search = new TimedSearch(query, _database);
        var contenders = new List<Contender>
        {
            new(Ours, (seconds, cancellation) => Task.FromResult(search.Run(seconds, cancellation))),
        };
        if (parasail is not null)
        {
            var input = string.Concat(_database.Prepend(query).Select(p => $"{Letters(p)}\n"));
            contenders.AddRange(Others.Prepend(Main).Select(variant => new Contender(
                variant, (seconds, cancellation) => LapOfPeerAsync(variant, seconds, input, search, cancellation))));
        }

        var rates = await race.RunAsync(contenders, cancellationToken);
        return new ProteinFigures
        {
            QueryLength = query.Residues.Length,
            Query = query.Name,
            Gcups = Figure.Of(rates, Ours, 1e9)!.Value,
            ParasailGcups = Figure.Of(rates, Main, 1e9),
            ParasailOthers = Others.Where(rates.ContainsKey).ToDictionary(
                v => v, v => Figure.Of(rates, v, 1e9)!.Value, StringComparer.Ordinal),
        };
    }

    private async Task<Lap> LapOfPeerAsync(
        string variant, double seconds, string input, TimedSearch search, CancellationToken cancellationToken)
    {
        var output = await parasail!.RunAsync(variant, seconds, "", input, cancellationToken);
        PeerVersion = output.Version;
        for (var i = 0; i < _database.Length; i++)
        {
            if (output.Figures[i] != search.Scores[i])
            {
                throw new InvalidOperationException(
                    $"The score of {_database[i].Name} is {search.Scores[i]}, but {output.Figures[i]} by parasail's {variant}.");
            }
        }

        return output.Lap;
    }

    private static string Letters(ProteinSequence protein) =>
        string.Concat(protein.Residues.Select(code => Alphabet.Letters[code]));
}
