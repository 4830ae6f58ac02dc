using FsCheck;
using FsCheck.Fluent;
using GridVolunteer.Workloads.ProteinSearch.Kernel;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class SearchKernelTests
{
    public static TheoryData<string, string> Kernels { get; } = AllKernels();

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Scores_AreTheScalarOnes(string width, string size)
    {
        var kernel = Kernel(width, size);
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seed => KernelChecks.ScoresAreTheScalarOnes(kernel, seed)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Scores_WhereBitsEnd_AreExact(string width, string size)
    {
        var kernel = Kernel(width, size);
        foreach (var score in KernelChecks.BorderScores)
        {
            KernelChecks.ScoreAtABorderIsExact(kernel, score);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Gap_MayFollowAGapOfTheOtherKind(string width, string size) =>
        KernelChecks.GapMayFollowGap(Kernel(width, size));

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Aligner_LeavesASequenceAtItsLimit_AndIsExactBelow(string width, string size)
    {
        var aligner = LaneAligner.Create(Enum.Parse<SimdWidth>(width), Enum.Parse<ScoreSize>(size));
        foreach (var score in KernelChecks.BorderScores)
        {
            var protein = KernelChecks.OfScore(score);
            aligner.Begin(KernelChecks.Profile(protein));
            aligner.Admit(7, protein);
            LaneScore? left = null;
            while (left is null)
            {
                foreach (var finished in aligner.Advance(default))
                {
                    left = finished;
                }
            }

            Assert.Equal(new LaneScore(7, Math.Min(score, aligner.ScoreLimit)), left);
            Assert.Equal(0, aligner.Taken);
        }
    }

    [Fact]
    public void Limits_AreWhatTheBitsHold() => Assert.Equal(
        [255, 65535, int.MaxValue],
        Enum.GetValues<ScoreSize>().Select(size => LaneAligner.Create(SimdWidth.Bits256, size).ScoreLimit));

    [Theory]
    [InlineData("WWWW", "WWWW", 44)]
    [InlineData("AAAA", "WWWW", 0)]
    [InlineData("WWWWWWWW", "WWWWAWWWW", (8 * 11) - 12)]
    [InlineData("WWWWWWWW", "WWWWAAWWWW", (8 * 11) - 13)]
    [InlineData("W", "X", 0)]
    [InlineData("*", "*", 1)]
    [InlineData("wU", "WX", 11)]
    public void Score_CountsGapsTheBlastWay(string query, string target, int score) => Assert.Equal(
        [score],
        new SearchKernel().Scores(
            KernelChecks.Profile(KernelChecks.Encode(query)), [KernelChecks.Encode(target)], default));

    [Fact]
    public void LongQuery_IsTheSameInSeveralPasses()
    {
        var random = new Random(4);
        var query = Enumerable.Range(0, 10_000).Select(_ => (byte)random.Next(20)).ToArray();
        byte[][] targets =
            [query[4000..4300], query[8100..8300], [.. query[4050..4090], .. query[4100..4140]]];
        Assert.Equal(
            targets.Select(target => ScalarAligner.Score(query, target)),
            new SearchKernel().Scores(KernelChecks.Profile(query), targets, default));
    }

    [Fact]
    public void Kernel_MayBeReusedForLongerAndShorterQueries()
    {
        var kernel = new SearchKernel();
        foreach (var length in new[] { 3, 50, 7 })
        {
            var protein = KernelChecks.Encode(new string('W', length));
            Assert.Equal(
                [11 * length, 11],
                kernel.Scores(KernelChecks.Profile(protein), [protein, protein[..1]], default));
        }
    }

    [Fact]
    public void Kernel_AllocatesNothingPerSequence()
    {
        var query = KernelChecks.Profile(KernelChecks.Encode("MKVLAAGIWWYRH"));
        var sequences = Enumerable.Repeat(KernelChecks.Encode("MKVLAAGIWPYRHLLLV"), 5_000).ToArray();
        var kernel = new SearchKernel();
        Exhaust(new QueryRun(kernel, query, sequences));
        var run = new QueryRun(kernel, query, sequences);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Exhaust(run);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static void Exhaust(QueryRun run)
        {
            while (!run.IsDone)
            {
                run.Advance(default);
            }
        }
    }

    [Fact]
    public void Cancellation_StopsALongAlignment()
    {
        var kernel = new SearchKernel();
        var protein = KernelChecks.Encode(new string('A', 5000));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => kernel.Scores(KernelChecks.Profile(protein), [protein], source.Token));
        Assert.Equal([5000 * 4], kernel.Scores(KernelChecks.Profile(protein), [protein], default));
    }

    private static TheoryData<string, string> AllKernels()
    {
        var kernels = new TheoryData<string, string>();
        foreach (var width in Enum.GetNames<SimdWidth>())
        {
            foreach (var size in Enum.GetNames<ScoreSize>())
            {
                kernels.Add(width, size);
            }
        }

        return kernels;
    }

    private static SearchKernel Kernel(string width, string size) =>
        new(Enum.Parse<SimdWidth>(width), Enum.Parse<ScoreSize>(size));
}
