using FsCheck.Xunit;
using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class SmithWatermanTests
{
    [Property(Arbitrary = [typeof(RelatedArbitrary)], MaxTest = 400, EndSize = 60)]
    public bool Score_IsThatOfTheFullMatrix(Related pair) =>
        Score(pair.Query, pair.Target) == ReferenceAligner.Score(pair.Query, pair.Target);

    [Property(Arbitrary = [typeof(RelatedArbitrary)], EndSize = 60)]
    public bool Score_IsTheSameEitherWayRound(Related pair) =>
        Score(pair.Query, pair.Target) == Score(pair.Target, pair.Query);

    [Theory]
    [InlineData("WWWW", "WWWW", 44)]
    [InlineData("AAAA", "WWWW", 0)]
    [InlineData("WWWWWWWW", "WWWWAWWWW", (8 * 11) - 12)]
    [InlineData("WWWWWWWW", "WWWWAAWWWW", (8 * 11) - 13)]
    [InlineData("W", "X", 0)]
    [InlineData("*", "*", 1)]
    [InlineData("wU", "WX", 11)]
    public void Score_CountsGapsTheBlastWay(string query, string target, int score) =>
        Assert.Equal(score, Score(Encode(query), Encode(target)));

    [Fact]
    public void Aligner_MayBeReusedForLongerAndShorterQueries()
    {
        var aligner = new SmithWaterman();
        foreach (var length in new[] { 3, 50, 7 })
        {
            var protein = Encode(new string('W', length));
            Assert.Equal(11 * length, aligner.Score(Profile(protein), protein, default));
        }
    }

    [Fact]
    public void Cancellation_StopsALongAlignment()
    {
        var long1 = Encode(new string('A', 5000));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => new SmithWaterman().Score(Profile(long1), long1, source.Token));
    }

    private static int Score(byte[] query, byte[] target) =>
        new SmithWaterman().Score(Profile(query), target, default);

    private static QueryProfile Profile(byte[] query) => new(new ProteinSequence("q", query));

    private static byte[] Encode(string letters) => [.. letters.Select(Alphabet.CodeOf)];
}
