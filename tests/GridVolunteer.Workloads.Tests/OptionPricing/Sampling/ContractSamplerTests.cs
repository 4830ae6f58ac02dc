using FsCheck.Xunit;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Sampling;
using GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Sampling;

public sealed class ContractSamplerTests
{
    // The index that LaneFunctions.Normals draws for.
    private const int Index = 7;
    private const ulong Seed = 0xFEED_5EED;

    public static TheoryData<string> Contracts => SampledContracts.Names;

    public static TheoryData<LaneWidth> Widths => LaneFunctions.Widths;

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Samples_AreThoseOfATextbooksPaths(string name)
    {
        const int Samples = 400;
        var contract = SampledContracts.Named(name);
        var options = new SamplingOptions(Seed, false, true);
        var sums = Sums(contract, options, LaneWidths.Fastest, (1000, Samples));
        var paths = Enumerable.Range(1000, Samples)
            .Select(i => new PlainPath(contract, Normals(contract, i)));
        Compare(contract, sums, [.. paths.Select(p => new[] { p })]);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Samples_OfAntitheticPairs_AreTheMeansOfATextbooksPaths(string name)
    {
        const int Samples = 400;
        var contract = SampledContracts.Named(name);
        var sums = Sums(contract, new SamplingOptions(Seed, true, true), LaneWidths.Fastest, (0, Samples));
        var pairs = Enumerable.Range(0, Samples).Select(i => Normals(contract, i)).Select(normals => new[]
        {
            new PlainPath(contract, normals), new PlainPath(contract, [.. normals.Select(z => -z)]),
        });
        Compare(contract, sums, [.. pairs]);
    }

    [Property(MaxTest = 150)]
    public void Totals_OfAnySplitAtAnyWidth_AreTheSameBits(
        byte contractPick, bool antithetic, bool control, ulong seed, uint firstPick, byte[] cuts)
    {
        var contract = SampledContracts.All[contractPick % SampledContracts.All.Count];
        var options = new SamplingOptions(seed, antithetic, control);
        const int Count = 300;
        var whole = Sums(contract, options, LaneWidth.One, (firstPick, Count));
        var ends = cuts.Select(cut => cut % Count).Append(0).Append(Count).Order().ToArray();
        var parts = ends.Zip(ends.Skip(1), (from, to) => (firstPick + (long)from, (long)to - from)).ToArray();
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            Assert.Equal(whole.ToText(), Sums(contract, options, width, parts).ToText());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Totals_OfTheLastSamplesThereAre_AreTheSameBits(LaneWidth width)
    {
        foreach (var name in new[] { "European call", "Asian call" })
        {
            var contract = SampledContracts.Named(name);
            var options = new SamplingOptions(Seed, false, true);
            var whole = Sums(contract, options, LaneWidth.One, (long.MaxValue - 20, 20));
            Assert.Equal(20, whole.Samples);
            Assert.Equal(whole.ToText(), Sums(contract, options, width, (long.MaxValue - 20, 20)).ToText());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Totals_OfSamplesFarBeyondTheirScale_AreTheSameBits(LaneWidth width)
    {
        var contract = SampledContracts.Named("Asian call") with
        {
            MaturityYears = 25,
            Rate = 0,
            Assets = [new Asset(101, 1.2, -0.6)],
        };
        var options = new SamplingOptions(Seed, false, true);
        var whole = Sums(contract, options, LaneWidth.One, (0, 500));
        Assert.Equal(whole.ToText(), Sums(contract, options, width, (0, 123), (123, 377)).ToText());

        // It is beyond: the payoffs spread further than the fast way takes any of them.
        var variance = whole.Covariance(Quantity.Payoff, Quantity.Payoff);
        Assert.True(variance > Math.Pow(128 * 32, 2), $"{variance}");
    }

    [Fact]
    public void Sampling_OtherSeedsOrContracts_GivesOtherTotals()
    {
        var contract = SampledContracts.Named("Asian call");
        var options = new SamplingOptions(1, false, false);
        string Text(SamplingOptions options, int index)
        {
            var sampler = new ContractSampler(contract, index, options);
            var sums = new SampleSums(sampler.Units);
            sampler.Sample(0, 100, sums, null, CancellationToken.None);
            return sums.ToText();
        }

        var texts = new[]
        {
            Text(options, 0), Text(options, 1), Text(options with { Seed = 2 }, 0),
            Text(options with { Seed = 1UL << 32 }, 0),
        };
        Assert.Equal(texts.Length, texts.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Sample_ThatIsNoFiniteNumber_IsAClearFailure(LaneWidth width)
    {
        var contract = SampledContracts.Named("Asian call") with { Rate = 100, MaturityYears = 13 };
        var failure = Assert.Throws<WorkloadException>(
            () => Sums(contract, new SamplingOptions(Seed, false, false), width, (0, 10)));
        Assert.Contains("no finite number", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sampler_OfNumbersBeyondDoublePrecision_IsAClearFailure()
    {
        var contract = SampledContracts.Named("Asian call");
        var options = new SamplingOptions(Seed, false, false);
        var wild = contract with { Assets = [new Asset(101, 400, 0)] };
        Assert.Contains(
            "volatility",
            Assert.Throws<WorkloadException>(() => new ContractSampler(wild, 0, options)).Message,
            StringComparison.Ordinal);
        var tiny = contract with { Assets = [new Asset(1e-200, 0.2, 0)], Strike = 1e-200 };
        Assert.Contains(
            "too small",
            Assert.Throws<WorkloadException>(() => new ContractSampler(tiny, 0, options)).Message,
            StringComparison.Ordinal);
    }

    private static SampleSums Sums(
        Contract contract, SamplingOptions options, LaneWidth width, params (long First, long Count)[] parts)
    {
        var sampler = new ContractSampler(contract, Index, options, width);
        var sums = new SampleSums(sampler.Units);
        foreach (var (first, count) in parts)
        {
            sampler.Sample(first, count, sums, null, CancellationToken.None);
        }

        return sums;
    }

    // Where a sample needs one normal, two share a draw.
    private static double[] Normals(Contract contract, int sample)
    {
        var count = contract.Kind == ContractKind.Basket ? contract.Assets.Count : contract.Fixings;
        var source = LaneFunctions.At(LaneWidth.One);
        return count == 1
            ? [source.Normals(Seed, (ulong)sample / 2, 1, 0, 1)[sample % 2]]
            : source.Normals(Seed, (ulong)sample, 1, 0, (count + 1) / 2);
    }

    private static void Compare(Contract contract, SampleSums sums, PlainPath[][] samples)
    {
        double[] Of(Func<PlainPath, double> value) => [.. samples.Select(paths => paths.Average(value))];
        var (payoffs, controls) = (Of(p => p.Payoff), Of(p => p.Control));
        Assert.Equal(samples.Length, sums.Samples);
        Close(payoffs.Average(), sums.Mean(Quantity.Payoff), 1e-11);
        Close(controls.Average(), sums.Mean(Quantity.Control), 1e-11);
        Close(Covariance(payoffs, payoffs), sums.Covariance(Quantity.Payoff, Quantity.Payoff), 1e-9);
        Close(Covariance(controls, controls), sums.Covariance(Quantity.Control, Quantity.Control), 1e-9);
        Close(Covariance(payoffs, controls), sums.Covariance(Quantity.Control, Quantity.Payoff), 1e-9);
        for (var asset = 0; asset < contract.Assets.Count; asset++)
        {
            foreach (var (quantity, values) in new[]
            {
                (Quantity.Delta, Of(p => p.Delta(asset))), (Quantity.Vega, Of(p => p.Vega(asset))),
            })
            {
                // The textbook's derivatives are differences.
                Close(values.Average(), sums.Mean(quantity, asset), 1e-6);
                Close(Covariance(values, values), sums.Covariance(quantity, quantity, asset), 1e-6);
                Close(Covariance(values, controls), sums.Covariance(quantity, Quantity.Control, asset), 1e-6);
            }
        }
    }

    private static double Covariance(double[] one, double[] other)
    {
        var (x, y) = (one.Average(), other.Average());
        return one.Zip(other, (a, b) => (a - x) * (b - y)).Sum() / (one.Length - 1);
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.Equal(expected, actual, tolerance * (1 + Math.Abs(expected)));
}
