using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Sampling;
using GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Sampling;

/// <summary>What sampling does beside summing: progress, cancellation, memory.</summary>
public sealed class SamplingConductTests
{
    /// <summary>A hundredth of a second at 35 million steps a second; fewer at lesser widths.</summary>
    private const long StepsBetweenReports = 350_000;

    private static readonly Contract LongAsian =
        SampledContracts.Named("Asian call") with { Fixings = 10_000 };

    public static TheoryData<LaneWidth> Widths => LaneFunctions.Widths;

    public static TheoryData<string> Contracts => SampledContracts.Names;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Progress_IsToldOftenAndToTheEnd(LaneWidth width)
    {
        foreach (var contract in new[] { LongAsian, SampledContracts.Named("European put"), WideBasket() })
        {
            var count = Math.Max(100, 2_000_000 / contract.StepsPerPath);
            var reports = new List<long> { 0 };
            Sample(contract, width, 3, count, reports.Add, CancellationToken.None);
            Assert.Equal(count, reports[^1]);
            Assert.All(
                reports.Zip(reports.Skip(1)),
                pair => Assert.InRange(
                    (pair.Second - pair.First) * contract.StepsPerPath, 1, StepsBetweenReports));
        }
    }

    [Fact]
    public void Sampling_ThatIsCancelled_StopsAndLeavesTheSumsAsTheyWere()
    {
        using var cancellation = new CancellationTokenSource();
        var sampler = new ContractSampler(LongAsian, 0, new SamplingOptions(1, true, true));
        var sums = new SampleSums(sampler.Units);
        var before = sums.ToText();
        var reports = 0;
        Assert.Throws<OperationCanceledException>(() => sampler.Sample(
            0,
            long.MaxValue,
            sums,
            _ =>
            {
                reports++;
                cancellation.Cancel();
            },
            cancellation.Token));
        Assert.Equal(1, reports);
        Assert.Equal(before, sums.ToText());

        // What was drawn before the cancellation is forgotten.
        sampler.Sample(5, 10, sums, null, CancellationToken.None);
        var fresh = new ContractSampler(LongAsian, 0, new SamplingOptions(1, true, true));
        var expected = new SampleSums(fresh.Units);
        fresh.Sample(5, 10, expected, null, CancellationToken.None);
        Assert.Equal(expected.ToText(), sums.ToText());
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Sampling_AllocatesNothingByThePath(string name)
    {
        var contract = SampledContracts.Named(name);
        var sampler = new ContractSampler(contract, 0, new SamplingOptions(1, true, true));
        long Allocated(long count)
        {
            var sums = new SampleSums(sampler.Units);
            var before = GC.GetAllocatedBytesForCurrentThread();
            sampler.Sample(0, count, sums, null, CancellationToken.None);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // The runtime allocates now and then on a thread whose methods it just made faster; not five times.
        long Least(long count) => Enumerable.Range(0, 5).Min(_ => Allocated(count));
        var few = Least(1_000);
        var many = Least(50_000);

        // Greater sums may take a word more each; nothing else may grow.
        Assert.InRange(many - few, 0, 2 * sizeof(long) * SumLayout.Count(contract.Assets.Count));
    }

    [Fact]
    public void Sampling_OfNothing_AddsNothing()
    {
        var reports = new List<long>();
        var sums = Sample(LongAsian, LaneWidths.Fastest, 9, 0, reports.Add, CancellationToken.None);
        Assert.Equal(0, sums.Samples);
        var empty = new SampleSums(new SampleUnits(LongAsian, GreekMethod.Pathwise));
        Assert.Equal(empty.ToText(), sums.ToText());
    }

    private static Contract WideBasket()
    {
        const int Assets = 16;
        return SampledContracts.Named("Basket call") with
        {
            Assets = [.. Enumerable.Repeat(new Asset(100, 0.2, 0.01, 1.0 / Assets), Assets)],
            CorrelationFactor = [.. Enumerable.Range(0, Assets).SelectMany(
                row => Enumerable.Range(0, row + 1).Select(column => row == column ? 1.0 : 0.0))],
        };
    }

    private static SampleSums Sample(
        Contract contract,
        LaneWidth width,
        long first,
        long count,
        Action<long>? progress,
        CancellationToken cancellationToken)
    {
        var sampler = new ContractSampler(contract, 0, new SamplingOptions(1, false, true), width);
        var sums = new SampleSums(sampler.Units);
        sampler.Sample(first, count, sums, progress, cancellationToken);
        return sums;
    }
}
