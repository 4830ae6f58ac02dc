using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Kernel;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

/// <summary>
/// What must hold for the kernel of every width and size: run by <see cref="SearchKernelTests"/> in this
/// process, and in others whose processor is told to lack instructions.
/// </summary>
internal static class KernelChecks
{
    /// <summary>Scores as the ends of 8 and 16 bits lie, and one either side.</summary>
    public static IReadOnlyList<int> BorderScores { get; } = [254, 255, 256, 65534, 65535, 65536];

    public static void ScoresAreTheScalarOnes(SearchKernel kernel, int seed)
    {
        var drawn = new SearchCase(seed);
        var expected = drawn.Targets.Select(target => ScalarAligner.Score(drawn.Query, target)).ToArray();
        Assert.True(
            expected.AsSpan().SequenceEqual(kernel.Scores(Profile(drawn.Query), drawn.Targets, default)),
            $"Scores differ: new SearchCase({seed}).");
    }

    /// <summary>
    /// A protein of known score against itself, among others that are shorter or unlike it.
    /// </summary>
    public static void ScoreAtABorderIsExact(SearchKernel kernel, int score)
    {
        var protein = OfScore(score);
        byte[][] targets = [[.. protein[..4]], protein, [.. protein[..^1]], [.. Encode("****")]];
        var last = Blosum62.Score(protein[^1], protein[^1]);
        Assert.Equal([44, score, score - last, 0], kernel.Scores(Profile(protein), targets, default));
    }

    /// <summary>
    /// Where twenty residues of each are so unlike that leaving out both is cheaper than pairing them.
    /// </summary>
    public static void GapMayFollowGap(SearchKernel kernel)
    {
        var flank = new string('H', 30);
        var phenylalanines = Encode(flank + new string('F', 20) + flank);
        var prolines = Encode(flank + new string('P', 20) + flank);
        const int Score = (60 * 8) - (11 + 20) - (11 + 20);
        Assert.Equal([Score], kernel.Scores(Profile(phenylalanines), [prolines], default));
        Assert.Equal([Score], kernel.Scores(Profile(prolines), [phenylalanines], default));
    }

    public static QueryProfile Profile(byte[] query) => new(new ProteinSequence("q", query));

    public static byte[] Encode(string letters) => [.. letters.Select(Alphabet.CodeOf)];

    /// <summary>A run of tryptophan, and what is wanting in residues that score less.</summary>
    public static byte[] OfScore(int score)
    {
        var tryptophans = (score / 11) - 2;
        var rest = score - (11 * tryptophans);
        var ends = from a in "WCHYRA"
                   from b in "WCHYRA"
                   from c in "WCHYRA"
                   where Own(a) + Own(b) + Own(c) == rest
                   select $"{a}{b}{c}";
        return Encode(new string('W', tryptophans) + ends.First());
    }

    private static int Own(char letter) => Blosum62.Score(Alphabet.CodeOf(letter), Alphabet.CodeOf(letter));
}
