using FsCheck.Xunit;
using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Output;
using GridVolunteer.Workloads.ProteinSearch.Tracebacks;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class LocalAlignerTests
{
    [Property(Arbitrary = [typeof(RelatedArbitrary)], MaxTest = 400, EndSize = 60)]
    public void Alignment_ScoresWhatWasFound(Related pair) => Check(pair.Query, pair.Target);

    [Theory]
    [InlineData(20)]
    [InlineData(1)]
    public void Gap_MayFollowAGapOfTheOtherKind(int length)
    {
        var flank = new string('H', 30);
        var phenylalanines = KernelChecks.Encode(flank + new string('F', length) + flank);
        var prolines = KernelChecks.Encode(flank + new string('P', length) + flank);
        Check(phenylalanines, prolines);
        Check(prolines, phenylalanines);
    }

    [Fact]
    public void Alignment_OfLongProteins_ScoresWhatWasFound()
    {
        var random = new Random(7);
        var query = Enumerable.Range(0, 3000).Select(_ => (byte)random.Next(20)).ToArray();
        byte[] target = [.. query[200..900], .. query[1300..1310], .. query[950..2900]];
        Check(query, target);
    }

    [Fact]
    public void Output_ShowsPositionsFromOne_AndWhatEachColumnIs()
    {
        var query = KernelChecks.Encode("CCWWWWIWWWWW");
        var target = KernelChecks.Encode("WWWWVWPWWWWYY");
        var shown = Show(query, target, ScalarAligner.Score(query, target));
        Assert.Equal(
            new AlignmentOutput(3, 12, 1, 11, 9, 10, 1, "WWWWIW-WWWW", "WWWW+W WWWW", "WWWWVWPWWWW"), shown);
    }

    [Fact]
    public void Budget_LeavesOutWhatIsTooMuch_AndTakesSmallerOnes()
    {
        var budget = new AlignmentBudget(cells: 30);
        var query = KernelChecks.Profile(KernelChecks.Encode("WWWW"));
        Assert.Null(budget.TryAlign(query, Target("WWWWWWWW"), 44));
        Assert.NotNull(budget.TryAlign(query, Target("WWWW"), 44));
        Assert.Null(budget.TryAlign(query, Target("WWWW"), 44));
        Assert.NotNull(budget.TryAlign(query, Target("WW"), 22));
    }

    private static ProteinSequence Target(string letters) => new("t", KernelChecks.Encode(letters));

    private static void Check(byte[] query, byte[] target)
    {
        var score = ScalarAligner.Score(query, target);
        if (score == 0)
        {
            return;
        }

        var shown = Show(query, target, score);
        Assert.Equal(Letters(query[(shown.QueryStart - 1)..shown.QueryEnd]), shown.Query.Replace("-", ""));
        Assert.Equal(
            Letters(target[(shown.TargetStart - 1)..shown.TargetEnd]), shown.Target.Replace("-", ""));
        Assert.Equal(score, Rescored(shown));
    }

    private static AlignmentOutput Show(byte[] query, byte[] target, int score) =>
        AlignmentOutput.From(LocalAligner.Align(query, target, score), query, target);

    /// <summary>The score of two rows, from what is written in them alone.</summary>
    private static int Rescored(AlignmentOutput shown)
    {
        var score = 0;
        var (inQueryGap, inTargetGap) = (false, false);
        foreach (var (a, b) in shown.Query.Zip(shown.Target))
        {
            Assert.False(a == '-' && b == '-');
            score += a == '-' ? (inQueryGap ? -1 : -12)
                : b == '-' ? (inTargetGap ? -1 : -12)
                : Blosum62.Score(Alphabet.CodeOf(a), Alphabet.CodeOf(b));
            (inQueryGap, inTargetGap) = (a == '-', b == '-');
        }

        return score;
    }

    private static string Letters(byte[] residues) =>
        string.Concat(residues.Select(code => Alphabet.Letters[code]));
}
