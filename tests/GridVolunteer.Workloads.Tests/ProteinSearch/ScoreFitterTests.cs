using FsCheck.Xunit;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Hits;
using GridVolunteer.Workloads.ProteinSearch.Statistics;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class ScoreFitterTests
{
    private const int QueryLength = 300;

    [Property(MaxTest = 10)]
    public void Fit_FindsTheParametersThatScoresWereDrawnWith(int seed)
    {
        var random = new Random(seed);
        var truth = new GumbelParameters(
            Lambda: 0.24 + (random.NextDouble() * 0.1), K: 0.02 + (random.NextDouble() * 0.1));
        var database = Database(random, 20_000);
        var fit = ScoreFitter.TryFit(Draw(random, database, truth), new ScoreModel(database), QueryLength)!;

        // With 20,000 sequences lambda's standard error is 1.4 % and that of log K 0.17: six times as much.
        Assert.InRange(fit.Parameters.Lambda / truth.Lambda, 0.916, 1.084);
        Assert.InRange(Math.Log(fit.Parameters.K / truth.K), -1.02, 1.02);
    }

    [Fact]
    public void Fits_AreRightInTheMean()
    {
        var random = new Random(5);
        var database = Database(random, 5_000);
        var model = new ScoreModel(database);
        var fits = Enumerable.Range(0, 40).Select(_ => ScoreFitter.TryFit(
            Draw(random, database, GumbelParameters.Published), model, QueryLength)!.Parameters);

        // The standard error of one lambda is 2.8 % here, that of the mean 0.45 %.
        Assert.InRange(fits.Average(fit => fit.Lambda) / GumbelParameters.Published.Lambda, 0.98, 1.02);
    }

    [Property(MaxTest = 10)]
    public void TrueRelatives_DoNotChangeTheFit(int seed)
    {
        var random = new Random(seed);
        var database = Database(random, 3_000);
        var model = new ScoreModel(database);
        var scores = Draw(random, database, GumbelParameters.Published);
        var relatives = new ScoreCounts([150, 400, 900], [40, 20, 1]);
        Assert.Equal(
            ScoreFitter.TryFit(scores, model, QueryLength),
            ScoreFitter.TryFit(ScoreCounts.Sum([scores, relatives]), model, QueryLength));
    }

    [Fact]
    public void FewScores_AreNotFitted()
    {
        var database = Database(new Random(1), 50);
        var scores = Draw(new Random(2), database, GumbelParameters.Published);
        Assert.Null(ScoreFitter.TryFit(scores, new ScoreModel(database), QueryLength));
        Assert.Null(ScoreFitter.TryFit(ScoreCounts.Empty, new ScoreModel(database), QueryLength));
    }

    [Fact]
    public void ScoresThatAreNoChance_AreNotFitted()
    {
        // As many of each score: falling like this is nothing that chance does.
        var database = Database(new Random(1), 2_000);
        var scores = new ScoreCounts([.. Enumerable.Range(10, 400)], [.. Enumerable.Repeat(5, 400)]);
        Assert.Null(ScoreFitter.TryFit(scores, new ScoreModel(database), QueryLength));
    }

    [Fact]
    public void Tails_AreTheFormulaForEachSequence()
    {
        var database = Database(new Random(3), 500);
        var tails = new double[60];
        new ScoreModel(database).Tails(GumbelParameters.Published, QueryLength, 20, tails);
        for (var i = 0; i < tails.Length; i++)
        {
            var factor = 0.041 * QueryLength * Math.Exp(-0.267 * (20 + i));
            var expected = database.Average(sequence => 1 - Math.Exp(-factor * sequence.Residues.Length));
            Assert.Equal(expected, tails[i], expected * 0.002);
        }
    }

    private static ProteinSequence[] Database(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(
            i => new ProteinSequence($"s{i}", new byte[50 + random.Next(800)])),
    ];

    private static ScoreCounts Draw(Random random, ProteinSequence[] database, GumbelParameters truth)
    {
        var tally = new ScoreTally();
        foreach (var sequence in database)
        {
            // P(S >= s) = 1 - exp(-K m n e^(-lambda s)), turned round.
            var pairs = truth.K * QueryLength * sequence.Residues.Length;
            var score = Math.Log(pairs / -Math.Log(1 - random.NextDouble())) / truth.Lambda;
            tally.Add((int)Math.Max(0, Math.Floor(score)));
        }

        return tally.ToCounts();
    }
}
