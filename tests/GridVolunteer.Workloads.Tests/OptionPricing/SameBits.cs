using System.Security.Cryptography;
using System.Text;
using GridVolunteer.Workloads.OptionPricing.Numerics;
using GridVolunteer.Workloads.OptionPricing.Sampling;
using GridVolunteer.Workloads.Tests.OptionPricing.Numerics;
using GridVolunteer.Workloads.Tests.OptionPricing.Sampling;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>
/// A fingerprint of everything that must be the same bits at every width, in every mode of the processor and
/// on every machine.
/// </summary>
internal static class SameBits
{
    private const int Thinning = 61;
    private const ulong Seed = 0x0123_4567_89AB_CDEF;

    /// <summary>A line for each width: its name and its fingerprint.</summary>
    public static string Digests() => string.Join(
        '\n', Enum.GetValues<LaneWidth>().Select(width => $"{width} {Digest(width)}"));

    /// <summary>The fingerprint at a width.</summary>
    public static string Digest(LaneWidth width)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(IEnumerable<double> values)
        {
            foreach (var value in values)
            {
                hash.AppendData(BitConverter.GetBytes(BitConverter.DoubleToInt64Bits(value)));
            }
        }

        var functions = LaneFunctions.At(width);
        Add(functions.Exp2(Thin(Grids.Exponents)));
        Add(functions.Exp2Bounded(Thin(Grids.Exponents)));
        Add(functions.Log(Thin(Grids.Positives)));
        Add(functions.SineTurns(Thin(Grids.Turns)));
        Add(functions.CosineTurns(Thin(Grids.Turns)));
        Add(functions.Normals(Seed, uint.MaxValue - 10UL, 30, 5, 9));
        Add(Thin(Grids.Exponents).Select(PortableMath.Exp));
        Add(Thin(Grids.Positives).Select(PortableMath.Log));
        Add(Grids.Even(-39, 39, 501).Select(NormalDistribution.Cumulative));
        foreach (var contract in SampledContracts.All)
        {
            foreach (var antithetic in new[] { false, true })
            {
                var options = new SamplingOptions(Seed, antithetic, true);
                var sampler = new ContractSampler(contract, 3, options, width);
                var sums = new SampleSums(sampler.Units);
                sampler.Sample(11, 37, sums, null, CancellationToken.None);
                hash.AppendData(Encoding.ASCII.GetBytes(sums.ToText()));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static double[] Thin(double[] values) => [.. values.Where((_, i) => i % Thinning == 0)];
}
